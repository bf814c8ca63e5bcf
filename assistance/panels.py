"""Sections of a case's page that its parts add: each part brings its own, and nobody edits another's page.

A panel is an object named in `config/composition.py` under CASE_PANELS. It is asked only for who holds its right where
the household belongs, and it may answer None: nothing to show.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from assistance.models import Case
from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.roles import Right


class CasePanel(Protocol):
    """One section. Lower `order` stands first; `template` shows it and gets what `context` gives as `panel`.

    A panel with `lent = True` is shown too to whom the case is lent: its helpers. What it links to must open to them.
    """

    order: int
    template: str
    right: Right

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return what the template needs, in few queries, or None where the section is left out."""


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel as one page shows it."""

    template: str
    context: dict[str, Any]


def panels_for(case: Case, user: User) -> list[ShownPanel]:
    """Return the sections of a case that `user` may see, in their order."""
    shown = []
    for panel in sorted(parts("CASE_PANELS"), key=lambda panel: panel.order):
        lent = case if getattr(panel, "lent", False) else None
        if not user.holds(panel.right, case.area_id, of=lent):
            continue
        context = panel.context(case, user)
        if context is not None:
            shown.append(ShownPanel(panel.template, context))
    return shown
