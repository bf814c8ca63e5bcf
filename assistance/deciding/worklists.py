"""Lines of the home page: decisions that no step of the chain tells of, and letters that are owed."""

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.models import CaseLetter, Correction
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import State, WorkItem, state_of
from foundation.desk.tables import COUNTED


def of_decisions(user: User) -> list[WorkItem]:
    """Return the corrections that wait for a county, and the letters that wait to be handed over."""
    return [*_corrections(user), *_letters(user)]


def _corrections(user: User) -> list[WorkItem]:
    if not user.holds(Right.DECIDE_CASES):
        return []
    count = Correction.objects.visible_to(user, Right.DECIDE_CASES).open().order_by()[: COUNTED + 1].count()
    if not count:
        return []
    return [
        WorkItem(
            title=_("Wrong identifications to decide: %(count)s") % {"count": _said(count)},
            url=f"{reverse('cases:corrections')}?open=yes",
            why=_("A township says that a household should never have been enrolled, and has heard it."),
            due=None,
            state=State.LATER,
        )
    ]


def _letters(user: User) -> list[WorkItem]:
    if not user.holds(Right.PREPARE_CASES):
        return []
    rows = CaseLetter.objects.visible_to(user, Right.PREPARE_CASES).owed()
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    due = rows.aggregate(first=Min("due_on"))["first"]
    return [
        WorkItem(
            title=_("Letters on cases to hand over: %(count)s") % {"count": _said(count)},
            url=f"{reverse('cases:letters')}?owed=yes",
            why=_("A household that is not enrolled hears why, and how to ask again."),
            due=due,
            state=state_of(due) if due else State.LATER,
        )
    ]


def _said(count: int) -> str:
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
