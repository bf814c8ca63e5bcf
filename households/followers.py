"""What follows when the register changes: asked by whoever has written to it, answered by what stands beside or above.

Any package adds a follower: an object named in `config/composition.py` under AFTER_REGISTER_CHANGE, in order.
"""

import datetime
from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.models import User


class RegisterFollower(Protocol):
    """What must happen after the register has changed, in the transaction of the change."""

    def __call__(
        self, areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
    ) -> None:
        """Follow a change in `areas`: of these `households` alone, or (None) of anybody there.

        It must be quick where a file was taken in: what takes long is asked for as long work.
        """


def register_changed(areas: Collection[str], households: Collection[int] | None = None, *, by: User) -> None:
    """Tell every follower that the register has changed; call it in the transaction of the change.

    `areas` are the smallest areas that hold all of the change (the county of a file); `households` are keys, where
    the change is of single households (a correction by hand).
    """
    for follower in parts("AFTER_REGISTER_CHANGE"):
        follower(areas, households, by=by, on=clock.today())


class ErasureFollower(Protocol):
    """What must go with a person who is erased, in the transaction of the erasure (AFTER_ERASURE)."""

    def __call__(self, residents: Collection[int], subjects: Collection[UUID]) -> None:
        """Destroy what is kept about these rows of residents and these identities."""


def person_erased(residents: Collection[int], subjects: Collection[UUID]) -> None:
    """Tell every follower that a person is being erased; before the identities are destroyed."""
    for follower in parts("AFTER_ERASURE"):
        follower(residents, subjects)
