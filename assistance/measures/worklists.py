"""Lines of the home page: what an office owes an answer to, and for who dispatches, what others owe."""

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.models import Measure
from assistance.querysets_of_help import MeasureQuerySet
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import within
from foundation.desk.home import State, WorkItem, state_of
from foundation.desk.tables import COUNTED


def of_measures(user: User) -> list[WorkItem]:
    """Return what the offices of `user` owe, and for the dispatcher what is overdue elsewhere (WORKLISTS)."""
    if not user.holds(Right.ANSWER_MEASURES):
        return []
    own, watched = _of_office(user)
    rows = Measure.objects.visible_to(user).owed()
    owed = _line(
        rows.filter(own),
        _("Measures for households to answer: %(count)s"),
        _("A village ticked them for a household: say that they landed, or why they cannot."),
        f"{reverse('cases:measure_tasks')}?state=asked",
    )
    late = _line(
        rows.overdue().filter(watched),
        _("Measures that offices have not answered in time: %(count)s"),
        _("Departments and townships say what came of measures for households."),
        f"{reverse('cases:measure_tasks')}?late=yes",
        State.WAITING,
    )
    return [*owed, *late]


def _of_office(user: User) -> tuple[Q, Q]:
    """Return what is addressed to the person's own offices, and what the person watches over."""
    own, watched = Q(pk__in=[]), Q(pk__in=[])
    for duty in user.duties():
        if not duty.holds(Right.ANSWER_MEASURES):
            continue
        here = within(MeasureQuerySet.area_field, [duty.area])
        if duty.department is not None:
            own |= here & Q(department=duty.department)
        elif len(duty.area) >= Level.TOWNSHIP:
            own |= here & Q(department__isnull=True)
        else:
            watched |= here
    return own, watched


def _line(
    rows: MeasureQuerySet, title: str, why: str, url: str, state: State | None = None
) -> list[WorkItem]:
    count = rows.order_by()[: COUNTED + 1].count()
    if not count:
        return []
    due = rows.order_by().aggregate(first=Min("due_on"))["first"]
    said = f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"
    stands = state or (state_of(due) if due else State.LATER)
    return [WorkItem(title=title % {"count": said}, url=url, why=why, due=due, state=stands)]
