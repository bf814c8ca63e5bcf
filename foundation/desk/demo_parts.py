"""What later stages add to the first page of the demonstration (composition DEMONSTRATION).

PART = DemoPart(numbers=…, stories=…, counts=(Count(…),))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from foundation.accounts.models import User
from foundation.accounts.roles import Right


@dataclass(frozen=True, slots=True)
class Count:
    """A number that a door shows to who holds `right`: how it is counted, and how it is said.

    `own`: it counts what is one person's; otherwise everybody at the same desk has the same number.
    """

    right: Right
    number: Callable[[User], int]
    said: Promise
    own: bool = False


@dataclass(frozen=True, slots=True)
class StoryLine:
    """Something worth seeing today: a sentence, the page where it is, and who of the cast goes there to see it."""

    sentence: str
    page: str
    username: str
    #: The role of who goes there, as the area calls it.
    role: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel from data to help: how many, what they are, and where who of the cast sees them."""

    number: int
    words: str
    page: str
    username: str


@dataclass(frozen=True, slots=True)
class DemoPart:
    """What one stage brings to the page; all of it is counted and read when the page is asked for."""

    numbers: Callable[[], Sequence[tuple[int, Promise]]]
    stories: Callable[[], Sequence[StoryLine]]
    counts: tuple[Count, ...]
    #: Its steps of the funnel, in order.
    funnel: Callable[[], Sequence[Step]] = tuple
