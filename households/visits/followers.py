"""What every visit has follow, whatever it serves and though it serves nothing.

A later stage names an object in `config/composition.py` under VISIT_FOLLOWERS (VisitFollower).
"""

from collections.abc import Sequence
from typing import Protocol

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from households.models import Visit
from households.visits.purposes import Step, steps_after


class VisitFollower(Protocol):
    """What follows visits, each time in the transaction of the visit; any of these may refuse."""

    def written(self, visit: Visit, *, by: User) -> None:
        """Follow a visit that was written down, after what it served."""

    def corrected(self, visit: Visit, *, by: User) -> None:
        """Follow a visit that says something else now."""

    def annulled(self, visit: Visit, *, by: User) -> None:
        """Follow a visit that counts no more."""

    def steps(self, visit: Visit, user: User) -> Sequence[Step]:
        """Return what `user` does next because of the visit."""


def followers() -> tuple[VisitFollower, ...]:
    """Return every follower, in the order of the composition."""
    return parts("VISIT_FOLLOWERS")


def next_steps(visit: Visit, user: User) -> list[Step]:
    """Return what `user` does next after a visit: because of what was seen, then for everything that it served."""
    of_followers = [step for each in followers() for step in each.steps(visit, user)]
    return of_followers + steps_after(visit, user)
