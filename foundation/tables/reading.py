"""Read what people send (datasets.md section 1) into a DuckDB table: the reader of every delivered file.

    COLUMNS = TableColumns((Column("户编号", "household", required=True), …), key="id_number",
                           readings={"id_number": read_id})
    with duck.opened() as tables:
        read = read_table(tables, file, COLUMNS, into="incoming", progress=progress)
        tables.rows("SELECT line, household FROM incoming WHERE fault IS NULL")

`file` is any seekable binary file: one that lies where its sender put it, or one opened from the sealed spool. It goes
through memory and a pipe alone. CSV and TSV (UTF-8, GB18030, UTF-16; comma, tab, semicolon, bar), alone or zipped;
XLSX and XLS with several sheets, alone or zipped. Titles above the header, totals, empty rows and columns that the
contract does not name are passed over; the last are named in the answer.

The table has, all as text with null for empty:

    seq      BIGINT   order in the file, from 1
    sheet    VARCHAR  sheet of a workbook, otherwise null
    line     BIGINT   physical line where the record starts (workbook: row of the sheet)
    fault    VARCHAR  why the row cannot be read at all (column_count, encoding), otherwise null
    surplus  VARCHAR  cells beyond the header, where that is the fault
    …        VARCHAR  one column for each field of the contract: the cell as it was sent
    …_value, …_fault  for each field with a reading: what it says, or the reason code why it says nothing

Values are tidied by the macros of `sql/values.sql` (plain_of, tidy_of, is_formula, amount_of, day_of,
month_of). A cell that begins
with LOST_DIGITS is a workbook number of more than 15 digits. A file that cannot be read at all: UnreadableTable.
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from typing import BinaryIO, NamedTuple

from foundation.tables import archives, text, workbook
from foundation.tables.columns import UNREADABLE, Places, TableColumns, first_header
from foundation.tables.duck import Tables

#: Called with the work done and the whole work, in any unit that grows steadily.
Progress = Callable[[int, int], None]
_ROWS_BETWEEN_TICKS = 5_000
#: Characters of a row; a longer one is a quotation mark gone astray. What is kept of its cells.
_LONGEST_ROW, _LONGEST_CELL = 200_000, 2_000


class Row(NamedTuple):
    """One record: where it starts, why it cannot be read (or nothing), and its cells in the contract's order."""

    sheet: str
    line: int
    fault: str
    surplus: str
    values: list[str]


@dataclass(slots=True)
class Read:
    """What a file was: its digest, the rows it held, and where its columns stood, by sheet ("": a text file).

    `written` is the encoding of a text file and what stands between its cells; `sheets_without` are the visible
    sheets of a workbook in which no row names the required columns: nothing of them is read.
    """

    sha256: str = ""
    rows_read: int = 0
    heads: dict[str, Places] = field(default_factory=dict)
    sheets_without: list[str] = field(default_factory=list)
    written: tuple[str, str] | None = None

    @property
    def columns_dropped(self) -> list[str]:
        """Columns of the file that the contract does not name, in their order."""
        return list(dict.fromkeys(chain.from_iterable(places.dropped for places in self.heads.values())))


def read_table(
    tables: Tables, file: BinaryIO, columns: TableColumns, *, into: str, progress: Progress | None = None
) -> Read:
    """Read a whole file into the table `into` (see above)."""
    file.seek(0)
    read = Read(hashlib.file_digest(file, "sha256").hexdigest())  # type: ignore[arg-type]
    named = {"seq": "BIGINT", "sheet": "VARCHAR", "line": "BIGINT", "fault": "VARCHAR", "surplus": "VARCHAR"}
    named |= {column.field: "VARCHAR" for column in columns.columns}
    named |= {f"{name}_{part}": "VARCHAR" for name in columns.readings for part in ("value", "fault")}
    tables.load(into, named, _loaded(file, columns, read, progress or unseen))
    return read


def rows_of(
    file: BinaryIO, columns: TableColumns, read: Read, progress: Progress | None = None
) -> Iterator[Row]:
    """Yield the rows of a file as they stand, and note in `read` what it is: for a look at its first rows."""
    told = progress or unseen
    table, is_workbook = archives.unpacked(file)
    rows = (
        _of_workbook(table, columns, read, told)
        if is_workbook
        else _of_text(file, table, columns, read, told)
    )
    try:
        for row in rows:
            read.rows_read += 1
            yield row
    except archives.BROKEN as broken:
        if is_workbook or table is file:
            raise
        raise archives.broken_archive() from broken


