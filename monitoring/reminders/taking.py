"""Findings that open no alert become reminders: opened, opened again, taken back, set-wise, when a run has ended."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.inbox.notices import notify
from foundation.ledger.record import Act, record_many
from foundation.tables.copying import insert_many
from foundation.workflow.move import Request, move_many
from monitoring.followers import TakenUp
from monitoring.models import Finding, Reminder, Run
from monitoring.reminders.lifecycle import REMINDER
from monitoring.reminders.owners import departments, people_of

_RELATED = ("standard", "household", "area")
_OF_REMINDER = ("finding__standard", "finding__household", "finding__area")
#: An office is told once for a township of a county department, or for its own township.
_TOWNSHIP, _COUNTY = 9, 6


def after_comparison(run: Run, *, by: User) -> TakenUp:
    """Take up the findings of a run that open no alert, and those it took back (followers.ComparisonFollower)."""
    waiting = Finding.objects.waiting().filter(run=run, standard__opens_alert=False).select_related(*_RELATED)
    found = list(waiting.order_by("pk"))
    known = {row.finding_id: row for row in _reminders(Reminder.objects.filter(finding__in=found))}
    opened = _open([each for each in found if each.pk not in known], by=by)
    again = _open_again(known.values())
    taken_back = Reminder.objects.open().filter(finding__retracted_by_run=run)
    _move(_reminders(taken_back), Request("retract"))
    Finding.objects.filter(pk__in=[each.pk for each in found]).update(taken_at=timezone.now())
    _tell([*opened, *again])
    return TakenUp()


def deliveries_of(finding: Finding) -> set[int]:
    """Return the deliveries that a finding rests on."""
    return {row["delivery"] for row in finding.evidence} | set(finding.consulted)


def _open(found: list[Finding], *, by: User) -> list[Reminder]:
    """Make the reminders of findings that have none, and say so in the record."""
    today, owners = clock.today(), departments({each.standard for each in found})
    made = [
        Reminder(
            finding=each,
            department_id=owners[each.standard_id],
            opened_on=today,
            state=REMINDER.initial,
            version=1,
        )
        for each in found
    ]
    insert_many(made)
    acts = (
        Act(
            REMINDER.ledger_verb(REMINDER.created),
            Reminder._meta.label_lower,
            str(row.pk),
            today,
            today,
            area=row.area_code,
            after=row.state,
            details={"finding": row.finding_id, "standard": row.finding.standard_id},
        )
        for row in made
    )
    if made:
        record_many(acts, by=_system().authority(Right.SETTLE_REMINDERS, made[0].area_code))
    return made


def _open_again(rows: Iterable[Reminder]) -> list[Reminder]:
    """Open what was answered and is found on a delivery that was not there then: aid went on, or began again."""
    later = [
        row for row in rows if row.state == "settled" and not deliveries_of(row.finding) <= set(row.rests_on)
    ]
    writes = {"opened_on": clock.today(), "settled_on": None, "outcome": ""}
    return _move(later, Request("find_again", writes=writes))


def _move(rows: Iterable[Reminder], asked: Request) -> list[Reminder]:
    moving = list(rows)
    results = move_many(moving, asked, by=_system())
    moved = {result.key for result in results if result.moved}
    return [row for row in moving if row.pk in moved]


def _tell(rows: list[Reminder]) -> None:
    """Tell each office how many wait for it."""
    waiting: Counter[tuple[str | None, str]] = Counter()
    for row in rows:
        waiting[row.department_id, row.area_code[: _COUNTY if row.department_id else _TOWNSHIP]] += 1
    for (department, area), count in waiting.items():
        notify(people_of(department, area), "reminders_wait", place=reverse("reminders:list"), count=count)


def _reminders(rows: QuerySet[Reminder]) -> list[Reminder]:
    return list(rows.select_related(*_OF_REMINDER).order_by("pk"))


def _system() -> User:
    return User.objects.built_in("system")
