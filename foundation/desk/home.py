"""Home: a person's own list of work, gathered from what every storey puts on it.

Any app adds work: a `Worklist` named in `config/composition.py` under WORKLISTS, in stage order. It adds a
large tile for the phone home: a `TilePart` under TILES.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.models import User

#: A worklist gives at most this many items; what is beyond stands behind its page.
MOST_ITEMS = 50


class State(StrEnum):
    """Where an item stands on the list. Home shows the groups in this order."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    WAITING = "waiting"
    DONE = "done"


GROUP_TITLES: dict[State, Promise] = {
    State.OVERDUE: _("Overdue"),
    State.TODAY: _("Due today"),
    State.WEEK: _("Due this week"),
    State.LATER: _("Coming up"),
    State.WAITING: _("Waiting for others"),
    State.DONE: _("Done this week"),
}


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of the list. `url` opens the act itself, `why` says in one sentence why it is here."""

    title: str
    url: str
    why: str
    due: datetime.date | None
    state: State


class Worklist(Protocol):
    """Names the work of one kind that waits for a person; at most MOST_ITEMS items, few queries."""

    def __call__(self, user: User) -> list[WorkItem]:
        """Return the items of `user`, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A large tile of the phone home: what, how many wait, where it leads, and its icon."""

    label: str | Promise
    count: int
    url: str
    icon: str


class TilePart(Protocol):
    """Gives a tile to whom it concerns."""

    def __call__(self, user: User) -> Tile | None:
        """Return the tile of `user`, or None where the work is not theirs."""


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one state, the earliest first."""

    state: State
    title: Promise
    items: tuple[WorkItem, ...]


def state_of(due: datetime.date) -> State:
    """Return where work that is due on a day stands today; a week ends on its Sunday."""
    today = clock.today()
    if due < today:
        return State.OVERDUE
    if due == today:
        return State.TODAY
    sunday = today + datetime.timedelta(days=6 - today.weekday())
    return State.WEEK if due <= sunday else State.LATER


def groups(user: User) -> list[Group]:
    """Return the person's list in groups; a group without items is left out."""
    items = [item for worklist in parts("WORKLISTS") for item in worklist(user)]
    made = (Group(state, title, _of(state, items)) for state, title in GROUP_TITLES.items())
    return [group for group in made if group.items]


def tiles(user: User) -> list[Tile]:
    """Return the person's tiles, in the order of the composition."""
    return [tile for part in parts("TILES") if (tile := part(user)) is not None]


def _of(state: State, items: Iterable[WorkItem]) -> tuple[WorkItem, ...]:
    kept = [item for item in items if item.state is state]
    return tuple(sorted(kept, key=lambda item: item.due or datetime.date.max))
