"""How a rule of data quality is declared: one question, what it reads, when it fires, what it then says.

    Rule(
        "R-32", MEMBER, COUNTY_CHECKER,
        _("Is a pupil of grades 7 to 9 as old as such pupils are?"),
        when="stage IN ('04', '05', '06') AND age NOT BETWEEN junior_school_age_min AND junior_school_age_max",
        facts=(Fact("age", "age"), Fact("stage", "stage", CODE, "school_stages")),
        values=("junior_school_age_min", "junior_school_age_max"),
        says=_("%(age)s years old and in “%(stage)s”."),
        do=_("Correct the date of birth or the school stage."),
    )

`when` is SQL over the columns of one table: `family` (sql/families.sql) or `member` (sql/members.sql), whose heads say
what each column holds, or one that a storey above made for its own rules (households.quality.asked), beside the
regulation values that the rule names in `values`: columns of the same name, empty where the area has none, and then
the rule stays silent. Lists of codes stand behind `%(name_of_the_list)s`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise

from foundation.accounts.roles import Right

Text = str | Promise
Kind = Literal["number", "money", "code", "month", "day"]
NUMBER: Kind = "number"
MONEY: Kind = "money"
CODE: Kind = "code"
MONTH: Kind = "month"
DAY: Kind = "day"

#: Whom a rule is asked of: the table its condition reads. The one of cases is made by their storey.
Unit = Literal["family", "member", "case"]
FAMILY: Unit = "family"
MEMBER: Unit = "member"
CASE: Unit = "case"

#: Where a household's finding is corrected: its own form, or its page, where members and standing are.
Place = Literal["page", "form"]
HOUSEHOLD_PAGE: Place = "page"
HOUSEHOLD_FORM: Place = "form"

#: Where rules come from: two checkers that offices really run. A number after it is the checker's own.
GUIZHOU = "Guizhou"
COUNTY_CHECKER = "county"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that a finding keeps: a number or a code, never a name or a number that identifies somebody.

    `sql` reads it, `kind` says how it is shown, `codes` names its list of codes. A `passing` fact changes by itself
    as time goes on (an age): it does not bring back what somebody has judged to be right.
    """

    key: str
    sql: str
    kind: Kind = NUMBER
    codes: str = ""
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `source` is the checker that it comes from, with its number; `number` the rule of our handbook.

    `mends` makes of a finding's facts the address of the page where it is corrected, if that is no form of the
    register. `judge` is the right to say that it is right as it is.
    """

    code: str
    unit: Unit
    source: str
    question: Text
    when: str
    says: Text
    do: Text
    facts: tuple[Fact, ...] = field(default=())
    values: tuple[str, ...] = ()
    place: Place = HOUSEHOLD_PAGE
    mends: Callable[[Mapping[str, Any]], str] | None = None
    judge: Right = Right.EDIT_HOUSEHOLDS

    @property
    def number(self) -> str:
        """The rule of the handbook that this is a question of: R-04 of R-04b."""
        return self.code[:4]

    @property
    def passing(self) -> list[str]:
        """Keys of the facts that change with time alone."""
        return [fact.key for fact in self.facts if fact.passing]


@dataclass(frozen=True, slots=True)
class Unasked:
    """A rule, or a part of one, that the register cannot answer, and why: never missing in silence."""

    number: str
    source: str
    question: Text
    why: Text
