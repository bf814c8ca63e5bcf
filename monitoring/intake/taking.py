"""Take a delivery: from its kept file to the batch in the archive, the counts and the entry in the record.

One transaction of PostgreSQL holds all of it, new numbers included: a process killed in the middle leaves a sealed
file, perhaps a stray in the archive, and a delivery that is still to be taken.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from foundation.accounts.models import User
from foundation.accounts.progress import Progress, unseen
from foundation.regulations.working_days import add_months
from foundation.tables.blocks import about_rows
from foundation.tables.duck import Tables, quoted
from foundation.tables.reading import Read
from foundation.workflow.move import Request, move
from monitoring.cells.reading import Dates
from monitoring.contracts.contract import Contract
from monitoring.followers import delivery_changed
from monitoring.intake import archive, batches, corrections, kept, reading
from monitoring.intake.archive_store import digested
from monitoring.intake.batches import Parts, Written
from monitoring.intake.deciding import supersede_others
from monitoring.intake.matching import Matches
from monitoring.intake.rejects import Rejects
from monitoring.intake.subjects import Search
from monitoring.models import Batch, Delivery

#: Shares of the work, in hundredths, after which the next step begins.
_READ, _WRITTEN = 85, 95


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
        parts, refused = Parts(), Rejects(delivery)
        try:
            with archive.opened() as tables:
                taken, written = _rows(tables, delivery, parts, refused, told)
            refused.keep(by=by)
            go_on()
            archive.store().put(written.path, written.digest)
        finally:
            parts.discard()
            refused.discard()
        taken.columns["seconds"] = round(time.monotonic() - started, 2)
        _settle(delivery, taken, written, by=by)
    progress(1, 1)
    return delivery


def _rows(
    tables: Tables, delivery: Delivery, parts: Parts, refused: Rejects, progress: Progress
) -> tuple[_Taken, Written]:
    """Read the file and write the batch; returns what came of it and the draft of the batch."""
    contract = delivery.dataset.contract
    read, matches = _blocks(tables, delivery, parts, refused, part(progress, 0, _READ))
    path, rows = parts.together(tables)
    progress(_WRITTEN, 100)
    with ThreadPoolExecutor(1) as pool:
        # A disk and one processor are busy with the digest while DuckDB counts.
        digest = pool.submit(digested, path)
        tables.run(f"CREATE VIEW whole AS SELECT * FROM read_parquet({quoted(path)})")  # noqa: S608
        known = corrections.against_earlier(tables, delivery, "whole")
        counts: dict[str, Any] = {
            "rows_read": read.rows_read,
            "rows_accepted": rows,
            "rows_rejected": read.rows_read - rows,
            "rejects": dict(sorted(refused.reasons.items())),
            "columns_dropped": read.columns_dropped,
            "sheets_without": read.sheets_without,
            "repeated": known.repeated,
            "corrections": known.corrected + batches.corrections_inside(tables, contract, "whole"),
        }
        waits = read.rows_read - rows > contract.reject_share * read.rows_read
        taken = _Taken(counts | matches.columns(), waits, *_days(tables, contract))
        return taken, Written(path, digest.result(), rows)


def _blocks(
    tables: Tables, delivery: Delivery, parts: Parts, refused: Rejects, progress: Progress
) -> tuple[Read, Matches]:
    """Take the file block by block: typed, judged, named by subjects, counted and written as parts of the batch."""
    contract = delivery.dataset.contract
    columns = reading.table_columns(contract, delivery.headers)
    dates = Dates(delivery.received_on, delivery.period_last)
    search = Search(tables, contract)
    batches.begin(tables)
    read, matches = Read(), Matches()
    beside = (*reading.at_first_sight(contract, dates), search.tokens("c"))
    with (
        kept.opened(delivery, kept.ORIGINAL) as file,
        search.beside(about_rows(file)),
        closing(
            reading.blocks(
                tables, file, columns, read, beside=beside, further=search.define, progress=progress
            )
        ) as blocks,
    ):
        for _rows in blocks:
            reading.type_cells(tables, contract, dates, search.tokens("v"))
            search.name_block()
            batches.name_subjects(tables, contract)
            batches.reject_twins(tables)
            refused.add(tables)
            matches.add(tables, "accepted", contract.subject_name)
            parts.add(tables)
    return read, matches


def _days(tables: Tables, contract: Contract) -> tuple[date | None, date | None]:
    if not contract.day:
        return None, None
    first, last = tables.all(f'SELECT min("{contract.day}"), max("{contract.day}") FROM whole')[0]  # noqa: S608
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
