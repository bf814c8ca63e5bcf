"""R-13, R-14 and R-26 to R-28: monitored objects, what is known of them and what helps them."""

from django.utils.translation import gettext_lazy as _

from households.quality.declaring import FAMILY, GUIZHOU, HOUSEHOLD_FORM, MONEY, MONTH, Fact, Rule

_SINCE = Fact("identified", "identified", MONTH)

RULES = (
    Rule(
        "R-13",
        FAMILY,
        GUIZHOU + " 1_11_010",
        _("Has a monitored household been helped in time after its identification?"),
        when="""monitored AND cardinality(measures) = 0
            AND identified + make_interval(months => first_measure_months::int) <= %(today)s""",
        facts=(_SINCE, Fact("months", "first_measure_months")),
        values=("first_measure_months",),
        says=_("Identified in %(identified)s, and no measure after %(months)s months."),
        do=_("Enter the measure that has landed, or see to it that one does."),
    ),
    Rule(
        "R-14a",
        FAMILY,
        GUIZHOU + " 1_11",
        _("Is it known since when a household is monitored?"),
        when="monitored AND identified IS NULL",
        says=_("Monitored, but since when is not stated."),
        do=_("Enter the month of identification."),
    ),
    Rule(
        "R-14b",
        FAMILY,
        GUIZHOU + " 1_11",
        _("Is the risk of a monitored household stated?"),
        when="monitored AND cardinality(risks) = 0",
        says=_("Monitored, but the risk is not stated."),
        do=_("Enter one to five risk types, the main one first."),
    ),
    Rule(
        "R-14c",
        FAMILY,
        GUIZHOU + " 1_11",
        _("Is the income of a monitored household at its entry known?"),
        when="category IS NOT NULL AND entry_income IS NULL",
        says=_("Monitored, but the income at entry is not stated."),
        do=_("Enter the net income per head at entry."),
    ),
    Rule(
        "R-14d",
        FAMILY,
        GUIZHOU + " 1_11",
        _("Are dwelling and water of a monitored household known?"),
        when="monitored AND (house_grade = '' OR water_safe IS NULL)",
        says=_("Monitored, but the grade of the dwelling or the drinking water is not stated."),
        do=_("Enter both as seen on the spot."),
        place=HOUSEHOLD_FORM,
    ),
    Rule(
        "R-26a",
        FAMILY,
        GUIZHOU + " 5_16_003",
        _("Is dibao or tekun of a member also a measure of the monitored household?"),
        when="monitored AND in_dibao + in_tekun > 0 AND NOT measures && %(safety_net)s",
        facts=(Fact("members", "in_dibao + in_tekun"),),
        says=_("Members in dibao or tekun: %(members)s; the measures do not name it."),
        do=_("Add the social safety net to the measures, or correct the member."),
    ),
    Rule(
        "R-26b",
        FAMILY,
        GUIZHOU + " 5_16_006",
        _("Does somebody receive the dibao or tekun that the measures name?"),
        when="monitored AND in_dibao + in_tekun = 0 AND measures && %(dibao_or_tekun)s",
        says=_("The measures name dibao or tekun, but no member receives it."),
        do=_("Correct the measures, or what is stated of the member."),
    ),
    Rule(
        "R-27",
        FAMILY,
        GUIZHOU + " 4_11_016",
        _("Is somebody disabled where the measures name a disability subsidy?"),
        when="monitored AND disabled = 0 AND measures && %(disability_subsidy)s",
        says=_("The measures name a disability subsidy, but no member is disabled."),
        do=_("Correct the measures or the health of the member."),
    ),
    Rule(
        "R-28a",
        FAMILY,
        GUIZHOU + " 5_11_032",
        _("Is a monitored household with labour helped by more than the social safety net?"),
        when="monitored AND able > 0 AND cardinality(measures) > 0 AND measures <@ %(safety_net)s",
        facts=(Fact("able", "able"),),
        says=_("Members who can work: %(able)s; the only measure is the social safety net."),
        do=_("Plan help with work or production, or enter the measure that is missing."),
    ),
    Rule(
        "R-28b",
        FAMILY,
        GUIZHOU + " 5_12_007",
        _("Does a monitored household with labour get a development measure within some months?"),
        when="""monitored AND able > 0 AND cardinality(measures) > 0
            AND NOT measures <@ %(safety_net)s AND NOT measures && %(development)s
            AND identified + make_interval(months => development_measure_months::int) <= %(today)s""",
        facts=(_SINCE, Fact("able", "able"), Fact("months", "development_measure_months")),
        values=("development_measure_months",),
        says=_(
            "Identified in %(identified)s, members who can work: %(able)s, and no measure of development "
            "after %(months)s months."
        ),
        do=_("Plan help with work, production, a loan or a public-welfare post."),
    ),
    Rule(
        "R-34a",
        FAMILY,
        GUIZHOU + " 1111_18",
        _("Is the income at entry of a household identified since 2023 believably low?"),
        when="monitored AND identified >= DATE '2023-01-01' AND entry_income > doubtful_income_high",
        facts=(Fact("income", "entry_income", MONEY), Fact("most", "doubtful_income_high", MONEY)),
        values=("doubtful_income_high",),
        says=_("Taken in with %(income)s a head and year, above %(most)s."),
        do=_("Reckon the income at entry again."),
    ),
)
