"""R-20 to R-25: risks of monitored households that the rest of the register contradicts."""

from django.utils.translation import gettext_lazy as _

from households.quality.declaring import FAMILY, GUIZHOU, Fact, Rule

RULES = (
    Rule(
        "R-20a",
        FAMILY,
        GUIZHOU + " 2_11_001",
        _("Is somebody disabled where the risk is disability?"),
        when="monitored AND '03' = ANY (risks) AND disabled = 0",
        says=_("The risk is disability, but no member is disabled."),
        do=_("Correct the risk types or the health of the member."),
    ),
    Rule(
        "R-20b",
        FAMILY,
        GUIZHOU + " 3_11_004",
        _("Was a risk from schooling removed with help for schooling?"),
        when="removed AND '09' = ANY (risks) AND NOT measures && %(schooling)s",
        says=_("The risk was schooling and is removed, without a measure of education or help from society."),
        do=_("Enter the measure, or correct the risk types."),
    ),
    Rule(
        "R-20c",
        FAMILY,
        GUIZHOU,
        _("Is there a measure of housing or relocation where the risk is unsafe housing?"),
        when="category IS NOT NULL AND 'housing' = ANY (risks) AND NOT measures && %(housing)s",
        says=_("The risk is unsafe housing, without a measure of housing or relocation."),
        do=_("Enter the measure, or correct the risk types."),
    ),
    Rule(
        "R-20d",
        FAMILY,
        GUIZHOU + " 5_18_006",
        _("Is there a measure of water where the risk is unsafe water?"),
        when="category IS NOT NULL AND 'water' = ANY (risks) AND NOT measures && %(water)s",
        says=_("The risk is unsafe drinking water, without a measure for it."),
        do=_("Enter the measure, or correct the risk types."),
    ),
    Rule(
        "R-21",
        FAMILY,
        GUIZHOU + " 2_11_004",
        _("Is it said what the risk “other” is?"),
        when="monitored AND '99' = ANY (risks)",
        says=_("The risk is “other”, and what it is does not stand here."),
        do=_(
            "Choose the risk type that fits. If none does, judge it right as it is, and say what the risk is."
        ),
    ),
    Rule(
        "R-22",
        FAMILY,
        GUIZHOU + " 2_11_005",
        _("Is the kind of a natural disaster stated?"),
        when="monitored AND '02' = ANY (risks) AND NOT risks && %(disaster_kinds)s",
        says=_("The risk is a natural disaster; of which kind is not stated."),
        do=_("Add the kind of disaster to the risk types."),
    ),
    Rule(
        "R-23a",
        FAMILY,
        GUIZHOU + " 2_11_006",
        _("Can somebody work where the risk is unstable work?"),
        when="monitored AND '07' = ANY (risks) AND able = 0",
        says=_("The risk is unstable work, but nobody can work."),
        do=_("Correct the risk types or who can work."),
    ),
    Rule(
        "R-23b",
        FAMILY,
        GUIZHOU + " 5_15_014",
        _("Has somebody worked where the risk is unstable work?"),
        when="monitored AND '07' = ANY (risks) AND able > 0 AND workers = 0",
        says=_("The risk is unstable work, but nobody has a record of work."),
        do=_("Enter place and months of work, or correct the risk types."),
    ),
    Rule(
        "R-24a",
        FAMILY,
        GUIZHOU + " 4_11_009",
        _("Is somebody unable to work where the risk is a lack of labour?"),
        when="monitored AND '04' = ANY (risks) AND members > 0 AND able = members",
        facts=(Fact("members", "members"),),
        says=_("The risk is a lack of labour, but all %(members)s members can work."),
        do=_("Correct the risk types or who can work."),
    ),
    Rule(
        "R-24b",
        FAMILY,
        GUIZHOU + " 5_11_029",
        _("Are few members able to work where the risk is a lack of labour?"),
        when="""monitored AND '04' = ANY (risks) AND able < members AND CASE
            WHEN members >= labour_large_household THEN strong >= members * labour_share_large
            ELSE strong > members * labour_share END""",
        facts=(Fact("strong", "strong"), Fact("members", "members")),
        values=("labour_share", "labour_share_large", "labour_large_household"),
        says=_("The risk is a lack of labour, but %(strong)s of %(members)s members have full labour."),
        do=_("Correct the risk types or who can work."),
    ),
    Rule(
        "R-25a",
        FAMILY,
        GUIZHOU + " 4_11_007",
        _("Is illness among the risks where somebody has no medical insurance?"),
        when="monitored AND uninsured > 0 AND NOT '01' = ANY (risks)",
        facts=(Fact("members", "uninsured"),),
        says=_("Members without medical insurance: %(members)s; illness is not among the risks."),
        do=_("Help them to be insured, or add the risk."),
    ),
    Rule(
        "R-25b",
        FAMILY,
        GUIZHOU + " 4_11_006",
        _("Is unsafe water among the risks where the water is unsafe?"),
        when="monitored AND NOT water_safe AND NOT 'water' = ANY (risks)",
        says=_("The drinking water is unsafe; it is not among the risks."),
        do=_("Correct the entry on water, or add the risk."),
    ),
)
