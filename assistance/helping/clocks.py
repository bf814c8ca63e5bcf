"""The clock of the helpers: it runs from the announcement, and stops when every place of the case is filled.

The days are counted from the announcement (state enrolled): before that day nobody outside the county knows of the
decision. Cases from before this platform have no clock. A place that falls empty later starts a new one on that day.
"""

import datetime
from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from alerts.verification.letters import last_day
from assistance.helping.lending import acting
from assistance.helping.places import NOT_HELPED, kinds_of
from assistance.helping.telling import tell_overdue
from assistance.models import Case, HelperClock, HelperPlace
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.ledger.record import Act, Actor, record_many
from foundation.workflow.models import Passage

DAYS = "helper_days"
_ANNOUNCED = "announce"
_AT_ONCE = 2_000


def begin(cases: Sequence[Case], *, by: User) -> None:
    """Start the clock of cases that were announced; those that had one, or come from before, are left alone."""
    known = set(HelperClock.objects.filter(case__in=cases).values_list("case", flat=True))
    new = [each for each in cases if each.pk not in known and each.origin != Case.Origin.IMPORT]
    if not new:
        return
    days = _announced(new)
    start([(case, days.get(str(case.pk), clock.today())) for case in new])
    settle(new, by=by)


def start(since: Sequence[tuple[Case, datetime.date]]) -> None:
    """Let clocks run from a day each; the last day is that of the value in force on it. One statement."""
    due: dict[tuple[str, datetime.date], datetime.date | None] = {}
    rows = []
    for case, day in since:
        key = (case.area_id[: Level.COUNTY], day)
        if key not in due:
            due[key] = last_day(DAYS, *key)
        rows.append(HelperClock(case=case, began_on=day, due_on=due[key]))
    HelperClock.objects.bulk_create(rows, ignore_conflicts=True)


def settle(cases: Sequence[Case], *, by: User) -> None:
    """Stop the clocks of cases that have all their helpers, and start anew where one is missing again."""
    today = clock.today()
    rows = HelperClock.objects.filter(case__in=cases)
    with_clock = set(rows.values_list("case", flat=True))
    running = {row.case_id: row for row in rows.running()}
    held = held_kinds(cases)
    complete, empty = [], []
    for case in cases:
        since = running[case.pk].began_on if case.pk in running else today
        wanted = set(kinds_of(case.area_id, since))
        full = wanted <= held.get(case.pk, set())
        if full and case.pk in running:
            complete.append(case)
        elif not full and case.pk in with_clock and case.pk not in running and case.state not in NOT_HELPED:
            empty.append((case, today))
    start(empty)
    _stop(complete, today, "case.helpers_complete", by)


def stop(cases: Sequence[Case], *, by: User) -> None:
    """Stop the clocks of cases that have ended: nobody has to be named any more."""
    ended = set(HelperClock.objects.running().filter(case__in=cases).values_list("case", flat=True))
    _stop([each for each in cases if each.pk in ended], clock.today(), "case.helpers_not_needed", by)


def held_kinds(cases: Sequence[Case]) -> dict[int, set[str]]:
    """Return by case the places that somebody holds; one query."""
    found: dict[int, set[str]] = {}
    for case, kind in (
        HelperPlace.objects.held().filter(case__in=cases).order_by().values_list("case", "kind")
    ):
        found.setdefault(case, set()).add(kind)
    return found


def _announced(cases: Sequence[Case]) -> dict[str, datetime.date]:
    """Return by key the day on which each case was announced."""
    rows = Passage.objects.filter(
        model=Case._meta.label_lower, object_id__in=[str(case.pk) for case in cases], verb=_ANNOUNCED
    )
    return dict(rows.order_by("pk").values_list("object_id", "happened_on"))


def _stop(cases: Sequence[Case], on: datetime.date, verb: str, by: User) -> None:
    if not cases:
        return
    HelperClock.objects.running().filter(case__in=cases).update(stopped_on=on)
    acts: dict[Actor, list[Act]] = {}
    for case in cases:
        act = Act(verb, "assistance.case", str(case.pk), on, on, area=case.area_id)
        acts.setdefault(acting(by, case.area_id), []).append(act)
    for actor, some in acts.items():
        record_many(some, by=actor)


@transaction.atomic
def urge(*, by: User, on: datetime.date) -> int:
    """Do so for what was due before the day `on`; returns how many clocks."""
    done, last = 0, 0
    waiting = HelperClock.objects.running().filter(due_on__lt=on, urged_on__isnull=True)
    by_township: Counter[str] = Counter()
    while rows := list(waiting.filter(pk__gt=last).select_related("case").order_by("pk")[:_AT_ONCE]):
        last, done = rows[-1].pk, done + len(rows)
        by_township.update(row.case.township for row in rows)
        acts = [
            Act("case.helpers_overdue", "assistance.case", str(row.case_id), on, on, area=row.case.area_id,
                details={"due": str(row.due_on)})
            for row in rows
        ]  # fmt: skip
        record_many(acts, by=by.authority(Right.ASSIGN_HELPERS, ""))
        HelperClock.objects.filter(pk__in=[row.pk for row in rows]).update(urged_on=on)
    for township, count in by_township.items():
        tell_overdue(township, count)
    return done
