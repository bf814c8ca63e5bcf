"""Where cases from before this platform stand in the navigation, and the line of doubles on a person's own list."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.imported.doubles import to_answer
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem
from foundation.desk.navigation import NavItem
from foundation.desk.tables import COUNTED

imported = NavItem(
    pgettext_lazy("imported", "Cases from before"), "cases:imported", "book", Right.VIEW_CASES, order=99
)


def doubles(user: User) -> list[WorkItem]:
    """Say in one line how many households of the old register have a running case, for who may answer."""
    if not user.holds(Right.REVIEW_CASES):
        return []
    count = to_answer(user, Right.REVIEW_CASES).order_by()[: COUNTED + 1].count()
    if not count:
        return []
    shown = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    return [
        WorkItem(
            title=_("Monitored households with a second case: %(count)s") % {"count": shown},
            url=reverse("cases:imported_doubles"),
            why=_(
                "The old register has them as monitored, and a case runs here: say what becomes of the two."
            ),
            due=None,
            state=State.LATER,
        )
    ]
