"""How the archive ends: batches are deleted when the contract's time of keeping is over; digest and counts stay.

What no batch names is removed after a day (monitoring.intake.archive_store), and a batch whose file is gone is an
alarm: to the log, and to whoever watches the installation there.
"""

import hashlib
import logging
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.urls import reverse

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.files.stores import Missing
from foundation.inbox.notices import holders, notify
from foundation.ledger.record import Act, Actor, record
from foundation.workflow.move import Request, move_many
from monitoring.intake.archive_store import Altered, remove_strays, remove_unnamed, store
from monitoring.models import Batch, RowCandidate

logger = logging.getLogger(__name__)
#: Batches that are deleted in one go, each in a transaction of its own.
AT_ONCE = 200


@dataclass(slots=True)
class Verified:
    """What a look through the archive found: batches that should be there, and those that are gone or altered."""

    batches: int = 0
    missing: list[Batch] = field(default_factory=list)
    altered: list[Batch] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether every batch is there and holds what its digest says."""
        return not self.missing and not self.altered


def delete_due(*, by: User) -> int:
    """Delete the batches whose last day has passed; returns how many, at most AT_ONCE. Again does nothing."""
    due = Batch.objects.filter(deleted_on__isnull=True, kept_until__lt=clock.today())
    count = 0
    for batch in due.select_related("delivery").order_by("kept_until", "pk")[:AT_ONCE]:
        count += _delete(batch, by=by)
    return count


def verify(*, thoroughly: bool = False) -> Verified:
    """Look whether every living batch has its file; `thoroughly` also whether it holds what its digest says."""
    found = Verified()
    for batch in Batch.objects.filter(deleted_on__isnull=True).select_related("delivery").iterator():
        found.batches += 1
        if not store().exists(batch.digest):
            found.missing.append(batch)
        elif thoroughly and not _holds(batch):
            found.altered.append(batch)
    return found


def raise_alarm(found: Verified) -> None:
    """Tell the log, and whoever watches the installation in the area of each delivery; nothing where all is sound."""
    for batch in (*found.missing, *found.altered):
        logger.error(
            "Batch %s of delivery %s is missing from the archive or altered.", batch.digest, batch.delivery_id
        )
        watching = holders(Right.VIEW_OPERATIONS, batch.delivery.area_id)
        notify(watching, "archive_batch_missing", place=reverse("desk:inbox"), group=batch.digest[:12])


def night_work(*, by: User, on: date) -> None:
    """Delete what is due in the night that leads into the day `on` (foundation.accounts.next_day.NightWork)."""
    delete_due(by=by)


def tidy(*, by: User) -> None:
    """Do the night's work of the archive: delete what is due, remove strays, look whether everything is there."""
    while delete_due(by=by) == AT_ONCE:
        pass
    remove_strays()
    raise_alarm(verify())


@transaction.atomic
def _delete(batch: Batch, *, by: User) -> int:
    """Say that a batch is deleted, in the record too; its file goes when no other batch names it."""
    today = clock.today()
    if not Batch.objects.filter(pk=batch.pk, deleted_on__isnull=True).update(deleted_on=today):
        return 0
    waiting = RowCandidate.objects.waiting().filter(delivery=batch.delivery)
    if rows := list(waiting.select_related("delivery", "resident__household")):
        move_many(rows, Request("drop", writes={"decided_on": today}), by=User.objects.built_in("system"))
    record(
        Act(
            "batch.deleted",
            "batch",
            str(batch.pk),
            today,
            today,
            area=batch.delivery.area_id,
            basis="end of retention",
            before=batch.digest,
            details={"delivery": batch.delivery_id, "rows": batch.rows, "kept_until": batch.kept_until},
        ),
        by=Actor(ref=by.username, role="platform", area=batch.delivery.area_id),
    )
    # What a crash leaves in the archive is a stray, and goes with the next night.
    transaction.on_commit(lambda: remove_unnamed([batch.digest]))
    return 1


def _holds(batch: Batch) -> bool:
    try:
        with store().local(batch.digest).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == batch.digest
    except (Missing, Altered):
        return False
