"""Escalation by the night: cases overdue for days are told to the superior of who holds them, once per deadline."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from assistance.enrolment.responsible import role_for
from assistance.lifecycle import UNDER_WAY
from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.roles import RULES, Right
from foundation.accounts.vacancies import Roster
from foundation.inbox.notices import notify
from foundation.ledger.record import Act, record_many
from foundation.regulations.lookup import book

DAYS = "deadline_escalation_days"
_AT_ONCE = 2_000


def overdue(on: datetime.date) -> Q:
    """Return the condition that the step of a case was due before a day, or the whole of one not yet decided."""
    return Q(state__in=UNDER_WAY, step_due_on__lt=on) | Q(state="open", total_due_on__lt=on)


def first_due(case: Case) -> datetime.date | None:
    """Return the nearer last day that still counts for a case."""
    whole = case.total_due_on if case.state == "open" else None
    step = case.step_due_on if case.state in UNDER_WAY else None
    return min((day for day in (step, whole) if day is not None), default=None)


def is_escalated(case: Case, on: datetime.date) -> bool:
    """Say whether the superior was told of a deadline of the case that is past on a day."""
    due = first_due(case)
    return case.escalated_on is not None and due is not None and due < min(case.escalated_on, on)


def night_work(*, by: User, on: datetime.date) -> None:
    """Escalate what is overdue on the day `on` (foundation.accounts.next_day.NightWork)."""
    escalate(by=by, on=on)


@transaction.atomic
def escalate(*, by: User, on: datetime.date) -> int:
    """Tell superiors of the cases that are overdue for as many days as their county says; returns how many."""
    told: dict[int, tuple[User, int]] = {}
    done, last = 0, 0
    while rows := list(Case.objects.filter(overdue(on), pk__gt=last).order_by("pk")[:_AT_ONCE]):
        last = rows[-1].pk
        late = _late(rows, on)
        done += len(late)
        _escalate(late, told, by, on)
    for person, count in told.values():
        notify([person], "cases_overdue_below", place=f"{reverse('cases:cases')}?due=overdue", count=count)
    return done


def _late(rows: Sequence[Case], on: datetime.date) -> list[Case]:
    """Keep what is overdue for as many days as its county says, and of which nobody above was told yet."""
    known = book()
    days = {county: known.resolve(DAYS, county, on).amount for county in {row.county for row in rows}}
    found = []
    for row in rows:
        due, limit = first_due(row), days[row.county]
        if due is None or limit is None or is_escalated(row, on):
            continue
        if due <= on - datetime.timedelta(days=int(limit)):
            found.append(row)
    return found


def _escalate(rows: Sequence[Case], told: dict[int, tuple[User, int]], by: User, on: datetime.date) -> None:
    if not rows:
        return
    roster, acts = Roster.read({row.area_id for row in rows}), []
    for row in rows:
        above = superiors(row.area_id, row.waits_for, roster)
        for person in above:
            told[person.pk] = (person, told.get(person.pk, (person, 0))[1] + 1)
        details = {
            "waits_for": row.waits_for,
            "due": str(first_due(row)),
            "staff": [one.pk for one in above],
        }
        acts.append(
            Act("case.escalated", "assistance.case", str(row.pk), on, on, area=row.area_id, details=details)
        )
    Case.objects.filter(pk__in=[row.pk for row in rows]).update(escalated_on=on)
    record_many(acts, by=by.authority(Right.DECIDE_CASES, ""))


def superiors(area: str, waits_for: Sequence[str], roster: Roster) -> list[User]:
    """Return who owns the work of a village one level above those who take the steps that are waited for."""
    role = role_for(waits_for)
    held = {owner.user.pk for owner in roster.owners(area, role)}
    above = RULES[role].next_up
    owners = roster.owners(area, above) if above else ()
    return list({owner.user.pk: owner.user for owner in owners if owner.user.pk not in held}.values())
