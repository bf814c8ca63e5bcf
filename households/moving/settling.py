"""What the receiving area did not answer in time: the area above both urges it, or decides (see answering.py)."""

import datetime
from collections import Counter

from django.db import transaction

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record_many
from foundation.workflow.move import Request, move, move_many
from households.models import HouseholdMove
from households.moving import telling
from households.moving.deadlines import last_day

#: Moves that one night treats in a transaction.
_AT_ONCE = 500


@transaction.atomic
def urge(row: HouseholdMove, reason: str, *, by: User) -> HouseholdMove:
    """Send a move back to the receiving area with a new deadline."""
    row.on_the_side_of(row.parent_area_id or row.to_area_id)
    today = clock.today()
    writes = {"counts_from": today, "due_on": last_day(row.to_area_id, today), "reminded_on": None}
    move(row, Request("urge", reason=reason, writes=writes), by=by)
    telling.tell_proposed(row, by=by)
    return row


def night_work(*, by: User, on: datetime.date) -> None:
    """Remind who answers on the last day, and hand up what became overdue (foundation.accounts.next_day.NightWork)."""
    remind(on)
    refer(by=by, on=on)


@transaction.atomic
def remind(on: datetime.date) -> int:
    """Tell receiving areas of moves whose last day is `on`, once; returns how many."""
    rows = list(
        HouseholdMove.objects.filter(state="proposed", due_on=on, reminded_on__isnull=True).order_by("pk")[
            :_AT_ONCE
        ]
    )
    for row in rows:
        telling.tell_due(row)
    HouseholdMove.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=on)
    acts = [
        Act("household_move.reminded", "households.householdmove", str(row.pk), on, on, area=row.to_area_id)
        for row in rows
    ]
    record_many(acts, by=User.objects.built_in("system").authority(Right.SETTLE_MOVES, ""))
    return len(rows)


@transaction.atomic
def refer(*, by: User, on: datetime.date) -> int:
    """Hand moves that should have been answered before `on` to the area above both; returns how many.

    Where no area of the platform lies above both they stay where they are, and stand on the list as overdue.
    """
    due = HouseholdMove.objects.filter(state="proposed", due_on__lt=on, parent_area__isnull=False)
    rows = list(due.select_related("household").order_by("due_on", "pk")[:_AT_ONCE])
    for row in rows:
        row.on_the_side_of(row.parent_area_id or "")
    moved = [result.key for result in move_many(rows, Request("refer"), by=by) if result.moved]
    above = Counter(row.parent_area_id for row in rows if row.pk in moved)
    for area, count in above.items():
        telling.tell_referred(area or "", count)
    return len(moved)
