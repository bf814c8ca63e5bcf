"""Reminders on the page of a household, and on that of their finding."""

from typing import Any

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household
from monitoring.comparison.subjects import Subjects
from monitoring.models import Finding, Reminder
from monitoring.reminders import tables


class HouseholdReminders:
    """The reminders of a household (households.panels.HouseholdPanel); left out where there are none."""

    order = 16
    template = "monitoring/reminders/_panel.html"
    right = Right.VIEW_HOUSEHOLDS

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the reminders, the newest first."""
        rows = tables.rows_for(user).filter(finding__household=household).exclude(state="retracted")
        return _told(list(rows.order_by("-opened_on", "-pk")), user)


class FindingReminder:
    """The reminder that a finding led to (monitoring.comparison.finding_panels.FindingPanel)."""

    template = "monitoring/reminders/_panel.html"

    def context(self, finding: Finding, user: User) -> dict[str, Any] | None:
        """Return it, where the finding opened one."""
        return _told(list(tables.rows_for(user).filter(finding=finding)), user)


def _told(rows: list[Reminder], user: User) -> dict[str, Any] | None:
    if not rows:
        return None
    subjects = Subjects(user)
    told = [
        {
            "reminder": row,
            "url": tables.url_of(row),
            "who": subjects.who(row.finding),
            "office": tables.office_of(row),
            "badge": tables.badge_of(row),
        }
        for row in rows
    ]
    return {"reminders": told}


HOUSEHOLD, FINDING = HouseholdReminders(), FindingReminder()
