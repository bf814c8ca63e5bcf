"""What follows when the rows that count have changed, and when they were compared: asked here, answered above.

Any package adds a follower: an object named in `config/composition.py` under AFTER_DELIVERY or AFTER_COMPARISON, in
order.
"""

from dataclasses import dataclass
from typing import Protocol

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from monitoring.models import Delivery, Run


class DeliveryFollower(Protocol):
    """What must happen after a delivery was accepted, released, withdrawn, superseded or put back in force."""

    def __call__(self, delivery: Delivery, *, by: User) -> None:
        """Follow, in the transaction of the move; what takes long is asked for as long work."""


def delivery_changed(delivery: Delivery, *, by: User) -> None:
    """Tell every follower that the rows of a delivery count now, or no longer; in the transaction of that move."""
    for follower in parts("AFTER_DELIVERY"):
        follower(delivery, by=by)


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What a follower made of findings: alerts opened, and signals attached, those of new alerts included."""

    alerts_raised: int = 0
    signals_attached: int = 0

    def __add__(self, other: "TakenUp") -> "TakenUp":
        return TakenUp(
            self.alerts_raised + other.alerts_raised, self.signals_attached + other.signals_attached
        )


class ComparisonFollower(Protocol):
    """What takes up the findings of a run: `Finding.objects.waiting()` of it, and those that it took back.

    It may call a finding cooled down (`result`), and says of each that it took it (`taken_at`); both set-wise.
    """

    def __call__(self, run: Run, *, by: User) -> TakenUp:
        """Follow, in the transaction that ends the run; again does nothing."""


def findings_written(run: Run, *, by: User) -> TakenUp:
    """Tell every follower that the findings of a run are written; in the transaction that ends it."""
    return sum((follower(run, by=by) for follower in parts("AFTER_COMPARISON")), TakenUp())
