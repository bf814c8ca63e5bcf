"""What a member counts as by themselves ends on the day they are gone, and holds again where that was wrong."""

import datetime
from typing import Any

from django.db.models import Q

from foundation.ledger.record import Actor
from households.models import Resident, Revision, Standing
from households.standing import note_standing


def end_own(resident: Resident, left_on: datetime.date, revision: Revision, *, by: Actor) -> None:
    """End what holds longer with the day `left_on`; each end is an entry in the record."""
    longer = Q(until_day__isnull=True) | Q(until_day__gt=left_on)
    for row in Standing.objects.filter(longer, resident=resident).order_by("pk"):
        row.until_day, row.revision = _last_day(row, left_on), revision
        row.save(update_fields=["until_day", "revision"])
        note_standing("standing.ended", row, revision, by, before=row.kind, after=row.kind)


def reopen_own(resident: Resident, left_on: datetime.date, revision: Revision, *, by: Actor) -> None:
    """Let hold as before what the departure on `left_on` ended; what had ended otherwise stays ended."""
    departed = _revisions_since(resident)
    row: Any
    for row in Standing.objects.filter(resident=resident, revision__in=departed).order_by("pk"):
        before = row.versions.order_by("-pgh_id").first()
        if before is None or row.until_day != _last_day(row, left_on):
            continue
        row.until_day, row.revision = before.until_day, revision
        row.save(update_fields=["until_day", "revision"])
        note_standing("standing.reopened", row, revision, by, before=row.kind, after=row.kind)


def _revisions_since(resident: Resident) -> set[int]:
    """Return the revisions under which the member was gone: the departure, and what was corrected after it."""
    versions: Any = resident.versions  # type: ignore[attr-defined]
    return set(versions.filter(left_on__isnull=False).values_list("revision", flat=True))


def _last_day(row: Standing, left_on: datetime.date) -> datetime.date:
    """Return the last day of a standing whose member is gone: never before its first."""
    return max(left_on, row.from_day or left_on)
