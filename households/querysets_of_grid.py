"""The doors to the grid: cells, their members and their households by area."""

from typing import TYPE_CHECKING, Self

from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right

if TYPE_CHECKING:
    from households.models import GridAct, GridCell, GridMember, GridPlace  # noqa: F401  (named in strings below)


class GridCellQuerySet(ScopedQuerySet["GridCell"]):
    """Cells by their area."""

    area_field = "area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def current(self) -> Self:
        """Keep what was not closed."""
        return self.filter(until_day__isnull=True)


class GridMemberQuerySet(ScopedQuerySet["GridMember"]):
    """Grid members by the area of their cell."""

    area_field = "cell__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def current(self) -> Self:
        """Keep who looks after a cell now."""
        return self.filter(until_day__isnull=True)


class GridPlaceQuerySet(ScopedQuerySet["GridPlace"]):
    """Places of households by the area of their cell."""

    area_field = "cell__area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def current(self) -> Self:
        """Keep where households are now."""
        return self.filter(until_day__isnull=True)


class GridActQuerySet(ScopedQuerySet["GridAct"]):
    """Acts by the area whose grid they are about."""

    area_field = "area__code"
    read_right = Right.VIEW_HOUSEHOLDS
