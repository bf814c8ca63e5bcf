"""Warnings of proposed households: they stay open while what was opened for them runs, and close with its outcome.

Nobody closes them by hand: who stands above calls these functions, and the platform makes the moves.
"""

import datetime
from collections.abc import Collection

from django.db import transaction

from alerts import selectors
from alerts.models import Alert
from alerts.verification.moved import follow, moved_many
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.workflow.move import Request

#: The outcome after which nothing needs to be kept quiet: what is found on the household goes to its case.
ENROLLED = "enrolled"


@transaction.atomic
def conclude(alerts: Collection[int], outcome: str) -> int:
    """Close proposed warnings with the outcome of what was opened for them; returns how many."""
    rows = list(Alert.objects.filter(pk__in=alerts, state="proposed").select_related("household"))
    done = 0
    for until, some in _by_quiet(rows, outcome).items():
        given = {"outcome": outcome}
        writes = given | {"closed_on": clock.today(), "quiet_until": until}
        asked = Request("conclude", given=given, writes=writes, details=given)
        _results, moved = moved_many(some, asked, by=_platform())
        follow(moved, by=_platform())
        done += len(moved)
    return done


@transaction.atomic
def correct(alerts: Collection[int], outcome: str) -> int:
    """Give warnings that closed as enrolled another outcome: the identification was wrong; returns how many.

    The findings and the departments of their rows read the new one, and the standards are quiet as after any other end.
    """
    rows = list(
        Alert.objects.filter(pk__in=alerts, state="closed", outcome=ENROLLED, merged_into__isnull=True)
        .select_related("household")
        .order_by("pk")
    )
    for until, some in _by_quiet(rows, outcome).items():
        given = {"outcome": outcome}
        asked = Request("correct", given=given, writes=given | {"quiet_until": until}, details=given)
        _results, moved = moved_many(some, asked, by=_platform())
        follow(moved, by=_platform())
    return len(rows)


@transaction.atomic
def take_up_again(alerts: Collection[int]) -> int:
    """Open warnings again that closed with their case, because that goes on; returns how many.

    A household that has another open warning meanwhile keeps that one.
    """
    closed = Alert.objects.filter(pk__in=alerts, state="closed", merged_into__isnull=True)
    rows = list(closed.select_related("household"))
    busy = set(
        Alert.objects.open()
        .filter(household__in=[row.household_id for row in rows])
        .values_list("household", flat=True)
    )
    rows = [row for row in rows if row.household_id not in busy]
    writes = {"outcome": "", "closed_on": None, "quiet_until": None}
    _results, moved = moved_many(rows, Request("take_up_again", writes=writes), by=_platform())
    follow(moved, by=_platform())
    return len(moved)


def _by_quiet(rows: Collection[Alert], outcome: str) -> dict[datetime.date | None, list[Alert]]:
    """Sort warnings by the day until which their standards are quiet."""
    found: dict[datetime.date | None, list[Alert]] = {}
    for row in rows:
        until = None if outcome == ENROLLED else selectors.quiet_until(row)
        found.setdefault(until, []).append(row)
    return found


def _platform() -> User:
    return User.objects.built_in("system")
