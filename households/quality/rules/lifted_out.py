"""R-10 and R-11: households lifted out of poverty that may need watching and are not watched."""

from django.utils.translation import gettext_lazy as _

from households.quality.declaring import FAMILY, GUIZHOU, HOUSEHOLD_FORM, MONEY, Fact, Rule

RULES = (
    Rule(
        "R-10",
        FAMILY,
        GUIZHOU + " 1_02_002",
        _("Does a household lifted out of poverty that is not monitored have safe water?"),
        # Of removed objects R-12 asks the same.
        when="lifted_out AND category IS NULL AND NOT water_safe",
        says=_("Lifted out of poverty, without safe drinking water, and not monitored."),
        do=_(
            "Look at the water. If it is unsafe, begin to identify the household; otherwise correct the entry."
        ),
        place=HOUSEHOLD_FORM,
    ),
    Rule(
        "R-11",
        FAMILY,
        GUIZHOU + " 1_02_006",
        _("Is a household lifted out of poverty and below the monitoring line monitored?"),
        when="lifted_out AND NOT monitored AND income < monitoring_line",
        facts=(Fact("income", "income", MONEY), Fact("line", "monitoring_line", MONEY)),
        values=("monitoring_line",),
        says=_(
            "Lifted out of poverty, %(income)s a head and year, which is below the line of %(line)s, "
            "and not monitored."
        ),
        do=_("Reckon the income again. If it is true, begin to identify the household."),
    ),
)
