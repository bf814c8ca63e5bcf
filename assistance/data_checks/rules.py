"""R-12, R-14 to R-19, R-21, R-22 and R-30: what cases say of the identification of a household and of its removal."""

from django.utils.translation import gettext_lazy as _

from assistance.data_checks.mending import CASE_KEY, JUDGE, on_case
from households.quality.declaring import CASE, DAY, GUIZHOU, MONEY, Fact, Rule

#: Guizhou's checker asks for the months since April 2022 (rule 2_11_002).
_ASKED_SINCE = "DATE '2022-04-01'"
#: Eleven digits of a mobile telephone, or a land line with its area (domain.md 2.9).
_TELEPHONE = "'^(1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8})$'"
_LOOKED = Fact("looked_on", "looked_on", DAY)


RULES = (
    Rule(
        "R-12d",
        CASE,
        GUIZHOU + " 3_11_009",
        _("Is every child of a removed household still at school?"),
        when="removed AND out_of_school",
        facts=(CASE_KEY, _LOOKED),
        says=_("The risk is removed, but the look of %(looked_on)s found a child out of school."),
        do=_("Bring the child back to school. If the risk has come back, roll the removal back."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-12e",
        CASE,
        GUIZHOU + " 1_02_008, 1_11_005",
        _("Did the last look at a removed household find dwelling, insurance and water in order?"),
        when="removed AND lacking > 0",
        facts=(CASE_KEY, _LOOKED, Fact("lacking", "lacking")),
        says=_(
            "The risk is removed, but the look of %(looked_on)s found %(lacking)s of dwelling, insurance and water "
            "wanting."
        ),
        do=_("Help where it is wanting. If the risk has come back, roll the removal back."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-14e",
        CASE,
        GUIZHOU + " 1_11",
        _("Has somebody looked at the three guarantees and the water of a monitored household?"),
        when="monitored AND here AND NOT guarantees_known",
        facts=(CASE_KEY,),
        says=_("Monitored, but no check says how dwelling, schooling, insurance and water stand."),
        do=_("Visit the household, and answer the four questions of the check."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-15",
        CASE,
        GUIZHOU + " 1_11_004",
        _("Are income and guarantees after the removal known?"),
        # Where nobody is left there is nobody to ask.
        when="removed_here AND members > 0 AND NOT removal_known",
        facts=(CASE_KEY,),
        says=_("The risk is removed, but the income or one of the four guarantees after it is not stated."),
        do=_("Visit the household with the removal check, and let the township say what it found."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-16b",
        CASE,
        GUIZHOU + " 1_11_009",
        _("Is a development measure carried out where a risk was removed by assistance?"),
        # The old list names kinds of measures without their state: what it names counts as carried out.
        when="""removed_here AND way = 'assisted' AND able > 0 AND developed = 0 AND NOT measures && %(development)s
            AND NOT no_development""",
        facts=(CASE_KEY, Fact("able", "able")),
        says=_(
            "Removed by assistance, members who can work: %(able)s, but no development measure has landed, and the "
            "plan does not say why."
        ),
        do=_("Let the department say what landed, or look at the removal again."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-17b",
        CASE,
        GUIZHOU + " 1_11_011",
        _("Is there a contact person with a telephone after the removal?"),
        when=f"removed_here AND (contact_name = '' OR replace(contact_phone, ' ', '') !~ {_TELEPHONE})",
        facts=(CASE_KEY,),
        says=_(
            "The risk is removed, but who stays in touch has no name, or no telephone that can be dialled."
        ),
        do=_("Find out name and telephone of the contact, and say them to the township."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-18c",
        CASE,
        GUIZHOU + " 2_11_002",
        _("Did enough months lie between identification and removal, counted by day?"),
        # By month R-18a says it already; only where the day of the decision is known can it be counted by day.
        when=f"""removed_here AND here AND months_watched >= removal_identified_months
            AND removed_on >= {_ASKED_SINCE}
            AND identified + make_interval(months => removal_identified_months::int) > removed_on
            AND NOT (removal_way = 'natural' AND coalesce(removal_natural_exempt, 0) = 1)""",
        facts=(
            CASE_KEY,
            Fact("identified", "identified", DAY),
            Fact("removed_on", "removed_on", DAY),
            Fact("months", "removal_identified_months"),
        ),
        values=("removal_identified_months", "removal_natural_exempt"),
        says=_("Identified on %(identified)s and removed on %(removed_on)s: less than %(months)s months."),
        do=_("Compare both days with the papers; a removal that came too early is rolled back."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-19",
        CASE,
        GUIZHOU + " 4_11_010",
        _("Is the income at removal above the line?"),
        when="removed_here AND way = 'assisted' AND net_after < line_after",
        facts=(CASE_KEY, Fact("net", "net_after", MONEY), Fact("line", "line_after", MONEY)),
        says=_("Removed by assistance with %(net)s a head and year, below the line of %(line)s."),
        do=_("Reckon the income again. If it is true, roll the removal back."),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-21",
        CASE,
        GUIZHOU + " 2_11_004",
        _("Is it said what the risk “other” is?"),
        when="monitored AND '99' = ANY (risks) AND other_risk = ''",
        facts=(CASE_KEY,),
        says=_("The risk is “other”, and nobody has said which."),
        do=_(
            "Ask the household. The township writes the risk down as the reason why this is right, or has the risk "
            "types corrected."
        ),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-22",
        CASE,
        GUIZHOU + " 2_11_005",
        _("Is the kind of a natural disaster stated?"),
        when="""monitored AND '02' = ANY (risks) AND disaster_kind = ''
            AND NOT EXISTS (SELECT FROM unnest(risks) AS risk WHERE risk ~ '^02[0-9]')""",
        facts=(CASE_KEY,),
        says=_("The risk is a natural disaster, and of which kind is not stated."),
        do=_(
            "The township writes the kind down as the reason why this is right, or has the risk types corrected."
        ),
        mends=on_case,
        judge=JUDGE,
    ),
    Rule(
        "R-30",
        CASE,
        GUIZHOU + " 5_11_033",
        _("Is a household wholly without labour marked as one?"),
        when="""monitored AND here AND members > 0 AND unable = members AND in_dibao + in_tekun > 0
            AND NOT no_labour""",
        facts=(CASE_KEY, Fact("members", "members")),
        says=_(
            "None of the %(members)s members has labour, and dibao or tekun is received, but the case is not marked as "
            "a household without labour."
        ),
        do=_("Compare who can work with the decision; the register or the mark is wrong."),
        mends=on_case,
        judge=JUDGE,
    ),
)
