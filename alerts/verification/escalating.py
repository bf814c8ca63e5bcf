"""Escalation by the night: what is overdue for days is told to the superior of who holds it, once for each deadline."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from alerts.models import Alert
from alerts.verification.holding import Holding
from alerts.verification.marks import is_escalated, overdue
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.inbox.notices import notify
from foundation.ledger.record import Act, record_many
from foundation.regulations.lookup import book

DAYS = "deadline_escalation_days"
_AT_ONCE = 2_000


def night_work(*, by: User, on: datetime.date) -> None:
    """Escalate what is overdue on the day `on` (foundation.accounts.next_day.NightWork)."""
    escalate(by=by, on=on)


@transaction.atomic
def escalate(*, by: User, on: datetime.date) -> int:
    """Tell superiors of the alerts that are overdue for as many days as their county says; returns how many.

    A superior has one notice for all of them; a deadline that they were told of is not told again.
    """
    told: dict[int, tuple[User, int]] = {}
    done, last = 0, 0
    while rows := list(Alert.objects.filter(overdue(on), pk__gt=last).order_by("pk")[:_AT_ONCE]):
        last = rows[-1].pk
        late = _late(rows, on)
        done += len(late)
        _escalate(late, told, by, on)
    for person, count in told.values():
        notify(
            [person], "alerts_overdue_below", place=f"{reverse('alerts:queue')}?due=escalated", count=count
        )
    return done


def _late(rows: Sequence[Alert], on: datetime.date) -> list[Alert]:
    """Keep what is overdue for as many days as its county says, and of which nobody above was told yet."""
    known, days = book(), {}
    for county in {row.county for row in rows}:
        amount = known.resolve(DAYS, county, on).amount
        days[county] = None if amount is None else datetime.timedelta(days=int(amount))
    return [
        row
        for row in rows
        if (limit := days[row.county]) is not None and _first(row) <= on - limit and not is_escalated(row, on)
    ]


def _first(row: Alert) -> datetime.date:
    return min(each for each in (row.step_due_on, row.total_due_on) if each is not None)


def _escalate(rows: Sequence[Alert], told: dict[int, tuple[User, int]], by: User, on: datetime.date) -> None:
    if not rows:
        return
    holding, acts = Holding(rows), []
    for row in rows:
        superiors = holding.superiors(row)
        for person in superiors:
            told[person.pk] = (person, told.get(person.pk, (person, 0))[1] + 1)
        details = {"state": row.state, "due": str(_first(row)), "staff": [person.pk for person in superiors]}
        acts.append(
            Act("alert.escalated", "alerts.alert", str(row.pk), on, on, area=row.area_id, details=details)
        )
    Alert.objects.filter(pk__in=[row.pk for row in rows]).update(escalated_on=on)
    record_many(acts, by=by.authority(Right.DISPATCH_ALERTS, ""))
