"""What an oracle is told: people in households, the lists delivered about them, and the law."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from foundation.regulations.units import Comparator
from monitoring.periods import Period

Day = datetime.date


@dataclass(frozen=True)
class Person:
    """Somebody in one household; `key` is the same wherever they live. Who left, left on `left_on`, dead or alive."""

    key: str
    born_on: Day | None = None
    left_on: Day | None = None
    died: bool = False


@dataclass(frozen=True)
class Held:
    """A standing from a day (None: always) until and including another; of the household, or of one person."""

    kind: str
    from_day: Day | None = None
    until_day: Day | None = None
    person: str | None = None


@dataclass(frozen=True)
class Household:
    """A household with its responsible area."""

    code: str
    area: str
    people: tuple[Person, ...]
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """A delivery in force; `number` is the order of receipt."""

    number: int
    dataset: str
    area: str
    period: Period


@dataclass(frozen=True, eq=False)
class Row:
    """An accepted row about somebody, with its values by the headers of the contract."""

    delivery: Delivery
    line: int
    person: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """Everything that is known; a list in which nobody stands is a delivery without rows."""

    households: tuple[Household, ...]
    deliveries: tuple[Delivery, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Line:
    """The line of one subject: an amount and how it is compared, or a mere yes (which is 1)."""

    amount: Decimal
    comparator: Comparator = Comparator.AT_LEAST
    yes: bool = False


class Law(Protocol):
    """What holds where on a day."""

    def line(self, key: str, area: str, on: Day, klass: str) -> Line | None:
        """Return the line, or None where none is in force."""

    def low_income(self, area: str, on: Day) -> Collection[str]:
        """Return the kinds of standing that make a household low-income."""


@dataclass(frozen=True)
class Finding:
    """One answer over the line: about whom, how much against which line, by which rows, dated by the last of them."""

    standard: str
    household: str
    person: str
    measured: Decimal
    line: Line
    rows: tuple[Row, ...]
    day: Day


@dataclass
class Answer:
    """What a standard finds: findings, how many subjects had a row that counted, whether no line was in force."""

    findings: list[Finding] = field(default_factory=list)
    subjects: int = 0
    silent: bool = False
