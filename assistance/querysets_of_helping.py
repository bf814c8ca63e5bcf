"""The doors to who helps a household: places, clocks and hand-overs."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right

if TYPE_CHECKING:
    from assistance.models import (  # noqa: F401  (named in strings below)
        HandOver,
        HelperClock,
        HelperPlace,
    )
    from foundation.accounts.models import User

#: A place that somebody holds, or was asked to.
ACTIVE = ("offered", "accepted")


class HelperPlaceQuerySet(ScopedQuerySet["HelperPlace"]):
    """Places of helpers, seen as their case is; and one's own as long as one holds them or is asked."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep the places of cases in one's areas; without another right, one's own too."""
        rows = super().visible_to(user, right)
        if right is not None or user.is_built_in:
            return rows
        own = Q(person=user, state__in=ACTIVE)
        return self.filter(own | Q(pk__in=rows.order_by().values("pk")))

    def active(self) -> Self:
        """Keep what is held or offered."""
        return self.filter(state__in=ACTIVE)

    def held(self) -> Self:
        """Keep what somebody accepted and holds."""
        return self.filter(state="accepted")


class HelperClockQuerySet(ScopedQuerySet["HelperClock"]):
    """Clocks of helpers, seen as their case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def running(self) -> Self:
        """Keep the clocks of cases that lack a helper."""
        return self.filter(stopped_on__isnull=True)


class HandOverQuerySet(ScopedQuerySet["HandOver"]):
    """Hand-overs with a household in one's areas, and those that one gives or receives."""

    area_field = "places__case__area__code"
    read_right = Right.VIEW_CASES

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep hand-overs of households in one's areas; without another right, one's own too."""
        rows = super().visible_to(user, right).order_by().values("pk")
        own = Q(pk__in=[]) if right is not None or user.is_built_in else Q(giver=user) | Q(receiver=user)
        return self.filter(own | Q(pk__in=rows))

    def waiting(self) -> Self:
        """Keep what was not answered yet."""
        return self.filter(answered_on__isnull=True)
