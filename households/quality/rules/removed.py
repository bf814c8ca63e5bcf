"""R-12 and R-16 to R-18: households whose risk is said to be removed."""

from django.utils.translation import gettext_lazy as _

from households.quality.declaring import FAMILY, GUIZHOU, HOUSEHOLD_FORM, MONTH, Fact, Rule

#: The checker asks for the months since April 2022 (rule 2_11_002).
_ASKED_SINCE = "DATE '2022-04-01'"
_PERIOD = (Fact("identified", "identified", MONTH), Fact("removed_on", "removed_on", MONTH))

RULES = (
    Rule(
        "R-12a",
        FAMILY,
        GUIZHOU + " 1_02_008",
        _("Is the dwelling of a removed household safe?"),
        when="removed AND house_grade IN ('C', 'D')",
        says=_("The risk is removed, but the dwelling is unsafe."),
        do=_("Look at the dwelling. If it is unsafe, the household comes back under watch."),
        place=HOUSEHOLD_FORM,
    ),
    Rule(
        "R-12b",
        FAMILY,
        GUIZHOU + " 1_11_005",
        _("Does everybody in a removed household have medical insurance?"),
        when="removed AND uninsured > 0",
        facts=(Fact("members", "uninsured"),),
        says=_("The risk is removed, but members without medical insurance: %(members)s."),
        do=_("Help them to be insured, or correct the entry."),
    ),
    Rule(
        "R-12c",
        FAMILY,
        GUIZHOU + " 3_11_009",
        _("Does a removed household have safe water?"),
        when="removed AND NOT water_safe",
        says=_("The risk is removed, but the drinking water is unsafe."),
        do=_("Look at the water. If it is unsafe, the household comes back under watch."),
        place=HOUSEHOLD_FORM,
    ),
    Rule(
        "R-16",
        FAMILY,
        GUIZHOU + " 1_11_009",
        _("Is there a measure where a risk was removed by assistance?"),
        when="removed AND removal_way = 'assisted' AND cardinality(measures) = 0",
        says=_("The risk was removed by assistance, but no measure is recorded."),
        do=_("Enter the measures, or correct the way of removal."),
    ),
    Rule(
        "R-17",
        FAMILY,
        GUIZHOU + " 1_11_011",
        _("Can a removed household be reached?"),
        when="removed AND NOT has_phone",
        says=_("The risk is removed, and there is no telephone for watching on."),
        do=_("Enter a telephone at which the household, or somebody for it, is reached."),
        place=HOUSEHOLD_FORM,
    ),
    Rule(
        "R-18a",
        FAMILY,
        GUIZHOU + " 2_11_002",
        _("Did enough months lie between identification and removal?"),
        when=f"""removed AND months_watched < removal_identified_months AND removed_on >= {_ASKED_SINCE}
            AND NOT (removal_way = 'natural' AND coalesce(removal_natural_exempt, 0) = 1)""",
        facts=(*_PERIOD, Fact("months", "removal_identified_months")),
        values=("removal_identified_months", "removal_natural_exempt"),
        says=_("Identified in %(identified)s and removed in %(removed_on)s: less than %(months)s months."),
        do=_("Compare both months with the papers."),
    ),
    Rule(
        "R-18b",
        FAMILY,
        GUIZHOU + " 2_11_002",
        _("Was a risk removed in the same or the next month, though not naturally?"),
        when="removed AND months_watched <= 1 AND removal_way <> 'natural'",
        facts=_PERIOD,
        says=_("Identified in %(identified)s and removed in %(removed_on)s, though not naturally."),
        do=_("Compare both months and the way of removal with the papers."),
    ),
)
