"""One measure of the catalogue as its file declares it. Pure: no queries, no people, no clock."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from assistance.catalogue.terms import About, Fact, Per
from foundation.regulations.sources import Source
from foundation.regulations.units import in_language


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold: a word among `is_in`, none of `is_not`, or a number from `least` to `most` (both included)."""

    fact: Fact
    is_in: tuple[str, ...] = ()
    is_not: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """What a source says is paid in an area from a day on: yuan, or from `yuan` up to `most`."""

    area: str
    from_day: datetime.date
    yuan: Decimal
    most: Decimal | None
    per: Per
    source: Source


@dataclass(frozen=True, slots=True)
class DeclaredMeasure:
    """A measure: its kind (code table of domain.md 2.7), who answers for it, which risks it answers, for whom.

    `department` is a code of accounts.Department; empty: the township office itself. `develops` marks a
    development-type measure (开发式: 产业 or 就业), which every household with labour has.
    """

    code: str
    kind: str
    name_zh: str
    name_en: str
    text_zh: str
    text_en: str
    department: str
    about: About
    answers: tuple[str, ...]
    develops: bool
    conditions: tuple[Condition, ...]
    amounts: tuple[Amount, ...]
    source: Source

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name_zh, self.name_en)

    @property
    def text(self) -> str:
        """The plain words for a household, in the reader's language."""
        return in_language(self.text_zh, self.text_en)

    def answers_to(self, risk: str) -> bool:
        """Say whether it answers a risk type; a sub-kind of a disaster (0201) is answered as the disaster (02)."""
        return risk in self.answers or risk[:2] in self.answers

    def amount_for(self, area: str, on: datetime.date) -> Amount | None:
        """Return what is paid in `area` on a day: the nearest area, then the latest day; None where no source says."""
        there = [row for row in self.amounts if area.startswith(row.area) and row.from_day <= on]
        return max(there, key=lambda row: (len(row.area), row.from_day), default=None)
