"""Read one row of a delivery as its contract declares it: accepted with typed values, or rejected with its reasons."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from monitoring.cells.reading import Dates, Value, read_cell
from monitoring.cells.reasons import Reason
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import Kind


@dataclass(frozen=True, slots=True)
class Row:
    """One row, read. `values` holds every column of the contract that has a value or may lack one; `faults` names
    the reason of each column that has none (one each); a row without faults is accepted.
    """

    values: Mapping[str, Value]
    faults: Mapping[str, Reason]

    @property
    def accepted(self) -> bool:
        """Whether the row is taken."""
        return not self.faults


def read_row(
    contract: Contract, cells: Mapping[str, str], dates: Dates, *, lost_digits: Collection[str] = ()
) -> Row:
    """Read the cells of one row, given by the headers of the contract; a column that is not there is empty.

    `lost_digits` names the columns whose cell was a workbook number of more than 15 digits.
    """
    values: dict[str, Value] = {}
    faults: dict[str, Reason] = {}
    for column in contract.columns:
        read = read_cell(
            cells.get(column.header, ""),
            column,
            dates,
            is_event_day=contract.kind is Kind.EVENTS and column.header == contract.day,
            lost_digits=column.header in lost_digits,
        )
        if isinstance(read, Reason):
            faults[column.header] = read
        else:
            values[column.header] = read
    return Row(values, faults)
