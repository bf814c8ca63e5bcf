"""What waits in one household, as a section of its page."""

from typing import Any

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household, QualityFinding
from households.quality.wording import Words


class Doubts:
    """The findings of a household (households.panels.HouseholdPanel); left out where nothing waits."""

    order = 10
    template = "households/quality/_panel.html"
    right = Right.VIEW_HOUSEHOLDS

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the findings in words, and whether the reader may judge them."""
        rows = QualityFinding.objects.waiting().filter(household=household)
        found = Words(user).told(rows.select_related("resident").order_by("rule", "pk"))
        if not found:
            return None
        return {"findings": found, "may_judge": user.holds(Right.EDIT_HOUSEHOLDS, household.area_id)}


DOUBTS = Doubts()
