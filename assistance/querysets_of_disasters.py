"""The doors to disasters, to the households on their lists, and to what came from before this platform."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within

if TYPE_CHECKING:
    from assistance.models import (  # noqa: F401  (named in strings below)
        Disaster,
        DisasterHousehold,
        FirstHelp,
        ImportedDay,
        ImportedDouble,
    )
    from foundation.accounts.models import User


class DisasterQuerySet(ScopedQuerySet["Disaster"]):
    """Disasters of one's areas, and those that list a household there: a village sees the flood of its township."""

    area_field = "area__code"
    read_right = Right.VIEW_CASES

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep events in one's areas, and those with a household of one's areas on their list."""
        codes = prefixes(user, right or self.read_right)
        listed = self.model._default_manager.filter(within("households__household__area__code", codes))
        return self.filter(within("area__code", codes) | Q(pk__in=listed.values("pk")))


class DisasterHouseholdQuerySet(ScopedQuerySet["DisasterHousehold"]):
    """Households on lists, by their responsible village."""

    area_field = "household__area__code"
    read_right = Right.VIEW_CASES

    def living(self) -> Self:
        """Keep what is on its list still."""
        return self.filter(left_on__isnull=True)


class FirstHelpQuerySet(ScopedQuerySet["FirstHelp"]):
    """Help that came first, by the village of the household that got it."""

    area_field = "household__area__code"
    read_right = Right.VIEW_CASES


class ImportedDoubleQuerySet(ScopedQuerySet["ImportedDouble"]):
    """Answers about doubles, seen as the case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES


class ImportedDayQuerySet(ScopedQuerySet["ImportedDay"]):
    """Days of imported identifications, seen as the case is."""

    area_field = "case__area__code"
    read_right = Right.VIEW_CASES

    def holding(self) -> Self:
        """Keep what nobody took back."""
        return self.filter(taken_back_on__isnull=True)
