"""The warnings about one household, as a section of its page."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts import selectors, wording
from alerts.models import Alert
from alerts.wording import Bands
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household
from monitoring.proposals.open_work import Line


class Warnings:
    """Open and earlier alerts of a household, and the way to report something (households.panels.HouseholdPanel)."""

    order = 5
    template = "alerts/_panel.html"
    right = Right.VIEW_ALERTS

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the alerts in words; nothing at all where there are none and the reader reports nothing."""
        rows = selectors.of_household(household)
        may_report = household.dissolved_on is None and user.holds(Right.REPORT_CONCERNS, household.area_id)
        if not rows and not may_report:
            return None
        return {"told": told_of(rows), "may_report": may_report, "household": household}


def told_of(rows: Iterable[Alert]) -> list[dict[str, Any]]:
    """Put alerts into words, as the panels show them."""
    bands = Bands()
    return [
        {
            "alert": row,
            "state": wording.state_badge(row),
            "band": bands.badge(row) if row.is_open else None,
            "themes": wording.themes(row),
            "outcome": selectors.outcome_name(row.outcome, row.area_id) if row.outcome else "",
        }
        for row in rows
    ]


def open_warnings(households: Collection[int], user: User) -> dict[int, Line]:
    """Say of households where a warning is open (monitoring.proposals.open_work.OpenWork); one query."""
    rows = Alert.objects.visible_to(user).open().filter(household__in=households)
    return {
        row.household_id: Line(
            _("A warning of this household is open: %(state)s.") % {"state": row.state_label},
            reverse("alerts:alert", args=[row.pk]),
        )
        for row in rows.order_by("pk")
    }


WARNINGS = Warnings()
