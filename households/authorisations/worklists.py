"""What stands on a person's list: authorisations that lack signatures, and those that end soon."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem
from foundation.desk.tables import COUNTED
from households.authorisations.soon import soon_days
from households.models import Authorisation


def to_sign(user: User) -> list[WorkItem]:
    """Say in one line how many authorisations of the person's areas lack signatures."""
    rows = Authorisation.objects.visible_to(user, Right.TAKE_AUTHORISATIONS).filter(state="pending")
    return _line(
        rows,
        _("Authorisations that lack signatures: %(count)s"),
        _("Somebody of the household has not signed yet."),
        "state=pending",
        State.TODAY,
    )


def ending_soon(user: User) -> list[WorkItem]:
    """Say in one line how many authorisations end within the days of the person's first area."""
    if not user.holds(Right.TAKE_AUTHORISATIONS):
        return []
    rows = Authorisation.objects.visible_to(user, Right.TAKE_AUTHORISATIONS).ending(soon_days(user))
    return _line(
        rows,
        _("Authorisations that end soon: %(count)s"),
        _("Without a new one nothing may be looked up after its last day."),
        "soon=yes",
        State.WEEK,
    )


def _line(rows: object, title: str, why: str, filtered: str, state: State) -> list[WorkItem]:
    count = rows.order_by()[: COUNTED + 1].count()  # type: ignore[attr-defined]
    if not count:
        return []
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    url = f"{reverse('authorisations:list')}?{filtered}"
    return [WorkItem(title=title % {"count": said}, url=url, why=why, due=None, state=state)]
