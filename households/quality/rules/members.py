"""R-31, R-32 and the rest of R-34: what is stated of somebody and does not fit together."""

from django.utils.translation import gettext_lazy as _

from households.quality.declaring import CODE, COUNTY_CHECKER, FAMILY, GUIZHOU, MEMBER, MONEY, Fact, Rule

_AGE = Fact("age", "age", passing=True)
_LABOUR = Fact("labour", "labour", CODE, "labour_abilities")
_STAGE = Fact("stage", "stage", CODE, "school_stages")
_MONTHS = Fact("months", "months")

RULES = (
    Rule(
        "R-31a",
        MEMBER,
        GUIZHOU + " 5_12_008",
        _("Can somebody of working age work who is healthy and not at school?"),
        when="""age BETWEEN working_age_min AND working_age_max AND health = ARRAY['1'] AND stage = ''
            AND labour IN ('3', '4', '5')""",
        facts=(_AGE, _LABOUR),
        values=("working_age_min", "working_age_max"),
        says=_("%(age)s years old, healthy and not at school, but “%(labour)s”."),
        do=_("Correct the ability to work, the health or the school stage."),
    ),
    Rule(
        "R-31b",
        MEMBER,
        GUIZHOU + " 4_12_002",
        _("Is a pupil entered as working?"),
        # Up to the end of compulsory school: older pupils may work in their holidays.
        when="stage BETWEEN '01' AND '06' AND (labour IN ('1', '2', '3') OR months > 0)",
        facts=(_STAGE, _LABOUR, _MONTHS),
        says=_("In the school stage “%(stage)s”, and entered as able to work or as working."),
        do=_("Correct the school stage, or the ability to work and the months."),
    ),
    Rule(
        "R-31c",
        MEMBER,
        GUIZHOU + " 5_01_004",
        _("Does a person in extreme difficulty work away from home?"),
        when="tekun IN ('rural', 'urban') AND (has_place OR months > 0)",
        facts=(_MONTHS,),
        says=_("In tekun, and with a record of work."),
        do=_("Correct the record of work, or report that the conditions of tekun have changed."),
    ),
    Rule(
        "R-31d",
        MEMBER,
        GUIZHOU + " 2_01_015",
        _("Has somebody without labour a record of work?"),
        when="labour IN ('4', '5') AND (has_place OR months > 0)",
        facts=(_LABOUR, _MONTHS),
        says=_("“%(labour)s”, and with a record of work."),
        do=_("Correct the ability to work or the record of work."),
    ),
    Rule(
        "R-32",
        MEMBER,
        COUNTY_CHECKER,
        _("Is a pupil of grades 7 to 9 as old as such pupils are?"),
        when="""stage IN ('04', '05', '06')
            AND (age < junior_school_age_min OR age > junior_school_age_max)""",
        facts=(Fact("age", "age"), _STAGE),
        values=("junior_school_age_min", "junior_school_age_max"),
        says=_("%(age)s years old and in “%(stage)s”."),
        do=_("Correct the birth date or the school stage."),
    ),
    Rule(
        "R-34b",
        FAMILY,
        COUNTY_CHECKER,
        _("Is the income of the household believably high?"),
        when="income < doubtful_income_low",
        facts=(Fact("income", "income", MONEY), Fact("least", "doubtful_income_low", MONEY)),
        values=("doubtful_income_low",),
        says=_("%(income)s a head and year, below %(least)s."),
        do=_("Reckon the income again: has something been forgotten?"),
    ),
)
