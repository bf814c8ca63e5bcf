"""The rows in force that speak of the register, read from the archive; each subject once where its kind says so."""

import datetime
from collections.abc import Iterator

from foundation.tables.duck import Tables
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import Kind
from monitoring.intake import archive
from monitoring.models import Dataset, Delivery
from monitoring.proposals.claims import FeedRow


def feed_rows(tables: Tables, dataset: Dataset, area: str) -> Iterator[FeedRow]:
    """Yield what counts today of a dataset for an area; of a roll its newest period, for each delivering area.

    `tables` is a connection of `archive.opened()`. Reads the columns that the contract's authority rests on, and no
    others. Nobody reads these rows but the platform: what comes of them stands on pages of their own.
    """
    contract = dataset.contract
    headers = _headers(contract)
    view = archive.effective(tables, dataset, archive.in_force(dataset, area=area))
    columns = ", ".join(_quoted(contract, header) for header in headers)
    newest = "QUALIFY period_last = max(period_last) OVER (PARTITION BY area)"
    rows = tables.rows(
        f"SELECT subject, delivery, line, coalesce(sheet, ''), {columns} FROM {view} "  # noqa: S608  (headers of the contract)
        f"{newest if contract.kind is Kind.ROLL else ''}"
    )
    days = _days(dataset)
    for subject, delivery, line, sheet, *values in rows:
        if subject is not None:
            row = dict(zip(headers, values, strict=True))
            yield FeedRow(subject, delivery, line, sheet, days[delivery], row)


def _days(dataset: Dataset) -> dict[int, datetime.date]:
    """Return until when each delivery knows: the end of its period, not after the day it was received."""
    rows = Delivery.objects.in_force().filter(dataset=dataset)
    return {
        pk: min(last, received) for pk, last, received in rows.values_list("pk", "period_last", "received_on")
    }


def _headers(contract: Contract) -> list[str]:
    """Return the columns that claims read: those of the authorities, the day, and the name."""
    named = [header for each in contract.authoritative for header in each.columns]
    wanted = dict.fromkeys([*named, contract.day, contract.subject_name])
    return [header for header in wanted if header and header != contract.subject]


def _quoted(contract: Contract, header: str) -> str:
    return '"' + contract.by_header[header].header.replace('"', '""') + '"'
