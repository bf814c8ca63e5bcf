"""The family events of a household, as a section of its page: where its people came from, and where they went."""

from typing import Any

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.lineage.wording import acts_of, told_acts
from households.models import Household

#: The page shows so many, newest first; the history below has every change.
MOST = 30


class Lineage:
    """Events of a household with the households they lead to (households.panels.HouseholdPanel)."""

    order = 15
    template = "households/lineage/_panel.html"
    right = Right.VIEW_HOUSEHOLDS
    lent = True

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the events in words; nothing where there are none."""
        told = told_acts(list(acts_of(household)[:MOST]), user)
        return {"told": told, "household": household} if told else None


PANEL = Lineage()
