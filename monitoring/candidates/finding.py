"""Find who may be meant by the rows of a delivery that found nobody, and keep the list true.

The digits of rejected rows are read from their sealed file, those of accepted rows from the sealed identities; both are
looked at in memory alone. What is kept is the resident, never a number nor anything derived from one.
"""

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.tables.copying import copy_into
from foundation.vault.keys import UnknownKey
from foundation.vault.sealing import DoesNotOpen
from foundation.workflow.move import Request, move_many
from households.identity import keeping
from households.identity.numbers import IdNumber, read_id_number
from households.models import Identity
from monitoring.candidates.repairs import repaired
from monitoring.cells.reasons import Reason
from monitoring.intake import archive, kept
from monitoring.intake.matching import plain_name
from monitoring.models import Delivery, RowCandidate

#: Rows of each kind that are looked at in one delivery; beyond it the file itself is wrong.
MOST_ROWS = 10_000
#: People that one row may mean; a name and a day that more share decides nothing.
MOST_OF_ROW = 3
_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row and somebody it may mean: by subject and name (repaired), or by name, birth date and sex (unmatched)."""

    line: int
    sheet: str
    kind: str
    name: str
    subject: UUID | None = None
    born_on: datetime.date | None = None
    sex: str = ""


@transaction.atomic
def find(delivery: Delivery, *, by: User) -> dict[str, int]:
    """Find candidates for a delivery anew: new ones are kept, those that no longer fit are dropped; returns counts.

    A delivery out of force has none. Writes one ledger entry where anything was looked for.
    """
    wanted: list[Wanted] = []
    if delivery.state == "accepted":
        wanted = [*_mistyped(delivery), *_of_nobody(delivery)]
    fitting = _in_register(delivery, wanted)
    known = {_place(row): row for row in RowCandidate.objects.filter(delivery=delivery)}
    new = [row for place, row in fitting.items() if place not in known]
    RowCandidate.objects.bulk_create(new, ignore_conflicts=True)
    gone = [row for place, row in known.items() if place not in fitting and row.state == "waiting"]
    dropped = _drop(gone)
    counts = {"rows": len({(each.line, each.sheet) for each in wanted}), "new": len(new), "dropped": dropped}
    if wanted or dropped:
        _note(delivery, counts, by)
    return counts


def _mistyped(delivery: Delivery) -> Iterator[Wanted]:
    """Yield what rejected rows may mean whose only fault is the check digit of the person's number."""
    contract = delivery.dataset.contract
    if not delivery.rejects.get(Reason.ID_CHECKSUM.value) or not kept.has(delivery, kept.REJECTS):
        return
    numbers: dict[str, list[tuple[int, str, str]]] = {}
    for row, cells in _rejected(delivery):
        if [tuple(fault) for fault in row["faults"]] != [(contract.subject, Reason.ID_CHECKSUM.value)]:
            continue
        for number in repaired(cells[contract.subject]):
            numbers.setdefault(number, []).append((row["line"], row["sheet"], cells[contract.subject_name]))
    found = keeping.find(Identity.Kind.ID_NUMBER, numbers)
    for number, subject in found.items():
        for line, sheet, name in numbers[number]:
            yield Wanted(line, sheet, RowCandidate.Kind.REPAIRED, plain_name(name), subject=subject)


def _rejected(delivery: Delivery) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield the first rejected rows with a wrong check digit, with their cells by header."""
    headers, seen = [column.header for column in delivery.dataset.contract.columns], 0
    with kept.opened(delivery, kept.REJECTS) as file:
        for line in file:
            row = json.loads(line)
            if any(reason == Reason.ID_CHECKSUM.value for _column, reason in row["faults"]):
                seen += 1
                if seen > MOST_ROWS:
                    return
                yield row, dict(zip(headers, row["cells"], strict=False))


def _of_nobody(delivery: Delivery) -> Iterator[Wanted]:
    """Yield what accepted rows may mean whose number nobody of the register has: name, and what the number says."""
    batch = archive.in_force(delivery.dataset).filter(delivery=delivery)
    if not delivery.unmatched or not batch:
        return
    contract = delivery.dataset.contract
    with archive.opened() as tables, connection.cursor() as cursor:
        view = archive.every_row(tables, delivery.dataset, batch)
        cursor.execute("DROP TABLE IF EXISTS nobody")
        cursor.execute("CREATE TEMP TABLE nobody (subject uuid, name text, line bigint, sheet text)")
        rows = tables.rows(
            f"""SELECT subject, min("{contract.subject_name}"), min(line), min(coalesce(sheet, '')) FROM {view}
            WHERE subject IS NOT NULL GROUP BY subject"""  # noqa: S608  (a column of the contract)
        )
        copy_into(cursor, "nobody", rows)
        cursor.execute((_SQL / "of_nobody.sql").read_text(encoding="utf-8"), {"most": MOST_ROWS})
        found = cursor.fetchall()
        cursor.execute("DROP TABLE nobody")
        for subject, sealed, name, line, sheet in found:
            if (read := _opened(subject, sealed)) is not None:
                kind = RowCandidate.Kind.UNMATCHED
                yield Wanted(line, sheet, kind, plain_name(name), None, read.born_on, read.sex)


def _opened(subject: UUID, sealed: bytes) -> IdNumber | None:
    """Return what a sealed number says; None where its seal is damaged or its key is not here."""
    try:
        read = read_id_number(keeping.opened(subject, sealed))
    except (DoesNotOpen, UnknownKey):
        return None
    return read if isinstance(read, IdNumber) else None


def _in_register(delivery: Delivery, wanted: list[Wanted]) -> dict[tuple[int, str, int], RowCandidate]:
    """Return the candidates that the register of the delivery's area has, by their place and resident."""
    with connection.cursor() as cursor:
        cursor.execute((_SQL / "meant.sql").read_text(encoding="utf-8"))
        rows = (
            (each.line, each.sheet, each.kind, each.name, each.subject, each.born_on, each.sex)
            for each in wanted
        )
        copy_into(cursor, "meant", rows)
        cursor.execute(
            (_SQL / "fitting.sql").read_text(encoding="utf-8"),
            {"area": delivery.area_id, "by_head": delivery.dataset.contract.by_head, "most": MOST_OF_ROW},
        )
        found = cursor.fetchall()
        cursor.execute("DROP TABLE meant")
    today = clock.today()
    made = [
        RowCandidate(
            delivery=delivery, line=line, sheet=sheet, kind=kind, resident_id=resident, found_on=today, state="waiting"
        )
        for line, sheet, kind, resident in found
    ]  # fmt: skip
    return {_place(row): row for row in made}


def _place(row: RowCandidate) -> tuple[int, str, int]:
    return row.line, row.sheet, row.resident_id


def _drop(rows: list[RowCandidate]) -> int:
    if not rows:
        return 0
    loaded = RowCandidate.objects.filter(pk__in=[row.pk for row in rows])
    loaded = loaded.select_related("delivery", "resident__household")
    system = User.objects.built_in("system")
    results = move_many(list(loaded), Request("drop", writes={"decided_on": clock.today()}), by=system)
    return sum(result.moved for result in results)


def _note(delivery: Delivery, counts: dict[str, int], by: User) -> None:
    day = clock.today()
    act = Act(
        "delivery.candidates_sought",
        delivery._meta.label_lower,
        str(delivery.pk),
        day,
        day,
        area=delivery.area_id,
        details=counts,
    )
    record(act, by=by.authority(Right.DELIVER_DATA, delivery.area_id))
