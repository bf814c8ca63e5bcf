"""Take up the waiting findings of a run: attach them to the open alert of their household, or open one.

Some thousand households at a time, each in a fixed number of statements. Everything is in the transaction of the run:
a run that is killed has taken nothing, and taking again finds nothing that waits.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import connection
from django.db.models import F
from django.utils import timezone

from alerts.attaching import attach
from alerts.facts import monitored
from alerts.models import Alert, Signal
from alerts.opening import open_alerts
from alerts.planning import Before, Plan, plan
from alerts.remembering import brought_elsewhere
from alerts.silence import silences
from alerts.verification.moved import NO_VISIT, follow, moved_many
from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.roles import Level
from foundation.workflow.move import Request
from monitoring.models import Finding, Run
from monitoring.querysets import FindingQuerySet

AT_ONCE = 2_000
_COLUMNS = (
    "id", "standard_id", "standard__theme", "household_id", "household__area_id", "resident_id", "day", "measured",
    "line",
)  # fmt: skip


@dataclass(slots=True)
class Taken:
    """What was done: alerts opened (again), by county; new signals; and every alert that was there and changed."""

    raised: dict[str, int] = field(default_factory=dict)
    attached: int = 0
    touched: set[int] = field(default_factory=set)


def take(run: Run, *, by: User) -> Taken:
    """Take up everything that waits of a run and opens alerts. In the transaction of the caller."""
    waiting = Finding.objects.waiting().filter(run=run, standard__opens_alert=True)
    done = Taken()
    for households in _some_households(waiting):
        _lock(households)
        _take_some(run, waiting.filter(household__in=households), households, done, by)
    return done


def _some_households(waiting: FindingQuerySet) -> Iterator[list[int]]:
    """Yield the households with something waiting, some thousand at a time, in the order of their keys."""
    keys = list(waiting.order_by("household_id").values_list("household_id", flat=True).distinct())
    for first in range(0, len(keys), AT_ONCE):
        yield keys[first : first + AT_ONCE]


def _lock(households: Sequence[int]) -> None:
    """Let nobody else open an alert of these households until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH locked AS (SELECT id FROM households_household WHERE id = ANY (%s) ORDER BY id FOR NO KEY UPDATE)"
            " SELECT count(*) FROM locked",
            [list(households)],
        )


def _take_some(run: Run, waiting: FindingQuerySet, households: Sequence[int], done: Taken, by: User) -> None:
    watched = monitored(households, run.as_of)
    elsewhere, changed = brought_elsewhere(waiting, households, run, columns=_COLUMNS, by=_system())
    done.touched |= changed
    given = elsewhere | _given_to_cases(waiting.exclude(pk__in=elsewhere), households, run, by)
    before, silent = _before(households), silences(households, run.as_of)
    rows = waiting.exclude(pk__in=given).order_by("household_id", "pk").values(*_COLUMNS)
    plans = [
        plan(household, list(group), before.get(household, Before()), silent)
        for household, group in groupby(rows, key=lambda row: row["household_id"])
    ]
    there = [each for each in plans if each.attach and each.alert is not None]
    opening = [each for each in plans if each.attach and each.alert is None]
    open_alerts(opening, run, watched)
    for each in opening:
        _count(each, done)
    done.attached += sum(len(each.attach) for each in opening)
    _restore([each for each in there if each.restore], done)
    done.attached += attach(there)
    done.touched |= {each.alert.pk for each in there if each.alert is not None}
    _mark(plans, given)


def _system() -> User:
    return User.objects.built_in("system")


def _given_to_cases(waiting: FindingQuerySet, households: Collection[int], run: Run, by: User) -> set[int]:
    """Offer what is found to who keeps the cases of households (alerts.following.SignalsOnCases)."""
    takers = parts("SIGNALS_ON_CASES")
    left = set(waiting.filter(household__in=households).values_list("pk", flat=True)) if takers else set()
    given: set[int] = set()
    for taker in takers:
        given |= set(taker(left - given, run, by=by))
    return given


def _before(households: Sequence[int]) -> dict[int, Before]:
    """Read how each household stands; its open alert is locked until the transaction ends."""
    rows = Alert.objects.filter(household__in=households)
    found = {row.household_id: Before(open=row) for row in rows.open().select_for_update()}
    ended = rows.exclude(household__in=list(found)).filter(merged_into__isnull=True)
    newest = {row.household_id: row for row in ended.order_by("household_id", "-pk").distinct("household_id")}
    back: dict[int, set[tuple[str, int | None]]] = {}
    retracted = [row.pk for row in newest.values() if row.state == "retracted"]
    signals = Signal.objects.filter(alert__in=retracted, retracted_at__isnull=False, standard__isnull=False)
    for alert, standard, resident in signals.values_list("alert_id", "standard_id", "resident_id"):
        back.setdefault(alert, set()).add((standard, resident))
    return found | {
        household: Before(newest=row, taken_back=frozenset(back.get(row.pk, ())))
        for household, row in newest.items()
    }


def _restore(plans: Sequence[Plan], done: Taken) -> None:
    """Put retracted alerts back in force whose findings are found again."""
    rows = {each.alert.pk: each for each in plans if each.alert is not None}
    alerts = Alert.objects.filter(pk__in=list(rows)).select_related("household")
    asked = Request("restore", writes=NO_VISIT)
    system = User.objects.built_in("system")
    _results, moved = moved_many(list(alerts), asked, by=system)
    Alert.objects.filter(pk__in=[alert.pk for alert in moved]).update(reopened=F("reopened") + 1)
    follow(moved, by=system)
    for alert in moved:
        _count(rows[alert.pk], done)


def _mark(plans: Sequence[Plan], given: Collection[int]) -> None:
    """Say of every finding that it was taken up, and of the quiet ones that they stay quiet."""
    now = timezone.now()
    quiet = [finding["id"] for each in plans for finding in each.quiet]
    taken = [finding["id"] for each in plans for finding in each.attach]
    Finding.objects.filter(pk__in=[*taken, *given]).update(taken_at=now)
    Finding.objects.filter(pk__in=quiet).update(taken_at=now, result=Finding.Result.COOLED_DOWN)


def _count(each: Plan, done: Taken) -> None:
    county = each.attach[0]["household__area_id"][: Level.COUNTY]
    done.raised[county] = done.raised.get(county, 0) + 1
