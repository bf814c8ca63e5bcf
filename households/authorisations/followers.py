"""What follows when an authorisation comes into force: asked here, answered above.

A later storey adds a function named in `config/composition.py` under AUTHORISATION_FOLLOWERS.
"""

from typing import Protocol

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from households.models import Authorisation


class AuthorisationFollower(Protocol):
    """Who goes on with a household that has authorised, in the transaction of its last signature."""

    def __call__(self, row: Authorisation, *, by: User) -> None:
        """Take the authorisation up; `by` is who took the last signature."""


def tell_in_force(row: Authorisation, *, by: User) -> None:
    """Let everybody who waits for an authorisation know that it holds."""
    for follower in parts("AUTHORISATION_FOLLOWERS"):
        follower(row, by=by)
