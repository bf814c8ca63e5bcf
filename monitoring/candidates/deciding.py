"""Decide who a row means: the corrected row is delivered beside the others and counts once, or nothing changes.

The corrected rows of a delivery become a delivery of their own that supplements it: the number is taken from the
sealed identity of the resident, everything else from what the department sent. It is withdrawn with the first one.
"""

import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request, Result, move_many
from households.identity import keeping
from households.models import Identity, Resident
from monitoring.contracts.columns import NO, YES
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import CellType
from monitoring.intake import archive, rejects
from monitoring.intake.deciding import withdraw
from monitoring.intake.receiving import Delivered, deliver, may_deliver
from monitoring.models import Delivery, RowCandidate

_SHEETS_AND_LINES = "SELECT {columns} FROM {view} WHERE line = $line AND coalesce(sheet, '') = $sheet LIMIT 1"


@transaction.atomic
def confirm(
    candidates: Sequence[RowCandidate], *, by: User, ring: bool = True
) -> tuple[Delivered, list[Result]]:
    """Say of rows of one delivery that they mean these people, and deliver the rows corrected; one row once.

    Other candidates of the same rows are no longer asked. Refused where the delivery no longer counts.
    """
    delivery = _delivery_of(candidates)
    may_deliver(delivery.dataset, delivery.area, by)
    if delivery.state != "accepted":
        raise Refused(_("This delivery no longer counts: its rows are not corrected."))
    chosen = {(row.line, row.sheet): row for row in candidates}
    if len(chosen) != len(candidates):
        raise Refused(_("One row means one person: choose one of those who may be meant."))
    results = move_many(list(candidates), Request("confirm", writes={"decided_on": clock.today()}), by=by)
    moved = {result.key for result in results if result.moved}
    taken = [row for row in candidates if row.pk in moved]
    if not taken:
        raise next(result.refusal for result in results if result.refusal is not None)
    made = _delivered(delivery, taken, by=by, ring=ring)
    RowCandidate.objects.filter(pk__in=moved).update(corrected_by=made.delivery)
    _drop_others(taken)
    return made, results


def refuse(candidates: Sequence[RowCandidate], *, by: User) -> list[Result]:
    """Say that rows mean somebody else; the same person is not asked about again for the same row."""
    for row in candidates:
        may_deliver(row.delivery.dataset, row.delivery.area, by)
    return move_many(list(candidates), Request("refuse", writes={"decided_on": clock.today()}), by=by)


@transaction.atomic
def take_back(candidate: RowCandidate, asked: Request, *, by: User) -> RowCandidate:
    """Take back that a row means somebody: the rows corrected with it no longer count, and all of them wait again."""
    may_deliver(candidate.delivery.dataset, candidate.delivery.area, by)
    made = candidate.corrected_by
    if made is not None and made.state != "accepted":
        raise Refused(_("The corrected rows do not count: there is nothing to take back."))
    others = RowCandidate.objects.filter(corrected_by=made, state="confirmed").exclude(pk=candidate.pk)
    rows = [candidate, *others.select_related("delivery", "resident__household")] if made else [candidate]
    writes = {"decided_on": None, "corrected_by": None}
    results = move_many(rows, Request("take_back", on=asked.on, reason=asked.reason, writes=writes), by=by)
    for result in results:
        if result.refusal is not None:
            raise result.refusal
    if made is not None:
        withdraw(made, by=by, reason=asked.reason)
    candidate.refresh_from_db()
    return candidate


def _delivery_of(candidates: Sequence[RowCandidate]) -> Delivery:
    """Return the one delivery of all candidates, as it stands now; nobody withdraws it meanwhile."""
    keys = {row.delivery_id for row in candidates}
    if len(keys) != 1:
        raise Refused(_("Choose rows of one delivery."))
    rows = Delivery.objects.select_related("dataset", "area").select_for_update(of=("self",))
    return rows.get(pk=keys.pop())


