"""Lines of the home page: what of the warnings waits for a person, from dispatching to the letter."""

from django.db.models import F, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.models import Alert, Letter
from alerts.querysets import AlertQuerySet
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import MOST_ITEMS, State, WorkItem, state_of
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


def reports_to_review(user: User) -> list[WorkItem]:
    """Say in one line how many reports of visits wait for a verifier; their own visits are for a colleague."""
    if not user.holds(Right.REVIEW_VISITS):
        return []
    rows = Alert.objects.visible_to(user, Right.REVIEW_VISITS).filter(state="reported")
    rows = rows.exclude(visit__entered_by=user)
    return _due(rows, "state=reported", _("Reports of visits to review: %(count)s"),
                _("Confirm what was found, or send it back with what is missing."))  # fmt: skip


def assigned_to_me(user: User) -> list[WorkItem]:
    """Say in one line how many households somebody is sent to."""
    if not user.holds(Right.VISIT_HOUSEHOLDS):
        return []
    rows = Alert.objects.visible_to(user).filter(visitor=user, state="assigned")
    return _due(rows, "", _("Households that you are sent to: %(count)s"),
                _("A warning is to be checked at the door."), reverse("alerts:mine"))  # fmt: skip


def returned_to_me(user: User) -> list[WorkItem]:
    """Name the reports that came back to who was sent, each with its check list behind it."""
    if not user.holds(Right.VISIT_HOUSEHOLDS):
        return []
    rows = Alert.objects.visible_to(user).filter(visitor=user, state="returned").select_related("household")
    return [
        WorkItem(
            title=_("Household %(code)s: the report came back") % {"code": row.household.code},
            url=reverse("alerts:alert", args=[row.pk]),
            why=_("The township needs something more before it decides."),
            due=row.step_due_on,
            state=state_of(row.step_due_on) if row.step_due_on else State.LATER,
        )
        for row in rows.order_by(F("step_due_on").asc(nulls_last=True), "pk")[:MOST_ITEMS]
    ]


def letters_owed(user: User) -> list[WorkItem]:
    """Say in one line how many letters are owed to households where somebody visits."""
    if not user.holds(Right.VISIT_HOUSEHOLDS):
        return []
    rows = Letter.objects.visible_to(user, Right.VISIT_HOUSEHOLDS).owed()
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    due = rows.aggregate(first=Min("due_on"))["first"]
    return [
        WorkItem(
            title=_("Letters to hand to households: %(count)s") % {"count": _said(count)},
            url=f"{reverse('alerts:letters')}?owed=yes",
            why=_("Who was visited waits to hear what came of it."),
            due=due,
            state=state_of(due) if due else State.LATER,
        )
    ]


def _due(rows: AlertQuerySet, asked: str, title: str, why: str, url: str = "") -> list[WorkItem]:
    """Return one line for many alerts, due when the first of them is."""
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    due = rows.aggregate(first=Min("step_due_on"))["first"]
    return [
        WorkItem(
            title=title % {"count": _said(count)},
            url=url or f"{reverse('alerts:queue')}?{asked}",
            why=why,
            due=due,
            state=state_of(due) if due else State.LATER,
        )
    ]


def _said(count: int) -> str:
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"


def _line(count: int, state: str, title: str) -> list[WorkItem]:
    if not count:
        return []
    return [
        WorkItem(
            title=title % {"count": _said(count)},
            url=f"{reverse('alerts:queue')}?state={state}",
            why=_("Departments' data or a report say that these households may be in difficulty."),
            due=None,
            state=State.LATER,
        )
    ]


_ALL = (to_dispatch, dispatched_here, reports_to_review, assigned_to_me, returned_to_me, letters_owed)


def of_warnings(user: User) -> list[WorkItem]:
    """Return every line of this stage for a person (foundation.desk.home.Worklist)."""
    return [item for part in _ALL for item in part(user)]
