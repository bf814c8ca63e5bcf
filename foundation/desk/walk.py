"""“Follow one household”: a guided way through the demonstration, from a department's data to help that arrives.

Every stop is one press by the person whose work it is. A stop says who that is, where the button stands, what is
filled in for the onlooker, and how one sees in the rows that it is done: where the walk stands is read from them each
time, so that it goes on wherever somebody left it. What others do between two presses is played by the functions of
the stages (`before`). Stages list their stops in order (composition DEMONSTRATION_WALK).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from foundation.accounts.clock import is_demonstration
from foundation.accounts.composition import parts
from foundation.accounts.models import User

#: In the session: the number of the stop that the onlooker was led to.
KEY = "walk"


def _nothing() -> None:
    """Nobody does anything before."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One press of the walk.

    `page` is the address where the button stands and `press` its CSS selector; `fills` are the values by the name of
    the field that stand in the form already. `before` plays what others do first; repeated, it does nothing more.
    """

    username: str
    says: Promise
    page: Callable[[], str]
    is_done: Callable[[], bool]
    press: str = "main form .form-buttons button"
    fills: Callable[[], Mapping[str, Any]] = dict
    before: Callable[[], None] = _nothing


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk stands: the stop, its number from one, of how many, and who presses."""

    stop: Stop
    number: int
    of: int
    person: User | None

    @property
    def fills(self) -> Mapping[str, Any]:
        """What stands in the form of the stop already."""
        return self.stop.fills()


def stops() -> list[Stop]:
    """Return every stop of every stage, in order."""
    return [stop for group in parts("DEMONSTRATION_WALK") for stop in group]


def current() -> Place | None:
    """Return the first stop that is not done; None where the household has come to the end, or there is no walk."""
    every = stops()
    for number, stop in enumerate(every, start=1):
        if not stop.is_done():
            person = User.objects.filter(username=stop.username).first()
            return Place(stop, number, len(every), person)
    return None


def presses_left() -> int:
    """Return how many presses of the walk are left, with the one that begins it; none where it cannot be walked."""
    place = current()
    return place.of - place.number + 2 if place and place.stop.page() else 0


def is_walking(request: HttpRequest) -> bool:
    """Say whether this browser follows the household."""
    return is_demonstration() and KEY in request.session


def banner(request: HttpRequest) -> str | None:
    """Return the bar above every page of who follows the household (composition BANNERS)."""
    return "desk/_walk.html" if is_walking(request) else None
