"""What was passed up and not decided in time: a reminder on the last day, told to everybody above on the day after."""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record_many
from households.models import PairDecision
from households.pairs import telling

#: Pairs that one night treats in a transaction.
_AT_ONCE = 500


def night_work(*, by: User, on: datetime.date) -> None:
    """Remind, and tell what is overdue (foundation.accounts.next_day.NightWork)."""
    remind(on)
    escalate(on)


def remind(on: datetime.date) -> int:
    """Remind the areas above both of what is due on a day, once; returns of how many."""
    rows = PairDecision.objects.filter(state="passed", due_on=on, reminded_on__isnull=True)
    return _told(rows.order_by("pk"), on, "reminded_on", "pair.reminded", telling.tell_due)


def escalate(on: datetime.date) -> int:
    """Tell of what should have been decided before a day, once; it stays on the list, as overdue."""
    rows = PairDecision.objects.filter(state="passed", due_on__lt=on, escalated_on__isnull=True)
    return _told(rows.order_by("due_on", "pk"), on, "escalated_on", "pair.overdue", telling.tell_overdue)


@transaction.atomic
def _told(
    found: QuerySet[PairDecision],
    on: datetime.date,
    mark: str,
    verb: str,
    tell: Callable[[PairDecision], None],
) -> int:
    rows = list(found.select_related("pair")[:_AT_ONCE])
    for row in rows:
        tell(row)
    PairDecision.objects.filter(pk__in=[row.pk for row in rows]).update(**{mark: on})
    acts = [
        Act(verb, "households.pairdecision", str(row.pk), on, on, area=row.parent_area_id) for row in rows
    ]
    if acts:
        record_many(acts, by=User.objects.built_in("system").authority(Right.SETTLE_MOVES, ""))
    return len(rows)
