"""The closed vocabulary in which the catalogue says for whom a measure is and what it may ask of a household."""

from enum import StrEnum


class About(StrEnum):
    """Whom a measure is for."""

    MEMBER = "member"
    HOUSEHOLD = "household"


class Fact(StrEnum):
    """What a condition may ask: facts of the register, and what the household has already.

    Of a member: `age` in whole years, `labour`, `health` (codes of their lists), `school` (a level of SCHOOL),
    `insured`, `standing` (kinds held by the member or the household), `worked` (months of the year). Of the household:
    `able` (somebody can work: yes or no), `house_grade`, `water_safe`, `receives` (codes of measures).
    """

    AGE = "age"
    LABOUR = "labour"
    HEALTH = "health"
    SCHOOL = "school"
    INSURED = "insured"
    STANDING = "standing"
    WORKED = "worked"
    ABLE = "able"
    HOUSE_GRADE = "house_grade"
    WATER_SAFE = "water_safe"
    RECEIVES = "receives"


#: Facts that are numbers: a condition gives `least` or `most`. Every other one gives `is` or `is_not`.
NUMBERS = frozenset({Fact.AGE, Fact.WORKED})
#: Facts that a measure for the household as a whole may ask.
OF_HOUSEHOLD = frozenset({Fact.ABLE, Fact.HOUSE_GRADE, Fact.WATER_SAFE, Fact.RECEIVES, Fact.STANDING})


class Per(StrEnum):
    """For which time an amount is."""

    ONCE = "once"
    MONTH = "month"
    TERM = "term"
    YEAR = "year"


#: Levels of schooling → codes of school_stages; “none” is somebody who is at no school.
SCHOOL: dict[str, frozenset[str]] = {
    "preschool": frozenset({"01", "02"}),
    "compulsory": frozenset({"03", "04", "05", "06"}),
    "senior": frozenset({"07", "08", "09"}),
    "vocational": frozenset({"10", "11", "12", "13", "14", "15", "16", "17", "18", "19"}),
    "university": frozenset({"20", "21", "22", "23", "24", "25"}),
}
NO_SCHOOL = "none"
#: Codes of labour_abilities of people who can work, half labour among them.
ABLE = frozenset({"1", "2", "3"})
#: What conditions may name besides codes of lists.
STANDINGS = frozenset(
    {"lifted_out", "unstable", "marginal", "sudden", "dibao", "tekun", "dibao_margin", "rigid_expense"}
)
YES, NO = "yes", "no"
#: Fact → what `is` and `is_not` may say of it; measures are checked against the catalogue itself.
WORDS: dict[Fact, frozenset[str]] = {
    Fact.LABOUR: frozenset({"1", "2", "3", "4", "5"}),
    Fact.HEALTH: frozenset({"1", "2", "3", "4"}),
    Fact.SCHOOL: frozenset({*SCHOOL, NO_SCHOOL}),
    Fact.INSURED: frozenset({YES, NO}),
    Fact.STANDING: STANDINGS,
    Fact.ABLE: frozenset({YES, NO}),
    Fact.HOUSE_GRADE: frozenset({"A", "B", "C", "D"}),
    Fact.WATER_SAFE: frozenset({YES, NO}),
}
