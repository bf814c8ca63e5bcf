"""Where the grid stands in the navigation and on the page of a household."""

from typing import Any

from django.utils.translation import pgettext_lazy

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.navigation import NavItem
from households.models import GridMember, GridPlace, Household

grid = NavItem(pgettext_lazy("grid", "Grid"), "grid:overview", "map", Right.VIEW_HOUSEHOLDS, order=109)


class CellPanel:
    """The section: in which cell the household is, and who looks after it (households.panels.HouseholdPanel)."""

    order = 18
    template = "households/grid/_panel.html"
    right = Right.VIEW_HOUSEHOLDS

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return cell and members; nothing where the household is in no cell. Two queries."""
        now = GridPlace.objects.current().filter(household=household).select_related("cell").first()
        if now is None:
            return None
        people = GridMember.objects.current().filter(cell=now.cell).select_related("user")
        return {"place": now, "members": list(people.order_by("-leads", "pk"))}


CELL = CellPanel()
