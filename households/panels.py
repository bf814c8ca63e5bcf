"""Sections of a household's page that other packages and later storeys add: income, alerts, cases, aid.

A panel is an object named in `config/composition.py` under HOUSEHOLD_PANELS. It is asked only for who holds its
right where the household belongs, and it may answer None: nothing to show.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household


class HouseholdPanel(Protocol):
    """One section. Lower `order` stands first; `template` shows it and gets what `context` gives as `panel`.

    A panel with `lent = True` is shown too to whom the household is lent (foundation.accounts.scope.GOES_WITH_A_LOAN).
    """

    order: int
    template: str
    right: Right

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return what the template needs, in few queries, or None where the section is left out."""


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel as one page shows it."""

    template: str
    context: dict[str, Any]


def panels_for(household: Household, user: User) -> list[ShownPanel]:
    """Return the sections that `user` may see of a household, in their order."""
    shown = []
    for panel in sorted(parts("HOUSEHOLD_PANELS"), key=lambda panel: panel.order):
        lent = household if getattr(panel, "lent", False) else None
        if not user.holds(panel.right, household.area_id, of=lent):
            continue
        context = panel.context(household, user)
        if context is not None:
            shown.append(ShownPanel(panel.template, context))
    return shown
