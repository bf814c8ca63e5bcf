"""The line of the home page: rows that may mean somebody, for who delivers."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem
from foundation.desk.tables import COUNTED
from monitoring.models import RowCandidate


def waiting_candidates(user: User) -> list[WorkItem]:
    """Say in one line how many rows of a person's deliveries may mean somebody."""
    if not user.holds(Right.DELIVER_DATA):
        return []
    rows = RowCandidate.objects.visible_to(user).waiting()
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    return [
        WorkItem(
            title=_("Rows that found nobody and may mean somebody: %(count)s")
            % {"count": f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"},
            url=reverse("candidates:list"),
            why=_("A number looks mistyped. You decide who is meant; the machine never does."),
            due=None,
            state=State.LATER,
        )
    ]
