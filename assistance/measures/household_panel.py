"""What was promised to a household, as a section of its page."""

from typing import Any

from assistance.measures.wording import answer_told, badge
from assistance.models import Measure
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household


class HouseholdMeasures:
    """Measures of all cases of a household, the newest first (households.panels.HouseholdPanel)."""

    order = 5
    template = "assistance/help/_of_household.html"
    right = Right.VIEW_CASES

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the measures in words; nothing where none was ever ticked."""
        rows = Measure.objects.visible_to(user).filter(case__household=household).exclude(state="withdrawn")
        told = [
            {"row": row, "badge": badge(row), "told": answer_told(row)}
            for row in rows.select_related("resident", "department").order_by("-pk")
        ]
        return {"told": told} if told else None


MEASURES = HouseholdMeasures()
