"""The worklist of local values: what waits for a person's decision, and what came back to them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import MOST_ITEMS, WorkItem, state_of
from foundation.regulations import revision
from foundation.regulations.clocks import remaining
from foundation.regulations.local_values import review_clocks
from foundation.regulations.models import LocalValue


def waiting_local_values(user: User) -> list[WorkItem]:
    """Name the proposed local values that a person must decide, and their own that came back."""
    return [*_to_decide(user), *_to_mend(user)]


def _to_decide(user: User) -> list[WorkItem]:
    if not user.holds(Right.APPROVE_VALUES):
        return []
    rows = (
        LocalValue.objects.visible_to(user, Right.APPROVE_VALUES)
        .filter(state="proposed")
        .exclude(proposed_by=user)
        .select_related("subject", "area")
        .order_by("pk")[:MOST_ITEMS]
    )
    why = _("A local value was proposed: look at what it changes, then approve or return it.")
    return _items(rows, why)


def _to_mend(user: User) -> list[WorkItem]:
    if not user.holds(Right.PROPOSE_VALUES):
        return []
    rows = (
        LocalValue.objects.visible_to(user, Right.PROPOSE_VALUES)
        .filter(state="returned", proposed_by=user)
        .select_related("subject", "area")
        .order_by("pk")[:MOST_ITEMS]
    )
    why = _("Your proposed local value came back: complete it, or withdraw it.")
    return _items(rows, why)


def _items(rows: Iterable[LocalValue], why: str) -> list[WorkItem]:
    """Make the lines; each is due on the day by which its review must end, where a period is in force."""
    found = list(rows)
    clocks = review_clocks(found)
    with revision.one_reading():
        dues = {
            row.pk: remaining(clocks[row.pk]).due.day if row.pk in clocks else row.from_day for row in found
        }
    return [
        WorkItem(
            title=str(row),
            url=reverse("desk:local_value", args=[row.pk]),
            why=why,
            due=dues[row.pk],
            state=state_of(dues[row.pk]),
        )
        for row in found
    ]
