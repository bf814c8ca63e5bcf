"""R-29 and what R-20 and R-34 ask of income: asked where an income is stated item by item."""

from django.utils.translation import gettext_lazy as _

from households.quality.declaring import COUNTY_CHECKER, FAMILY, GUIZHOU, MONEY, Fact, Rule

RULES = (
    Rule(
        "R-20e",
        FAMILY,
        GUIZHOU + " 5_15_020",
        _("Is there self-paid expense where the risk is illness?"),
        when="monitored AND '01' = ANY (risks) AND self_paid = 0",
        says=_("The risk is illness, but no compliant self-paid expense is stated."),
        do=_("Enter what the household paid itself, or correct the risk types."),
    ),
    Rule(
        "R-29a",
        FAMILY,
        GUIZHOU + " 4_11_012",
        _("Is there wage income where a post or work is a measure?"),
        when="monitored AND measures && %(work)s AND wages = 0",
        says=_("The measures name work or a post, but there is no wage income."),
        do=_("Enter the wages, or correct the measures."),
    ),
    Rule(
        "R-29b",
        FAMILY,
        GUIZHOU + " 5_11_013",
        _("Is there production income after help with production?"),
        when="removed AND measures && %(production_help)s AND production = 0",
        says=_("Helped with production, the risk is removed, but there is no production income."),
        do=_("Enter the production income, or correct the measures."),
    ),
    Rule(
        "R-29c",
        FAMILY,
        GUIZHOU + " 4_11_013",
        _("Is there transfer income where dibao is a measure?"),
        when="monitored AND measures && %(dibao_or_tekun)s AND transfers = 0",
        says=_("The measures name dibao or tekun, but there is no transfer income."),
        do=_("Enter what is paid, or correct the measures."),
    ),
    Rule(
        "R-34c",
        FAMILY,
        GUIZHOU + " 5_15_023",
        _("Are the wages of a believable size?"),
        when="wages > 0 AND (wages < doubtful_wages_low OR wages > doubtful_wages_high)",
        facts=(
            Fact("wages", "wages", MONEY),
            Fact("least", "doubtful_wages_low", MONEY),
            Fact("most", "doubtful_wages_high", MONEY),
        ),
        values=("doubtful_wages_low", "doubtful_wages_high"),
        says=_("Wages of %(wages)s a year: less than %(least)s or more than %(most)s."),
        do=_("Reckon the wages again: yuan, of a whole year, of the whole household."),
    ),
    Rule(
        "R-34d",
        FAMILY,
        COUNTY_CHECKER,
        _("Is cost taken off where there is production income?"),
        when="production > 0 AND NOT cost_counted",
        facts=(Fact("production", "production", MONEY),),
        says=_("Production income of %(production)s, and no cost."),
        do=_("Enter what seed, feed, rent and wages cost."),
    ),
    Rule(
        "R-34e",
        FAMILY,
        COUNTY_CHECKER,
        _("Are dibao, pension and family planning money of a believable size?"),
        when="""(dibao_paid > 0 AND dibao_paid < doubtful_dibao_low)
            OR (pension > 0 AND pension < doubtful_pension_low)
            OR (planning > 0 AND planning < doubtful_planning_low)""",
        facts=(
            Fact("dibao", "dibao_paid", MONEY),
            Fact("pension", "pension", MONEY),
            Fact("planning", "planning", MONEY),
        ),
        values=("doubtful_dibao_low", "doubtful_pension_low", "doubtful_planning_low"),
        says=_(
            "One of these is hardly the sum of a year: dibao %(dibao)s, pension %(pension)s, "
            "family planning money %(planning)s."
        ),
        do=_("Enter the sum of the year, not of a month."),
    ),
)
