"""The households of an area that have waited longest for something that should be there by now."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Prefetch
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from assistance.aid.feeds import feeds
from assistance.catalogue.book import called
from assistance.enrolment.escalating import first_due, overdue
from assistance.lifecycle import HELD
from assistance.models import AidGap, Case, FollowUp, HelperClock, Measure, Removal
from assistance.models.aid_gaps import Side
from assistance.overdue.looking import Overdue, aftercare, first_measures, plans
from assistance.removal.lifecycle import RUNNING
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.scope import within
from foundation.regulations.working_days import add_months
from households.models import Resident
from households.models.households import HEAD

#: As many as a director looks at one by one.
MOST = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """A household, what it has waited for longest in words, since which last day, and for how much else it waits."""

    case: Case
    what: str
    since: datetime.date
    days: int
    more: int


@dataclass(frozen=True, slots=True)
class _Late:
    case: int
    since: datetime.date
    what: str


Source = Callable[[User, str, datetime.date], Iterator[_Late]]


def longest(user: User, area: str) -> list[Waiting]:
    """Return the ten of what `user` may see under an area, the longest first; no query per household."""
    today = clock.today()
    by_case: dict[int, list[_Late]] = {}
    for source in _SOURCES:
        for late in source(user, area, today):
            by_case.setdefault(late.case, []).append(late)
    worst = [(min(rows, key=_when), len(rows)) for rows in by_case.values()]
    chosen = sorted(worst, key=lambda each: _when(each[0]))[:MOST]
    heads = Prefetch(
        "household__residents", Resident.objects.present().filter(relation=HEAD), to_attr="heads"
    )
    cases = (
        Case.objects.visible_to(user)
        .filter(pk__in=[late.case for late, _count in chosen])
        .select_related("household", "area")
        .prefetch_related(heads)
    )
    known = {case.pk: case for case in cases}
    return [
        Waiting(known[late.case], late.what, late.since, (today - late.since).days, count - 1)
        for late, count in chosen
        if late.case in known
    ]


def _when(late: _Late) -> tuple[datetime.date, int]:
    return late.since, late.case


def _steps(user: User, area: str, today: datetime.date) -> Iterator[_Late]:
    rows = Case.objects.visible_to(user).filter(within("area__code", [area]), overdue(today))
    for case in rows.order_by(Least("step_due_on", "total_due_on"), "pk")[:MOST]:
        due = first_due(case)
        if due is not None and due < today:
            yield _Late(case.pk, due, _("the next step of the procedure is overdue"))


def _removals(user: User, area: str, today: datetime.date) -> Iterator[_Late]:
    rows = Removal.objects.visible_to(user).filter(
        within("case__area__code", [area]), state__in=RUNNING, step_due_on__lt=today
    )
    due = rows.order_by("step_due_on", "pk").values_list("case", "step_due_on")[:MOST]
    return _told(due, _("the next step of the removal is overdue"))


def _helpers(user: User, area: str, today: datetime.date) -> Iterator[_Late]:
    held = Case.objects.visible_to(user).filter(within("area__code", [area]), state__in=HELD)
    rows = HelperClock.objects.running().filter(case__in=held.values("pk"), due_on__lt=today)
    return _told(rows.order_by("due_on", "pk").values_list("case", "due_on")[:MOST], _("a helper is missing"))


def _measures(user: User, area: str, today: datetime.date) -> Iterator[_Late]:
    rows = Measure.objects.visible_to(user).overdue().exclude(aid_records__state="recorded")
    rows = rows.filter(within("case__area__code", [area])).order_by("due_on", "pk")
    for case, due, code, name in rows.values_list("case", "due_on", "code", "name")[:MOST]:
        if due is not None:
            yield _Late(case, due, _("“%(name)s” is not answered") % {"name": called(code, name)})


def _visits(user: User, area: str, today: datetime.date) -> Iterator[_Late]:
    rows = (
        FollowUp.objects.visible_to(user).owed().filter(within("case__area__code", [area]), due_on__lt=today)
    )
    due = rows.order_by("due_on", "pk").values_list("case", "due_on")[:MOST]
    return _told(due, _("the follow-up visit is overdue"))


def _plans(user: User, area: str, today: datetime.date) -> Iterator[_Late]:
    return _looked(plans(user, area, today), _("there is no plan of help"))


def _firsts(user: User, area: str, today: datetime.date) -> Iterator[_Late]:
    return _looked(first_measures(user, area, today), _("nothing of the help has landed"))


def _aftercare(user: User, area: str, today: datetime.date) -> Iterator[_Late]:
    return _looked(aftercare(user, area, today), _("the after-care visit is overdue"))


def _looked(rows: Iterable[Overdue], what: str) -> Iterator[_Late]:
    return _told(((late.case, late.due) for late in islice(rows, MOST)), what)


def _unpaid(user: User, area: str, today: datetime.date) -> Iterator[_Late]:
    """Yield what was promised and not paid; it is owed since the end of the first month without it."""
    rows = AidGap.objects.visible_to(user).filter(within("case__area__code", [area]), side=Side.UNPAID)
    known = feeds()
    for case, month, feed in rows.order_by("first_month", "pk").values_list("case", "first_month", "feed")[
        :MOST
    ]:
        since = add_months(month, 1) - datetime.timedelta(days=1)
        if since < today:
            name = known[feed].name if feed in known else feed
            yield _Late(case, since, _("%(name)s: promised and not paid") % {"name": name})


def _told(rows: Iterable[tuple[int, datetime.date | None]], what: str) -> Iterator[_Late]:
    """Yield rows of case and last day, each with the same words."""
    for case, due in rows:
        if due is not None:
            yield _Late(case, due, what)


_SOURCES: tuple[Source, ...] = (
    _steps, _removals, _helpers, _plans, _firsts, _measures, _visits, _aftercare, _unpaid,
)  # fmt: skip
