"""The written application on the household's page: it may be the first paper (households.panels.HouseholdPanel)."""

from typing import Any

from assistance.applying.taking import STEP
from assistance.models import Application, Case
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household


class AppliedPanel:
    """What the household handed in, and the way to take a written application."""

    order = 6
    template = "assistance/applications/_household.html"
    right = Right.VIEW_CASES

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the newest application; nothing where there is none and this reader takes none."""
        row = Application.objects.living().filter(household=household).order_by("-pk").first()
        may = self._may_take(household, user)
        if row is None and not may:
            return None
        return {"household": household, "application": row, "may_take": may and row is None}

    def _may_take(self, household: Household, user: User) -> bool:
        if household.dissolved_on or not user.holds(Right.PREPARE_CASES, household.area_id):
            return False
        case = Case.objects.running().filter(household=household).first()
        return (case is None or STEP in case.waits_for) and not recused(user, household.recusal_keys)


APPLIED = AppliedPanel()
