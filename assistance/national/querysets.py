"""The doors to entries in the national system and to compared exports."""

from typing import TYPE_CHECKING, Self

from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right

if TYPE_CHECKING:
    from assistance.models import ComparedExport, Difference, NationalEntry  # noqa: F401  (named in strings below)


class NationalEntryQuerySet(ScopedQuerySet["NationalEntry"]):
    """Entries by the responsible village of their household."""

    area_field = "household__area__code"
    read_right = Right.VIEW_CASES

    def newest(self) -> Self:
        """Keep the newest entry of each household."""
        return self.order_by("household_id", "-pk").distinct("household_id")


class ComparedExportQuerySet(ScopedQuerySet["ComparedExport"]):
    """Compared exports by the area they were compared for: a village does not see the township's."""

    area_field = "area__code"
    read_right = Right.VIEW_CASES


class DifferenceQuerySet(ScopedQuerySet["Difference"]):
    """Differences, seen as their export is."""

    area_field = "export__area__code"
    read_right = Right.VIEW_CASES
