"""What a family event would write, said before anything is written: the preview and the act read the same plan."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from foundation.accounts.refusals import Refused
from households.models import Household, LineageAct, Resident, Revision

Kind = LineageAct.Kind
Departure = Resident.Departure


class OutOfPlaceError(Refused):
    """A plan that would leave people without a head, or a person with two homes."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who comes from outside the register: the ID number as typed says birth and sex.

    `relation` is a code of the list. `identity` is the number where it is kept already (a department delivered it):
    then `id_number` stays empty, and nobody has to read it.
    """

    name: str
    id_number: str
    relation: str
    identity: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReadNewcomer:
    """A newcomer whose number was read: what becomes a row. The number is kept when the act is written."""

    name: str
    relation: str
    number: str
    sex: str
    born_on: datetime.date


@dataclass(frozen=True, slots=True)
class Going:
    """Somebody who leaves the household; `relation` is theirs in the household they join, where they join one."""

    resident: Resident
    departure: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Founding:
    """A household that a split makes, in the same village; telephone and dwelling are corrected there afterwards."""

    code: str
    group_name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One family event as it would be written.

    `goings` leave `home`: to `other`, to the household of `founding`, or out of the register. `relations` are other
    relations to the head of those who stay in `home`. `dissolves` says that nobody is left there and it is closed.
    `source` is where it is known from (Revision.Kind); `seen` the revision of a row that the person had before their
    eyes.
    """

    kind: str
    home: Household
    on: datetime.date
    reason: str = ""
    paper: str = ""
    other: Household | None = None
    founding: Founding | None = None
    newcomer: ReadNewcomer | None = None
    goings: tuple[Going, ...] = ()
    relations: tuple[tuple[Resident, str], ...] = ()
    dissolves: bool = False
    source: str = Revision.Kind.HAND
    seen: int | None = None

    @property
    def households(self) -> list[Household]:
        """The households of today that it touches."""
        return [self.home, *([self.other] if self.other is not None else [])]

    @property
    def moves(self) -> bool:
        """Whether somebody goes from one household of the register to another."""
        return bool(self.goings) and (self.other is not None or self.founding is not None)

    @property
    def gone(self) -> Sequence[Resident]:
        """Who leaves `home`."""
        return [going.resident for going in self.goings]

    @property
    def died(self) -> bool:
        """Whether it is a death."""
        return self.kind == Kind.DEATH
