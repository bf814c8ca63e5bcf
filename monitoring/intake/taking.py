"""Take a delivery: from its kept file to the batch in the archive, the counts and the entry in the record.

One transaction of PostgreSQL holds all of it, new numbers included: a process killed in the middle leaves a sealed
file, perhaps a stray in the archive, and a delivery that is still to be taken.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from foundation.accounts.models import User
from foundation.accounts.progress import Progress, unseen
from foundation.regulations.working_days import add_months
from foundation.tables.duck import Tables
from foundation.workflow.move import Request, move
from monitoring.cells.reading import Dates
from monitoring.contracts.contract import Contract
from monitoring.followers import delivery_changed
from monitoring.intake import archive, batches, corrections, kept, matching, reading, rejects, subjects
from monitoring.intake.batches import Written
from monitoring.intake.deciding import supersede_others
from monitoring.models import Batch, Delivery

#: Shares of the work, in hundredths, after which the next step begins.
_READ, _TYPED, _FOUND, _WRITTEN = 45, 60, 80, 95


@dataclass(frozen=True, slots=True)
class _Taken:
    """What came of the rows: columns of the delivery, and whether too many were rejected."""

    columns: dict[str, Any]
    waits: bool
    first_day: date | None
    last_day: date | None


def take(
    delivery: Delivery,
    *,
    by: User,
    progress: Progress = unseen,
    go_on: Callable[[], None] = lambda: None,
) -> Delivery:
    """Read, judge, archive and count a delivery that was received; again does nothing.

    `go_on` is called now and then and may raise to stop the work. Refused where the file cannot be read at all.
    """
    started = time.monotonic()

    def told(done: int, total: int) -> None:
        go_on()
        progress(done, total)

    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=delivery.pk)
        )
        if delivery.state != "received":
            return delivery
        with archive.opened() as tables:
            taken, written = _rows(tables, delivery, told)
            try:
                if taken.columns["rows_rejected"]:
                    rejects.keep(tables, delivery, by=by)
                go_on()
                archive.store().put(written.path, written.digest)
            finally:
                written.path.unlink(missing_ok=True)
        taken.columns["seconds"] = round(time.monotonic() - started, 2)
        _settle(delivery, taken, written, by=by)
    progress(1, 1)
    return delivery


def _rows(tables: Tables, delivery: Delivery, progress: Progress) -> tuple[_Taken, Written]:
    """Read the file and write the batch; returns what came of it and the draft of the batch."""
    contract = delivery.dataset.contract
    columns = reading.table_columns(contract, delivery.headers)
    with kept.opened(delivery, kept.ORIGINAL) as file:
        read = reading.read_file(tables, file, columns, progress=part(progress, 0, _READ))
    reading.type_cells(tables, contract, Dates(delivery.received_on, delivery.period_last))
    progress(_TYPED, 100)
    subjects.find_or_keep(tables, subjects.id_places(contract), progress=part(progress, _TYPED, _FOUND))
    batches.name_subjects(tables, contract)
    batches.reject_twins(tables)
    written = batches.write(tables)
    progress(_WRITTEN, 100)
    counts = _counted(tables, read.rows_read) | {"columns_dropped": read.columns_dropped}
    counts |= matching.counted(tables, contract, "accepted")
    known = corrections.against_earlier(tables, delivery)
    counts["repeated"] = known.repeated
    counts["corrections"] = known.corrected + batches.corrections_inside(tables, contract)
    waits = counts["rows_rejected"] > contract.reject_share * counts["rows_read"]
    return _Taken(counts, waits, *_days(tables, contract)), written


def _counted(tables: Tables, rows_read: int) -> dict[str, Any]:
    """Count rows and reasons; a row counts once for each of its reasons."""
    accepted = tables.one("SELECT count(*) FROM accepted")
    reasons = tables.all(
        """SELECT reason, count(DISTINCT seq) FROM (
            SELECT seq, unnest(faults).reason AS reason FROM typed WHERE faults IS NOT NULL
        ) GROUP BY reason ORDER BY reason"""
    )
    return {
        "rows_read": rows_read,
        "rows_accepted": accepted,
        "rows_rejected": rows_read - accepted,
        "rejects": dict(reasons),
    }


def _days(tables: Tables, contract: Contract) -> tuple[date | None, date | None]:
    if not contract.day:
        return None, None
    first, last = tables.all(f'SELECT min("{contract.day}"), max("{contract.day}") FROM accepted')[0]  # noqa: S608
    return first, last


def _settle(delivery: Delivery, taken: _Taken, written: Written, *, by: User) -> None:
    """Write the batch, the counts and the move, with one entry in the record, and let go what gives way."""
    contract = delivery.dataset.contract
    Batch.objects.create(
        delivery=delivery,
        digest=written.digest,
        rows=written.rows,
        size=archive.store().local(written.digest).stat().st_size,
        first_day=taken.first_day,
        last_day=taken.last_day,
        kept_until=add_months(delivery.received_on, contract.retention_months),
    )
    details = {name: value for name, value in taken.columns.items() if name not in ("seconds", "counted_at")}
    details |= {"batch": written.digest, "original": delivery.file_sha256, "contract": contract.digest}
    writes = taken.columns | {"contract_digest": contract.digest}
    move(delivery, Request("hold" if taken.waits else "take", writes=writes, details=details), by=by)
    if not taken.waits:
        supersede_others(delivery, by=by)
        delivery_changed(delivery, by=by)


def part(progress: Progress, first: int, last: int) -> Progress:
    """Return a call-back whose whole is the part between two hundredths of `progress`."""

    def told(done: int, total: int) -> None:
        progress(first + int((last - first) * min(done / total, 1.0)) if total else first, 100)

    return told
