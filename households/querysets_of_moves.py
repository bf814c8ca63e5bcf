"""The doors to moves of households: seen from the area that gives and from the one that receives."""

from typing import TYPE_CHECKING, Self

from django.db import models

from foundation.accounts import clock
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within
from households.moving.lifecycle import CAME_TO_NOTHING, WAITING

if TYPE_CHECKING:
    from foundation.accounts.models import User
    from households.models import HouseholdMove, PairDecision  # noqa: F401  (named in strings below)


class HouseholdMoveQuerySet(models.QuerySet["HouseholdMove"]):
    """Moves as both sides see them; who answers for an area above both sees them too."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep the moves out of one's areas and into them."""
        codes = prefixes(user, right or Right.VIEW_HOUSEHOLDS)
        return self.filter(within("from_area__code", codes) | within("to_area__code", codes))

    def into(self, user: "User", right: Right = Right.VIEW_HOUSEHOLDS) -> Self:
        """Keep the moves into areas in which `user` holds a right."""
        return self.filter(within("to_area__code", prefixes(user, right)))

    def out_of(self, user: "User", right: Right = Right.VIEW_HOUSEHOLDS) -> Self:
        """Keep the moves out of areas in which `user` holds a right."""
        return self.filter(within("from_area__code", prefixes(user, right)))

    def above(self, user: "User") -> Self:
        """Keep what came to `user` because the receiving area did not answer."""
        codes = prefixes(user, Right.SETTLE_MOVES)
        return self.filter(within("parent_area__code", codes), state="referred")

    def waiting(self) -> Self:
        """Keep what nobody has settled."""
        return self.filter(state__in=WAITING)

    def of_households(self) -> Self:
        """Keep moves of whole households, without those of one person."""
        return self.filter(kind="")

    def come_to_nothing(self) -> Self:
        """Keep what was refused, taken back or undone: everybody is where they were."""
        return self.filter(state__in=CAME_TO_NOTHING)

    def overdue(self) -> Self:
        """Keep what should have been answered before today."""
        return self.filter(state="proposed", due_on__lt=clock.today())


class PairDecisionQuerySet(models.QuerySet["PairDecision"]):
    """Decisions about people in two households, seen as their pair is."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep decisions about pairs of which one side is in scope."""
        codes = prefixes(user, right or Right.VIEW_HOUSEHOLDS)
        here, there = within("pair__household__area__code", codes), within("pair__claimed_area__code", codes)
        return self.filter(here | there)

    def passed_to(self, user: "User") -> Self:
        """Keep what was passed to an area for which `user` decides."""
        codes = prefixes(user, Right.SETTLE_MOVES)
        return self.filter(within("parent_area__code", codes), state="passed")
