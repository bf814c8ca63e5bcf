"""Visits on the household's page: how often it was asked this year, the newest visits, and the way to write one down.

`VISITS` is a HouseholdPanel (households/panels.py), named in config/composition.py.
"""

from typing import Any

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household, Visit
from households.visits.book import declared_of
from households.visits.naming import Names
from households.visits.tables import outcome

#: So many visits are shown, the newest first.
MOST = 5


class VisitsPanel:
    """The section of the household's page."""

    order = 8
    template = "households/visits/_panel.html"
    right = Right.VIEW_HOUSEHOLDS
    lent = True

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the counts of the year and the newest visits in words."""
        year = clock.today().year
        mine: Any = Visit.objects.visible_to(user).filter(household=household)
        newest = mine.select_related("questionnaire", "household").prefetch_related("visitors")
        names = Names(user)
        return {
            "household": household,
            "year": year,
            "asked": mine.asked_in(year).count(),
            "in_vain": mine.counting().filter(outcome=Visit.Outcome.NOBODY, happened_on__year=year).count(),
            "visits": [
                {
                    "visit": each,
                    "name": declared_of(each.questionnaire).name,
                    "state": outcome(each),
                    "visitors": names.of(each.visitors.all()),
                }
                for each in newest[:MOST]
            ],
            "may_visit": may_write(household, user),
        }


def may_write(household: Household, user: User) -> bool:
    """Say whether `user` may write down a visit to a household."""
    return (
        household.dissolved_on is None
        and user.holds(Right.VISIT_HOUSEHOLDS, household.area_id, of=household)
        and not recused(user, household.recusal_keys)
    )


VISITS = VisitsPanel()
