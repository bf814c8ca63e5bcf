"""The warning that took up a finding, as a section of the finding's page."""

from typing import Any

from alerts.models import Alert
from alerts.panel import told_of
from foundation.accounts.models import User
from monitoring.models import Finding


class TakenUpBy:
    """The alerts that a finding is a signal of (monitoring.comparison.finding_panels.FindingPanel)."""

    template = "alerts/_panel.html"

    def context(self, finding: Finding, user: User) -> dict[str, Any] | None:
        """Return the alerts in words; nothing where none took it, or they are not the reader's to see."""
        rows = Alert.objects.visible_to(user).filter(signals__finding=finding)
        told = told_of(rows.select_related("household").order_by("-pk").distinct())
        return {"told": told, "may_report": False, "household": finding.household} if told else None


TAKEN_UP = TakenUpBy()
