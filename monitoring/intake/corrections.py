"""What the rows of a delivery are to those that were delivered before: known already, corrected, or new."""

from dataclasses import dataclass

from foundation.tables.duck import Tables
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import Kind
from monitoring.intake import archive
from monitoring.models import Batch, Delivery


@dataclass(frozen=True, slots=True)
class Known:
    """How many rows were known with the same content, and how many correct an earlier row of the same key."""

    repeated: int = 0
    corrected: int = 0


def against_earlier(tables: Tables, delivery: Delivery, rows: str) -> Known:
    """Compare the rows of a table or view that count with the rows in force of the same dataset and county.

    A list is compared only with the one to which it adds. A new day of a state is news and corrects nothing.
    """
    contract = delivery.dataset.contract
    earlier = _earlier(delivery)
    if not earlier:
        return Known()
    view = archive.effective(tables, delivery.dataset, earlier, name="earlier")
    same_day = _same_day(contract)
    same = f"earlier.row_key = mine.row_key{same_day}"
    repeated, corrected = tables.all(
        f"""SELECT count(*) FILTER (same), count(*) FILTER (NOT same) FROM (
            SELECT bool_or(earlier.row_content = mine.row_content) AS same
            FROM ({_winners(contract, rows)}) AS mine JOIN {view} AS earlier ON {same} GROUP BY mine.seq
        )"""  # noqa: S608  (names of ours and of the contract)
    )[0]
    return Known(repeated, corrected)


def _earlier(delivery: Delivery) -> list[Batch]:
    """Return the batches in force beside which the rows of the delivery will stand."""
    if delivery.dataset.contract.kind is Kind.ROLL and not delivery.adds:
        return []
    batches = archive.in_force(delivery.dataset)
    if delivery.dataset.contract.kind is Kind.ROLL:
        batches = batches.filter(delivery__area=delivery.area, delivery__period=delivery.period)
    else:
        batches = batches.filter(archive.of_one_county(delivery.area_id))
    gone = [delivery.replaces_id] if delivery.replaces_id else []
    return list(batches.exclude(delivery__in=gone))


def _winners(contract: Contract, rows: str) -> str:
    """Return the query of the rows of the file that no later line overrules."""
    day = "row_key"
    if contract.kind is Kind.STATE and contract.day:
        day += f', "{contract.day}"'
    columns = f'row_content, seq, "{contract.day}"' if contract.day else "row_content, seq"
    return f"""SELECT row_key, {columns} FROM {rows}
        WHERE seq IN (SELECT max(seq) FROM {rows} GROUP BY {day})"""  # noqa: S608  (a column of the contract)


def _same_day(contract: Contract) -> str:
    if contract.kind is Kind.STATE and contract.day:
        return f' AND earlier."{contract.day}" IS NOT DISTINCT FROM mine."{contract.day}"'
    return ""
