"""What of help is overdue on a day: plans, first measures, answers of offices, after-care visits; for all who ask.

The lists of the longest, the night's notices and the village board begin here, so that they never disagree.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistance.models import Measure, Removal, ToldDeadline
from assistance.plans.clocks import due_of, lacking_first_measure, lacking_plan
from assistance.querysets import CaseQuerySet
from assistance.removal.aftercare import looked_after
from foundation.accounts.models import User
from foundation.accounts.roles import Level
from foundation.accounts.scope import within

What = ToldDeadline.What
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Overdue:
    """One last day that is over: of which row (case, measure or removal) of which case, in which village, of whom.

    `department` is the office that a measure waits for; None: the township.
    """

    what: What
    key: int
    case: int
    area: str
    due: datetime.date
    department: str | None = None
    name: str = ""


Source = Callable[[User, str, datetime.date], Iterator[Overdue]]


def plans(user: User, area: str, today: datetime.date) -> Iterator[Overdue]:
    """Yield the monitored households under an area whose plan should be there by now."""
    return _clocked(lacking_plan(user), What.PLAN, area, today)


def first_measures(user: User, area: str, today: datetime.date) -> Iterator[Overdue]:
    """Yield the monitored households under an area for which the first measure should have landed by now."""
    return _clocked(lacking_first_measure(user), What.FIRST, area, today)


def answers(user: User, area: str, today: datetime.date) -> Iterator[Overdue]:
    """Yield the measures under an area that an office should have answered by now and nothing landed of."""
    rows = (
        Measure.objects.visible_to(user).owed().filter(within("case__area__code", [area]), due_on__lt=today)
    )
    told = rows.exclude(aid_records__state="recorded").order_by("due_on", "pk")
    columns = ("pk", "case", "case__area", "due_on", "department", "name", "kept_area")
    for key, case, village, due, department, name, kept in told.values_list(*columns):
        yield Overdue(What.ANSWER, key, case, kept or village, due, department, name)


def aftercare(user: User, area: str, today: datetime.date) -> Iterator[Overdue]:
    """Yield the removals under an area whose household should have been visited again by now."""
    rows = looked_after(Removal.objects.visible_to(user)).filter(
        within("case__area__code", [area]), visit_due_on__lt=today
    )
    columns = ("pk", "case", "case__area", "visit_due_on")
    for key, case, village, due in rows.order_by("visit_due_on", "pk").values_list(*columns):
        yield Overdue(What.AFTERCARE, key, case, village, due)


SOURCES: tuple[Source, ...] = (plans, first_measures, answers, aftercare)


def _clocked(rows: CaseQuerySet, what: What, area: str, today: datetime.date) -> Iterator[Overdue]:
    """Yield the cases whose time is over, the earliest first; three queries for each thousands of them."""
    found, last = [], 0
    here = rows.filter(within("area__code", [area])).order_by("pk")
    while cases := list(here.filter(pk__gt=last)[:_AT_ONCE]):
        last = cases[-1].pk
        known = due_of(cases)
        for case in cases:
            due = known[case.pk].plan if what == What.PLAN else known[case.pk].first
            if due is not None and due < today:
                found.append(Overdue(what, case.pk, case.pk, case.area_id, due))
    yield from sorted(found, key=lambda each: (each.due, each.key))


def township(late: Overdue) -> str:
    """Return the township of what is overdue."""
    return late.area[: Level.TOWNSHIP]
