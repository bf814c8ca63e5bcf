"""Escalation by the night: removals overdue for days are told to the superior of who holds them, once per deadline.

As with cases (assistance.enrolment.escalating): the days are the county's, the superior is who owns the work one level
above. A roll-back that is proposed waits for the county's answer, and is told above the county.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from assistance.enrolment.escalating import DAYS, superiors
from assistance.models import Removal
from assistance.removal.lifecycle import WAITING
from assistance.removal.moved import date_rollbacks
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.accounts.vacancies import Roster
from foundation.inbox.notices import notify
from foundation.ledger.record import Act, record_many
from foundation.regulations.lookup import book

_AT_ONCE = 2_000
#: The step whose owner answers a proposed roll-back, which waits for no step of its own.
_ANSWER = ["decide"]


def overdue(on: datetime.date) -> Q:
    """Return the condition that a removal's step, or the answer to its roll-back, was due before a day."""
    return Q(state__in=WAITING, step_due_on__lt=on)


def is_escalated(removal: Removal, on: datetime.date) -> bool:
    """Say whether the superior was told of the deadline of the step, which is past on a day."""
    due, told = removal.step_due_on, removal.escalated_on
    return removal.state in WAITING and told is not None and due is not None and due < min(told, on)


def night_work(*, by: User, on: datetime.date) -> None:
    """Date what has no last day yet, and escalate what is overdue on the day `on` (next_day.NightWork)."""
    date_rollbacks()
    escalate(by=by, on=on)


@transaction.atomic
def escalate(*, by: User, on: datetime.date) -> int:
    """Tell superiors of the removals that are overdue for as many days as their county says; returns how many."""
    told: dict[int, tuple[User, int]] = {}
    done, last = 0, 0
    every = Removal.objects.select_related("case__area").filter(overdue(on)).order_by("pk")
    while rows := list(every.filter(pk__gt=last)[:_AT_ONCE]):
        last = rows[-1].pk
        late = _late(rows, on)
        done += len(late)
        _escalate(late, told, by, on)
    for person, count in told.values():
        notify([person], "removals_overdue_below", place=f"{reverse('cases:removals')}?late=yes", count=count)
    return done


def _late(rows: Sequence[Removal], on: datetime.date) -> list[Removal]:
    """Keep what is overdue for as many days as its county says, and of which nobody above was told yet."""
    known = book()
    counties = {row.area_id[: Level.COUNTY] for row in rows}
    days = {county: known.resolve(DAYS, county, on).amount for county in counties}
    found = []
    for row in rows:
        due, limit = row.step_due_on, days[row.area_id[: Level.COUNTY]]
        if due is None or limit is None or is_escalated(row, on):
            continue
        if due <= on - datetime.timedelta(days=int(limit)):
            found.append(row)
    return found


def _escalate(
    rows: Sequence[Removal], told: dict[int, tuple[User, int]], by: User, on: datetime.date
) -> None:
    if not rows:
        return
    roster, acts = Roster.read({row.area_id for row in rows}), []
    for row in rows:
        above = superiors(row.area_id, row.waits_for or _ANSWER, roster)
        for person in above:
            told[person.pk] = (person, told.get(person.pk, (person, 0))[1] + 1)
        details = {
            "waits_for": row.waits_for,
            "due": str(row.step_due_on),
            "staff": [one.pk for one in above],
        }
        subject = Removal._meta.label_lower
        acts.append(Act("removal.escalated", subject, str(row.pk), on, on, area=row.area_id, details=details))
    Removal.objects.filter(pk__in=[row.pk for row in rows]).update(escalated_on=on)
    record_many(acts, by=by.authority(Right.DECIDE_CASES, ""))
