"""Cases and what was registered of their families: each page says what waits on the other (monitoring.proposals)."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from assistance import wording
from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from monitoring.proposals.open_work import Line, waiting_events


def open_cases(households: Collection[int], user: User) -> dict[int, Line]:
    """Say of households which case goes on there (monitoring.proposals.open_work.OpenWork); one query."""
    rows = Case.objects.visible_to(user).filter(household__in=households).running()
    return {
        row.household_id: Line(
            pgettext("case", "A case of this household goes on: %(state)s.")
            % {"state": wording.state_badge(row).label},
            reverse("cases:case", args=[row.pk]),
        )
        for row in rows.order_by("pk")
    }


class RegisteredEvents:
    """What was registered of the family and waits to be decided (assistance.panels.CasePanel)."""

    order = 3
    template = "assistance/lineage/_waiting.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return the sentences; nothing where nothing waits, or the case is over."""
        lines = waiting_events(case.household, user) if case.is_running else []
        return {"lines": lines} if lines else None


PANEL = RegisteredEvents()