def _loaded(
    file: BinaryIO, columns: TableColumns, read: Read, progress: Progress
) -> Iterator[tuple[object, ...]]:
    """Yield what goes into the table: place and fault, cells, and what the readings say."""
    fields = [column.field for column in columns.columns]
    readings = [(fields.index(name), reading) for name, reading in columns.readings.items()]
    for row in rows_of(file, columns, read, progress):
        said = chain.from_iterable(reading(row.values[place]) for place, reading in readings)
        yield (read.rows_read, row.sheet, row.line, row.fault, row.surplus, *row.values, *said)


def _of_text(
    file: BinaryIO, table: BinaryIO, columns: TableColumns, read: Read, progress: Progress
) -> Iterator[Row]:
    layout = text.recognised(table.read(text.SAMPLE_BYTES), columns)
    table.seek(0)
    read.heads[""] = layout.places
    read.written = layout.encoding, layout.delimiter
    size = size_of(file)
    for number, (line, cells) in enumerate(text.records_of(table, layout)):
        if not layout.places.is_no_row(cells):
            yield row_of("", line, cells, layout.places)
        if number % _ROWS_BETWEEN_TICKS == 0:
            progress(file.tell(), size)


def _of_workbook(file: BinaryIO, columns: TableColumns, read: Read, progress: Progress) -> Iterator[Row]:
    with workbook.opened(file) as (total, records):
        told = _told(records, total, progress)
        for sheet, group in groupby(told, key=itemgetter(0)):
            yield from rows_of_sheet(sheet, ((line, cells) for _sheet, line, cells in group), columns, read)
    if not read.heads:
        raise columns.missing()


def rows_of_sheet(
    sheet: str,
    records: Iterator[tuple[int, list[str]]],
    columns: TableColumns,
    read: Read,
    *,
    of_text: bool = False,
) -> Iterator[Row]:
    """Yield the rows of one sheet below its header, and note in `read` where that is; none where it has none.

    `of_text`: the records are those of a text file, which has no merged cells.
    """
    found = first_header(records, columns, counted=of_text)
    if found is None:
        read.sheets_without.append(sheet)
        return
    places = found[1]
    if not of_text:
        records, places = _below_merged_header(records, columns, places)
    read.heads[sheet] = places
    for line, cells in records:
        if not places.is_no_row(cells):
            yield row_of(sheet, line, cells, places)


def _below_merged_header(
    records: Iterator[tuple[int, list[str]]], columns: TableColumns, places: Places
) -> tuple[Iterator[tuple[int, list[str]]], Places]:
    """Pass over the further rows of a header whose cells are merged downwards: each names every column once more."""
    for line, cells in records:
        again = columns.place(cells)
        if again is None:
            return chain([(line, cells)], records), places
        places = again
    return records, places


def _told(records: Iterator[workbook.Record], total: int, progress: Progress) -> Iterator[workbook.Record]:
    """Yield the records, and say now and then how many they were."""
    for done, record in enumerate(records):
        yield record
        if done % _ROWS_BETWEEN_TICKS == 0:
            progress(done, total)


def row_of(sheet: str, line: int, cells: list[str], places: Places) -> Row:
    """Return a record as the row that it is, or with the reason why it cannot be read."""
    values = places.values(cells)
    if fault := places.fault(cells):
        surplus = "\n".join(cells[places.width :])
        return Row(sheet, line, fault, surplus[:_LONGEST_CELL], [value[:_LONGEST_CELL] for value in values])
    whole = "".join(values)
    if len(whole) > _LONGEST_ROW:
        return Row(sheet, line, "column_count", "", [value[:_LONGEST_CELL] for value in values])
    return Row(sheet, line, "encoding" if UNREADABLE in whole else "", "", values)


def size_of(file: BinaryIO) -> int:
    """Return how many bytes a file has; leaves it where it is."""
    here = file.tell()
    size = file.seek(0, io.SEEK_END)
    file.seek(here)
    return size


def unseen(_done: int, _total: int) -> None:
    """Report to nobody."""
