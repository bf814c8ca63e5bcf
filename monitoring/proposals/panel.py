"""What departments propose about one household, as a section of its page."""

from typing import Any

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household
from monitoring.proposals.groups import leaving
from monitoring.proposals.selectors import waiting_of
from monitoring.proposals.wording import Words


class ProposedChanges:
    """What waits about a household (households.panels.HouseholdPanel); left out where nothing does."""

    order = 20
    template = "monitoring/proposals/_panel.html"
    right = Right.VIEW_HOUSEHOLDS

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the proposals in words, and whether the reader may decide on them."""
        told = Words().told(waiting_of(household))
        if not told:
            return None
        leaves = leaving([household.pk], user).get(household.pk)
        may = user.holds(Right.EDIT_HOUSEHOLDS, household.area_id)
        return {"told": told, "leaving": leaves, "may_decide": may}


PROPOSED = ProposedChanges()
