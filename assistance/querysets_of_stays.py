"""The doors to visits where households live: seen from the responsible village and from the one that is asked."""

from typing import TYPE_CHECKING, Self

from django.db import models

from assistance.stay_visits.lifecycle import WAITING
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within

if TYPE_CHECKING:
    from assistance.models import StayVisit  # noqa: F401  (named in strings below)
    from foundation.accounts.models import User


class StayVisitQuerySet(models.QuerySet["StayVisit"]):
    """Requests as both sides see them."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep what one's areas ask for, and what they are asked for."""
        codes = prefixes(user, right or Right.VIEW_CASES)
        return self.filter(within("case__area__code", codes) | within("to_area__code", codes))

    def asked_of(self, user: "User", right: Right = Right.VISIT_HOUSEHOLDS) -> Self:
        """Keep what areas are asked for in which `user` holds a right."""
        return self.filter(within("to_area__code", prefixes(user, right)))

    def waiting(self) -> Self:
        """Keep what nobody has visited yet."""
        return self.filter(state__in=WAITING)
