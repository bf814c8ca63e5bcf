"""Lines of the home page: what an office owes an answer to, and for who dispatches, what others owe."""

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.models import Measure
from assistance.querysets_of_help import MeasureQuerySet
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import Duty, within
from foundation.desk.home import State, WorkItem, state_of
from foundation.desk.tables import COUNTED


def of_measures(user: User) -> list[WorkItem]:
    """Return what the offices of `user` owe, and for the dispatcher what is overdue elsewhere (WORKLISTS)."""
    if not user.holds(Right.ANSWER_MEASURES):
        return []
    own, watched = of_office(user), _watched(user)
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


def of_office(user: User) -> Q:
    """Say which measures are addressed to the person's own offices: their departments, or their township."""
    own = Q(pk__in=[])
    for duty in _answering(user):
        if duty.department is not None:
            own |= _under(duty) & Q(department=duty.department)
        elif len(duty.area) >= Level.TOWNSHIP:
            own |= _under(duty) & Q(department__isnull=True)
    return own


def _watched(user: User) -> Q:
    """Say which measures the person watches over: those of a county that they dispatch in."""
    found = Q(pk__in=[])
    for duty in _answering(user):
        if duty.department is None and len(duty.area) < Level.TOWNSHIP:
            found |= _under(duty)
    return found


def _answering(user: User) -> list[Duty]:
    return [duty for duty in user.duties() if duty.holds(Right.ANSWER_MEASURES)]


def _under(duty: Duty) -> Q:
    return within(MeasureQuerySet.area_field, [duty.area])


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
