"""The clock of pairs that nobody took up: a last day each, a reminder on it, and told as overdue on the day after.

Told is who may decide or pass up, one notice for each person and night. Nothing is decided by time.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable

from django.db import transaction
from django.db.models import QuerySet

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.inbox.notices import holders
from foundation.ledger.record import Act, record_many
from households.models import Duplicate, PairDecision
from households.pairs import telling
from households.pairs.sides import TAKEN_UP_DAYS, last_day

#: Pairs that are treated at a time.
_AT_ONCE = 1000


def begin(found: QuerySet[Duplicate], on: datetime.date) -> None:
    """Give pairs without one their last day, counted from a day: one statement for each county.

    The value of the county in which the person lives holds; without one they stay without a last day.
    """
    rows = found.filter(decided_on__isnull=True, due_on__isnull=True)
    codes = rows.order_by().values_list("household__area", flat=True).distinct()
    for county in sorted({code[: Level.COUNTY] for code in codes}):
        if (due := last_day(county, on, TAKEN_UP_DAYS)) is not None:
            rows.filter(household__area__code__startswith=county).update(due_on=due)


def again(pairs: Collection[int]) -> None:
    """Let pairs wait once more, with a clock that begins today."""
    rows = Duplicate.objects.filter(pk__in=pairs)
    rows.update(decided_on=None, due_on=None, reminded_on=None, escalated_on=None)
    begin(rows, clock.today())


def night_work(*, by: User, on: datetime.date) -> None:
    """Begin what has no last day, remind, and tell what is overdue (foundation.accounts.next_day.NightWork)."""
    begin(Duplicate.objects.all(), on)
    remind(on)
    escalate(on)


def remind(on: datetime.date) -> int:
    """Remind of what is due on a day, once; returns of how many."""
    rows = untaken().filter(due_on=on, reminded_on__isnull=True)
    return _told(rows, on, "reminded_on", "pair.reminded_untaken", telling.tell_untaken_due)


def escalate(on: datetime.date) -> int:
    """Tell of what nobody decided or passed up before a day, once; it stays on the list, as overdue."""
    rows = untaken().filter(due_on__lt=on, escalated_on__isnull=True)
    return _told(rows, on, "escalated_on", "pair.overdue_untaken", telling.tell_untaken_overdue)


def untaken() -> QuerySet[Duplicate]:
    """Return the waiting pairs that nobody passed up: those have the clock of the area above both."""
    passed = PairDecision.objects.filter(state="passed").values("pair")
    return Duplicate.objects.waiting().exclude(pk__in=passed)


@transaction.atomic
def _told(
    found: QuerySet[Duplicate],
    on: datetime.date,
    mark: str,
    verb: str,
    tell: Callable[[User, int, datetime.date], None],
) -> int:
    rows = list(found.select_related("household").order_by("pk"))
    for user, count in _whom(rows).items():
        tell(user, count, on)
    system = User.objects.built_in("system").authority(Right.SETTLE_MOVES, "")
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        Duplicate.objects.filter(pk__in=[row.pk for row in some]).update(**{mark: on})
        acts = [
            Act(verb, "households.duplicate", str(row.pk), on, on, area=row.household.area_id) for row in some
        ]
        record_many(acts, by=system)
    return len(rows)


def _whom(rows: Iterable[Duplicate]) -> Counter[User]:
    """Return who may decide or pass up, with the number of pairs of each; a pair counts once for a person."""
    of_village: dict[str, list[User]] = {}
    counts: Counter[User] = Counter()
    for row in rows:
        people: set[User] = set()
        for area in {row.household.area_id, row.claimed_area_id}:
            if area not in of_village:
                of_village[area] = holders(Right.EDIT_HOUSEHOLDS, area)
            people.update(of_village[area])
        counts.update(people)
    return counts
