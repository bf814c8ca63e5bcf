"""Authorisations on the household's page (households.panels.HouseholdPanel, composition HOUSEHOLD_PANELS)."""

from typing import Any

from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.authorisations.tables import badge_of, purposes_of, url_of
from households.models import Authorisation, Household
from households.signing.selectors import Progress, progress_of

#: So many are shown, the newest first; the list has all.
MOST = 6


class AuthorisationsPanel:
    """The section: what is in force, what still lacks signatures, what ended."""

    order = 18
    template = "households/authorisations/_panel.html"
    right = Right.VIEW_HOUSEHOLDS

    def context(self, household: Household, user: User) -> dict[str, Any]:
        """Return the newest ones with their progress; two queries and the rule of recusal."""
        rows = list(Authorisation.objects.filter(household=household).order_by("-pk")[:MOST])
        done = progress_of(rows)
        takes = user.holds(Right.TAKE_AUTHORISATIONS, household.area_id, of=household)
        return {
            "household": household,
            "may_ask": takes and not household.dissolved_on and not recused(user, household.recusal_keys),
            "told": [
                {
                    "row": row,
                    "url": url_of(row),
                    "badge": badge_of(row),
                    "purposes": purposes_of(row),
                    "progress": done.get(str(row.pk), Progress()),
                }
                for row in rows
            ],
        }


AUTHORISATIONS = AuthorisationsPanel()
