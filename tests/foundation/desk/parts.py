"""Parts that tests put into the composition: what a later storey would bring."""

import datetime

from foundation.accounts.models import User
from foundation.accounts.roles import Right, Role
from foundation.desk.home import State, Tile, WorkItem
from foundation.desk.navigation import NavItem
from foundation.desk.search import MOST_HITS, Hit

TODAY = datetime.date(2026, 11, 4)

ledger = NavItem("Ledger", "desk:search", "book", right=Right.VIEW_LEDGER, order=5, phone=True)
many = [NavItem(f"Place {number}", "desk:search", "list", order=number, phone=True) for number in range(1, 7)]
place1, place2, place3, place4, place5, place6 = many


def visits(user: User) -> list[WorkItem]:
    """Work of every state, in no order."""
    return [
        WorkItem("done", "/d/", "why", TODAY, State.DONE),
        WorkItem("later in the week", "/w2/", "why", TODAY + datetime.timedelta(3), State.WEEK),
        WorkItem("sooner in the week", "/w1/", "why", TODAY + datetime.timedelta(1), State.WEEK),
        WorkItem("late", "/o/", "why", TODAY - datetime.timedelta(1), State.OVERDUE),
        WorkItem("without a day", "/x/", "why", None, State.WAITING),
    ]


def monitoring_tile(user: User) -> Tile | None:
    """A tile for village assistants alone."""
    if any(duty.role is Role.VILLAGE_ASSISTANT for duty in user.duties()):
        return Tile("监测排查", 5, "/visits/", "list")
    return None


class Households:
    """A search part that finds more than it may show."""

    title = "Households"

    def __call__(self, user: User, text: str) -> list[Hit]:
        return [Hit(f"{text} {number}", "", "/h/") for number in range(MOST_HITS + 1)]


households = Households()


def demo_banner(request: object) -> str | None:
    """A banner on every page."""
    return "components/badge.html"
