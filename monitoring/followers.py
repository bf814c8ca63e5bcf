"""What follows when the rows that count have changed: asked by the intake, answered by what stands beside or above.

Any package adds a follower: an object named in `config/composition.py` under AFTER_DELIVERY, in order.
"""

from typing import Protocol

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from monitoring.models import Delivery


class DeliveryFollower(Protocol):
    """What must happen after a delivery was accepted, released, withdrawn, superseded or put back in force."""

    def __call__(self, delivery: Delivery, *, by: User) -> None:
        """Follow, in the transaction of the move; what takes long is asked for as long work."""


def delivery_changed(delivery: Delivery, *, by: User) -> None:
    """Tell every follower that the rows of a delivery count now, or no longer; in the transaction of that move."""
    for follower in parts("AFTER_DELIVERY"):
        follower(delivery, by=by)
