"""A household, its members and its case as the generator passes them on: plain values, ready to be written."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from households.demo import words

#: The day of the register files of the demonstration: what they say is true on it.
AS_OF = datetime.date(2026, 7, 31)
SCHOOL_YEAR_BEGAN = datetime.date(2025, 8, 31)
_OF_AGE_TO_WORK = range(18, 60)


@dataclass(slots=True)
class Person:
    """One row of the register; words are those of the file."""

    relation: str
    sex: str
    born_on: datetime.date
    name: str
    id_number: str
    ethnicity: str = "汉族"
    education: str = ""
    school: str = ""
    health: str = words.HEALTHY
    labour: str = ""
    work_place: str = ""
    work_months: int | None = None
    insured: str = words.YES
    dibao: str = words.NO_DIBAO
    tekun: str = words.NO_TEKUN

    @property
    def age(self) -> int:
        """Full years on the day of the file."""
        return age_on(self.born_on, AS_OF)

    @property
    def works(self) -> bool:
        """Whether they can work, at least partly."""
        return self.labour in (words.ABLE, words.SKILLED, words.WEAK)


@dataclass(slots=True)
class Case:
    """What the list of monitored objects says of a household. Months are YYYYMM."""

    category: str
    risks: Sequence[str]
    identified: str
    removed: str = ""
    way: str = ""
    helper: str = ""
    measures: Sequence[str] = ()
    income_at_entry: str = ""
    #: Whole household without labour, kept by benefits (整户无劳动能力兜底保障户): never removed.
    safety_net: bool = False


@dataclass(slots=True)
class Home:
    """One household of the register; `lifted_out` says whether it was lifted out of poverty (脱贫户)."""

    code: str
    area: str
    group: str
    address: str
    people: list[Person]
    lifted_out: bool = False
    phone: str = ""
    income: str = ""
    grade: str = "A"
    water: str = words.YES
    case: Case | None = None
    #: Rows of the register file that the importer must refuse, by reason (datasets.md sections 2 and 6).
    refused: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The household's type as the register writes it."""
        return words.LIFTED_OUT if self.lifted_out else words.ORDINARY


def age_on(born_on: datetime.date, day: datetime.date) -> int:
    """Return full years on a day."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def of_working_age(age: int) -> bool:
    """Say whether somebody healthy of this age counts as ordinary labour."""
    return age in _OF_AGE_TO_WORK
