"""The code and the leaflet of a household, as a section of its page."""

from typing import Any

from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.codes import selectors
from households.leaflets.texts import edition_of
from households.models import Household


class CodeAndLeaflet:
    """Since when a household has a code and a leaflet (households.panels.HouseholdPanel)."""

    order = 60
    template = "households/codes/_panel.html"
    right = Right.VIEW_HOUSEHOLDS

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return code and leaflet, and whether the reader keeps them; left out where there is nothing to say."""
        code = household.codes.in_force().first()
        tick = selectors.newest_tick(household)
        keeps = user.holds(Right.KEEP_CODES, household.area_id) and household.dissolved_on is None
        if code is None and tick is None and not keeps:
            return None
        may_keep = keeps and not recused(user, household.recusal_keys)
        return {
            "household": household,
            "code": code,
            "revoked": None if code else household.codes.order_by("-pk").first(),
            "tick": tick,
            "older": tick is not None and tick.edition < edition_of(household.area_id),
            "may_keep": may_keep,
        }


PANEL = CodeAndLeaflet()
