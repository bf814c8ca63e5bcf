"""The line of the home page: how many alerts wait to be dispatched."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.models import Alert
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem
from foundation.desk.tables import COUNTED


def to_dispatch(user: User) -> list[WorkItem]:
    """Say in one line how many warnings of a dispatcher's county nobody has sent on."""
    if not user.holds(Right.DISPATCH_ALERTS):
        return []
    rows = Alert.objects.visible_to(user, Right.DISPATCH_ALERTS).filter(state="raised")
    return _line(rows.order_by()[: COUNTED + 1].count(), "raised", _("Warnings to dispatch: %(count)s"))


def dispatched_here(user: User) -> list[WorkItem]:
    """Say in one line how many warnings the county dispatched to a verifier's township."""
    if not user.holds(Right.REVIEW_VISITS):
        return []
    rows = Alert.objects.visible_to(user, Right.REVIEW_VISITS).filter(state="dispatched")
    return _line(
        rows.order_by()[: COUNTED + 1].count(), "dispatched", _("Warnings dispatched to you: %(count)s")
    )


def _line(count: int, state: str, title: str) -> list[WorkItem]:
    if not count:
        return []
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    return [
        WorkItem(
            title=title % {"count": said},
            url=f"{reverse('alerts:queue')}?state={state}",
            why=_("Departments' data or a report say that these households may be in difficulty."),
            due=None,
            state=State.LATER,
        )
    ]
