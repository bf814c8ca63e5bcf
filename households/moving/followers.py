"""What goes along when a household comes to belong to another village: said before, asked before, done with it.

A package adds an object named in `config/composition.py` under MOVE_FOLLOWERS, in order; columns with a key to a
household that no follower names stand there under MOVE_COLUMNS_THAT_STAY, each with its reason.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.roles import Level
from foundation.workflow.models import Passage, Stateful
from households.models import Household, HouseholdMove


@dataclass(frozen=True, slots=True)
class Journey:
    """A household on its way between two villages; `back` where an accepted move is undone.

    `origin` and `target` are the codes of the villages left and reached, `mark` is the last passage of the way there.
    """

    move: HouseholdMove
    household: Household
    origin: str
    target: str
    back: bool = False

    @property
    def to_another_county(self) -> bool:
        """Whether the two villages lie in different counties."""
        return self.origin[: Level.COUNTY] != self.target[: Level.COUNTY]

    @property
    def to_another_township(self) -> bool:
        """Whether the two villages lie in different townships."""
        return self.origin[: Level.TOWNSHIP] != self.target[: Level.TOWNSHIP]


class MoveFollower(Protocol):
    """What a package lets go along; `claims` are the columns (app.Model.field) for which it answers."""

    claims: tuple[str, ...]

    def tells(self, journey: Journey) -> Iterable[str]:
        """Say in sentences, without a name, what is running and what becomes of it with the move."""

    def hinders(self, journey: Journey) -> Iterable[str]:
        """Say what must be finished before the household can go (or go back)."""

    def later(self, journey: Journey) -> Iterable[str]:
        """Say what was done since the household came, and stands on its being there: it hinders the way back."""

    def follow(self, journey: Journey, *, by: User) -> None:
        """Let everything go along, in the transaction of the move; the household is there already."""


def followers() -> tuple[MoveFollower, ...]:
    """Return everybody who lets something go along, in their order."""
    return tuple(parts("MOVE_FOLLOWERS"))


def told(journey: Journey) -> list[str]:
    """Return every sentence about what goes along."""
    return [sentence for each in followers() for sentence in each.tells(journey)]


def hindered(journey: Journey) -> list[str]:
    """Return every sentence about what stands before the household's going."""
    return [sentence for each in followers() for sentence in each.hinders(journey)]


def later(journey: Journey) -> list[str]:
    """Return every sentence about what stands on the household's having come."""
    return [sentence for each in followers() for sentence in each.later(journey)]


def way_there(move: HouseholdMove) -> Journey:
    """Return the journey of a move from the giver to the receiver."""
    return Journey(move, move.household, move.from_area_id, move.to_area_id)


def way_back(move: HouseholdMove) -> Journey:
    """Return the journey of a move that is undone."""
    return Journey(move, move.household, move.to_area_id, move.from_area_id, back=True)


def acted_since(move: HouseholdMove, model: type[Stateful], keys: Collection[int]) -> bool:
    """Say whether anybody moved one of these rows on since a household came; what followed by itself is not counted."""
    rows = Passage.objects.filter(model=model._meta.label_lower, object_id__in=[str(key) for key in keys])
    return rows.filter(pk__gt=move.mark or 0).exists()
