"""What follows when a township proposes a household for enrolment: asked here, answered above.

A later storey adds functions named in `config/composition.py`: AFTER_PROPOSAL goes on with the household,
HELD_PROPOSALS say why its warning cannot go back to the door, AFTER_WARNINGS_END hear of warnings that ended.
"""

from collections.abc import Sequence
from typing import Protocol

from alerts.models import Alert
from foundation.accounts.composition import parts
from foundation.accounts.models import User


class AfterProposal(Protocol):
    """Who goes on with a household that was proposed, in the transaction of the proposal."""

    def __call__(self, alert: Alert, *, by: User) -> None:
        """Take the proposed alert up; `by` is who proposed it."""


def tell(alert: Alert, *, by: User) -> None:
    """Let everybody who goes on with a proposed household know of it."""
    for follower in parts("AFTER_PROPOSAL"):
        follower(alert, by=by)


class HeldProposal(Protocol):
    """Who goes on with a proposed household, and may be too far to let its warning go back to the door."""

    def __call__(self, alert: Alert) -> str:
        """Return why not, or an empty sentence."""


def held(alert: Alert) -> str:
    """Return why a proposed warning cannot go back to the door, or an empty sentence."""
    return next((why for holder in parts("HELD_PROPOSALS") if (why := holder(alert))), "")


class AfterWarningsEnd(Protocol):
    """Who must know that warnings ended, in the transaction of the move."""

    def __call__(self, alerts: Sequence[Alert], *, by: User) -> None:
        """Follow warnings that were closed."""


def ended(alerts: Sequence[Alert], *, by: User) -> None:
    """Let everybody know of the warnings among these that are closed now."""
    if closed := [alert for alert in alerts if alert.state == "closed"]:
        for follower in parts("AFTER_WARNINGS_END"):
            follower(closed, by=by)
