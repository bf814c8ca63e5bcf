"""What the scope walk plants is things: each has a place, and says who may open it."""

import datetime
from dataclasses import dataclass

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from tests.people import OUTSIDERS, POSTS

ALL_POSTS = POSTS | OUTSIDERS
DAY = datetime.date(2026, 11, 4)


@dataclass(frozen=True)
class Thing:
    """Something with a place of its own: an area, a person, a posting.

    Without an `area` it lies nowhere, and whoever passes the door may open it; with a `department`, of those who work
    for a department only its own people. `owner` may open it wherever they work. `right` opens it where the door
    itself asks for none.
    """

    key: object
    area: str | None
    owner: str = ""
    right: Right | None = None
    department: str = ""

    def __str__(self) -> str:
        return f"{self.key} in {self.area}"


def of_the_place(area: str, people: dict[str, User]) -> User:
    """Return who works nearest to an area: a page may name to its readers who did something there."""
    near = ("cun", "zhen", "lin_cun", "xian")
    return next(people[name] for name in near if area.startswith(ALL_POSTS[name][1]))
