"""One row of a delivery in the archive: found by its line, shown masked, and whether it still counts."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, record
from households.identity import showing
from households.identity.masking import masked_text
from households.models import Identity
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import CellType, Kind
from monitoring.intake import archive
from monitoring.intake.batches import archived_name
from monitoring.intake.receiving import may_deliver
from monitoring.models import Batch, Dataset, Delivery


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row by the digests of its key and its content, with its typed values by header."""

    key: UUID
    content: UUID
    values: dict[str, Any]


def at_line(delivery: Delivery, line: int, sheet: str) -> FoundRow:
    """Return the accepted row at a line of a delivery; Refused where there is none, or it is no longer kept."""
    contract = delivery.dataset.contract
    batch = Batch.objects.filter(delivery=delivery, deleted_on__isnull=True).select_related(
        "delivery__replaces"
    )
    if not batch:
        raise Refused(_("The rows of this delivery are no longer kept."), field="line")
    columns = ", ".join(_quoted(archived_name(contract, column)) for column in contract.columns)
    with archive.opened() as tables:
        view = archive.every_row(tables, delivery.dataset, batch)
        found = tables.all(
            f"""SELECT row_key, row_content, {columns} FROM {view}
            WHERE line = $line AND coalesce(sheet, '') = $sheet LIMIT 1""",  # noqa: S608  (columns of the contract)
            {"line": line, "sheet": sheet},
        )
    if not found:
        raise Refused(_("No accepted row of this delivery stands at this line."), field="line")
    key, content, *values = found[0]
    headers = [column.header for column in contract.columns]
    return FoundRow(key, content, dict(zip(headers, values, strict=True)))


def shown(delivery: Delivery, line: int, sheet: str, *, by: User) -> list[tuple[str, str]]:
    """Return header and cell of a row, numbers masked, for who delivers such data; the record says who looked."""
    actor = may_deliver(delivery.dataset, delivery.area, by)
    row = at_line(delivery, line, sheet)
    day = clock.today()
    act = Act(
        "delivery.row_read",
        delivery._meta.label_lower,
        str(delivery.pk),
        day,
        day,
        area=delivery.area_id,
        details={"line": line},
    )
    record(act, by=actor)
    return _cells(delivery.dataset.contract, row)


def still_counting(dataset: Dataset, area: str, contents: Collection[UUID]) -> set[UUID]:
    """Return which contents still stand in a row that counts in an area; of a roll, in the newest period there."""
    contract = dataset.contract
    with archive.opened() as tables:
        view = archive.effective(tables, dataset, archive.in_force(dataset, area=area))
        tables.load("asked", {"content": "UUID"}, ([str(each)] for each in contents))
        newest = "QUALIFY period_last = max(period_last) OVER (PARTITION BY area)"
        rows = f"SELECT row_content FROM {view} {newest if contract.kind is Kind.ROLL else ''}"  # noqa: S608
        found = tables.all(f"SELECT DISTINCT content FROM asked JOIN ({rows}) ON row_content = content")  # noqa: S608
    return {content for (content,) in found}


def _cells(contract: Contract, row: FoundRow) -> list[tuple[str, str]]:
    numbers = [column.header for column in contract.columns if column.type is CellType.ID_NUMBER]
    subjects = [row.values[header] for header in numbers if row.values[header] is not None]
    masked = showing.masked(Identity.objects.filter(pk__in=subjects))
    return [
        (header, masked.get(value, _("erased")) if header in numbers and value else _text(value))
        for header, value in row.values.items()
    ]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return masked_text(value) if isinstance(value, str) else str(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
