"""A look at a file before it is delivered: what its headers mean, what is missing, and how its first rows would read.

    look = preview(file, dataset, area=area, period="2026-10")
    look.headers      each header with the column that it means, and how we know
    look.missing      required columns that no header means
    look.rows         the first rows as they would be read, with their faults; numbers of people masked

Writes nothing and keeps nothing. Rows are read as a delivery is: by the same reader and the same cells. Where headers
are unknown, the rows are shown under the meanings that we suggest; `complete` says whether they would be read so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from foundation.accounts import clock
from foundation.accounts.models import Area
from foundation.accounts.refusals import unreadable_is_refused
from foundation.tables.columns import LOST_DIGITS
from foundation.tables.looking import heads
from foundation.tables.reading import Row
from households.identity.masking import masked_log, masked_number
from households.identity.numbers import plain_number
from monitoring.cells.reading import Dates
from monitoring.cells.reasons import Reason
from monitoring.contracts.contract import Column, Contract
from monitoring.contracts.terms import CellType
from monitoring.intake.header_rows import HeaderRow, Known, SeenHeader
from monitoring.intake.receiving import remembered
from monitoring.models import Dataset
from monitoring.periods import period_for
from monitoring.rows import read_row

ROWS = 20
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell as its reader may see it, and why it would be refused."""

    column: str
    text: str
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A row: where it stands, its cells, and why it cannot be read at all."""

    sheet: str
    line: int
    cells: tuple[SeenCell, ...]
    fault: Reason | None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason for which the row would be rejected, each once; none: it would be taken."""
        found = [self.fault] if self.fault else [cell.reason for cell in self.cells if cell.reason]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file looks like. `encoding` and `delimiter` are of a text, `sheets` and those without a header of a
    workbook. `missing` names the required columns that no header means for sure: with none the file can be delivered
    as it is.
    """

    encoding: str
    delimiter: str
    sheets: tuple[str, ...]
    sheets_without: tuple[str, ...]
    headers: tuple[SeenHeader, ...]
    missing: tuple[str, ...]
    rows: tuple[SeenRow, ...]

    @property
    def complete(self) -> bool:
        """Whether the file can be delivered as it is."""
        return not self.missing

    @property
    def suggestions(self) -> dict[str, str]:
        """What a person is asked to confirm: header → column."""
        return {each.header: each.column for each in self.headers if each.known is Known.SUGGESTED}


def preview(
    file: BinaryIO,
    dataset: Dataset,
    *,
    area: Area | None = None,
    period: str | None = None,
    headers: Mapping[str, str] | None = None,
    rows: int = ROWS,
) -> Preview:
    """Look at the head of `file` as a delivery of `dataset` for `area` and `period`.

    `headers` is what the person said of headers just now. Refused where the file cannot be read at all, or no row at
    its head names any column of the dataset.
    """
    contract = dataset.contract
    last = period_for(contract, period).last if period else clock.today()
    with unreadable_is_refused():
        look = HeaderRow(contract, heads(file), remembered(dataset, area) if area else {}, headers or {})
        read, below = look.rows(rows)
    dates = Dates(clock.today(), last)
    return Preview(
        encoding=look.heads[0].encoding,
        delimiter=look.heads[0].delimiter,
        sheets=tuple(read.heads),
        sheets_without=tuple(read.sheets_without),
        headers=look.headers(read),
        missing=look.missing(),
        rows=tuple(_shown(contract, row, dates) for row in below),
    )


def _shown(contract: Contract, row: Row, dates: Dates) -> SeenRow:
    cells = {column.header: value for column, value in zip(contract.columns, row.values, strict=True)}
    lost = {header for header, cell in cells.items() if cell.startswith(LOST_DIGITS)}
    written = {header: cell.removeprefix(LOST_DIGITS) for header, cell in cells.items()}
    faults = read_row(contract, written, dates, lost_digits=lost).faults
    seen = tuple(
        SeenCell(column.header, _masked(column, written[column.header]), faults.get(column.header))
        for column in contract.columns
    )
    unread = row.fault and not (row.fault == Reason.ENCODING and Reason.ENCODING in faults.values())
    return SeenRow(row.sheet, row.line, seen, Reason(row.fault) if unread else None)


def _masked(column: Column, cell: str) -> str:
    """Return a cell without numbers of people: in a row that slipped one stands under any column."""
    if column.type is CellType.ID_NUMBER:
        return masked_number(plain_number(cell))[:_LONGEST_SHOWN]
    return masked_log(" ".join(cell.split()))[:_LONGEST_SHOWN]
