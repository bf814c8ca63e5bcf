"""Lists of letters to households: of visits, and of what other stages owe (LETTER_LISTS of the composition).

They have one place in the navigation, and each leads to the others.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.roles import Right


@dataclass(frozen=True, slots=True)
class LetterList:
    """One list: what it is called, the name of its route, and the right of who reads it."""

    label: str | Promise
    url_name: str
    right: Right


def lists_beside(url_name: str, user: User) -> list[LetterList]:
    """Return the lists that `user` may read, but for the one that is open."""
    lists = (each for each in parts("LETTER_LISTS") if each.url_name != url_name)
    return [each for each in lists if user.holds(each.right)]
