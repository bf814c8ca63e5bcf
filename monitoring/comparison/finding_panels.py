"""Sections of a finding's page that other packages add: what took it up.

A panel is an object named in `config/composition.py` under FINDING_PANELS.
"""

from typing import Any, Protocol

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from households.panels import ShownPanel
from monitoring.models import Finding


class FindingPanel(Protocol):
    """One section; `template` shows it and gets what `context` gives as `panel`."""

    template: str

    def context(self, finding: Finding, user: User) -> dict[str, Any] | None:
        """Return what the template needs, as far as `user` may see it, or None where the section is left out."""


def panels_for(finding: Finding, user: User) -> list[ShownPanel]:
    """Return the sections that `user` may see of a finding, in the order of the composition."""
    shown = []
    for panel in parts("FINDING_PANELS"):
        context = panel.context(finding, user)
        if context is not None:
            shown.append(ShownPanel(panel.template, context))
    return shown
