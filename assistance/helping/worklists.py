"""Lines of the home page: what one was asked as a helper, and households that lack one, lose one or know of none."""

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.helping.hanging import leaving
from assistance.models import HandOver, HelperClock, HelperPlace
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.home import MOST_ITEMS, State, WorkItem, state_of


def asked(user: User) -> list[WorkItem]:
    """Name the households and hand-overs that wait for one's own answer."""
    rows = HelperPlace.objects.filter(person=user, state="offered", hand_over__isnull=True)
    found = [
        WorkItem(
            title=_("You are named as helper: household %(code)s") % {"code": row.case.household.code},
            url=reverse("cases:helper_answer", args=[row.pk]),
            why=_("Accept, or decline with a reason, so that somebody else is named in time."),
            due=None,
            state=State.TODAY,
        )
        for row in rows.select_related("case__household").order_by("pk")[:MOST_ITEMS]
    ]
    waiting = HandOver.objects.waiting().filter(receiver=user).select_related("giver").order_by("day", "pk")
    return found + [
        WorkItem(
            title=_("Households of %(name)s are handed over to you") % {"name": row.giver.name},
            url=reverse("cases:hand_over", args=[row.pk]),
            why=_("Until you accept, the other person stays responsible."),
            due=row.day,
            state=state_of(row.day),
        )
        for row in waiting[:MOST_ITEMS]
    ]


def lacking(user: User) -> list[WorkItem]:
    """Say how many households lack a helper, how many lose one, and how many do not know theirs."""
    if not user.holds(Right.ASSIGN_HELPERS):
        return []
    found = []
    clocks = HelperClock.objects.visible_to(user, Right.ASSIGN_HELPERS).running()
    count, due = clocks.order_by().count(), clocks.order_by().aggregate(first=Min("due_on"))["first"]
    place = reverse("cases:helpers")
    if count:
        found.append(
            WorkItem(
                title=_("Households without all their helpers: %(count)d") % {"count": count},
                url=f"{place}?lack=any",
                why=_("The days run from the announcement until everybody has accepted."),
                due=due,
                state=state_of(due) if due else State.LATER,
            )
        )
    held = HelperPlace.objects.visible_to(user, Right.ASSIGN_HELPERS).held()
    if count := leaving(held).order_by().count():
        found.append(
            WorkItem(
                title=_("Households whose helper leaves or has left: %(count)d") % {"count": count},
                url=f"{place}?leaving=yes",
                why=_("The post ends or the account is closed: let the households be handed over."),
                due=None,
                state=State.TODAY,
            )
        )
    if count := held.filter(told_on__isnull=True).order_by().count():
        found.append(
            WorkItem(
                title=_("Households to be told of their helper: %(count)d") % {"count": count},
                url=f"{place}?untold=yes",
                why=_("Print the sheet, hand it over, and write down that they know."),
                due=None,
                state=State.LATER,
            )
        )
    return found


def of_helpers(user: User) -> list[WorkItem]:
    """Return every line of the helpers for a person (foundation.desk.home.Worklist)."""
    return [*asked(user), *lacking(user)]