def _drop_others(taken: Sequence[RowCandidate]) -> None:
    """Ask no longer about others whom the same rows might have meant."""
    rows = {(row.line, row.sheet) for row in taken}
    others = RowCandidate.objects.waiting().filter(
        delivery=taken[0].delivery, line__in=[line for line, _s in rows]
    )
    left = [
        row
        for row in others.select_related("delivery", "resident__household")
        if (row.line, row.sheet) in rows
    ]
    if left:
        move_many(
            left, Request("drop", writes={"decided_on": clock.today()}), by=User.objects.built_in("system")
        )


def _delivered(delivery: Delivery, taken: Sequence[RowCandidate], *, by: User, ring: bool) -> Delivered:
    """Deliver the corrected rows as a file of the same dataset, area and period."""
    contract = delivery.dataset.contract
    headers = [column.header for column in contract.columns]
    rows = _rejected_rows(delivery, taken, by) | _accepted_rows(delivery, taken)
    sink = io.StringIO()
    sheet = csv.DictWriter(sink, headers)
    sheet.writeheader()
    for row in taken:
        if (cells := rows.get((row.line, row.sheet))) is None:
            raise Refused(_("The original row is no longer kept: ask the department for it."))
        sheet.writerow(dict(cells) | {contract.subject: _number(row.resident)})
    return deliver(
        io.BytesIO(sink.getvalue().encode()),
        name=_("corrected rows of delivery %(number)d.csv") % {"number": delivery.pk},
        dataset=delivery.dataset,
        area=delivery.area,
        period=delivery.period,
        by=by,
        supplements=delivery,
        ring=ring,
    )


def _number(resident: Resident) -> str:
    if resident.identity is None:
        raise Refused(_("This person's number was erased."))
    return keeping.opened(resident.identity.subject, resident.identity.sealed)


def _rejected_rows(
    delivery: Delivery, taken: Sequence[RowCandidate], by: User
) -> dict[tuple[int, str], Mapping[str, str]]:
    """Return the cells of rejected rows as they were sent; reading them is an entry in the record."""
    wanted = {(row.line, row.sheet) for row in taken if row.kind == RowCandidate.Kind.REPAIRED}
    if not wanted:
        return {}
    found = rejects.chosen(delivery, wanted, by=by)
    return {(row.line, row.sheet): row.cells for row in found}


def _accepted_rows(
    delivery: Delivery, taken: Sequence[RowCandidate]
) -> dict[tuple[int, str], Mapping[str, str]]:
    """Return the cells of accepted rows from the archive, written as a department writes them."""
    rows = [row for row in taken if row.kind == RowCandidate.Kind.UNMATCHED]
    batch = archive.in_force(delivery.dataset).filter(delivery=delivery)
    if not rows or not batch:
        return {}
    contract, found = delivery.dataset.contract, {}
    columns = ", ".join(
        f'"{"subject" if column.header == contract.subject else column.header}"'
        for column in contract.columns
    )
    with archive.opened() as tables:
        view = archive.every_row(tables, delivery.dataset, batch)
        for row in rows:
            statement = _SHEETS_AND_LINES.format(columns=columns, view=view)
            for values in tables.rows(statement, {"line": row.line, "sheet": row.sheet}):
                found[row.line, row.sheet] = _written(contract, values)
    return found


def _written(contract: Contract, values: Sequence[Any]) -> Mapping[str, str]:
    """Write typed values as cells of a file; subjects of other people become their numbers again, in memory."""
    cells = {}
    for column, value in zip(contract.columns, values, strict=True):
        is_number = value is not None and column.type is CellType.ID_NUMBER
        cells[column.header] = _number_of(value) if is_number else _cell(value)
    return cells


def _number_of(subject: UUID) -> str:
    """Return the number of a subject; empty where it was erased."""
    identity = Identity.objects.filter(pk=subject).first()
    return keeping.opened(identity.subject, identity.sealed) if identity else ""


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case Decimal():
            return f"{value:f}"
        case datetime.date():
            return value.isoformat()
        case _:
            return str(value)
