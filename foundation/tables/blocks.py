"""Read a delivered file block by block, so that memory stays bounded and most lines never become objects of Python.

    read = Read()
    for _rows in read_blocks(tables, file, COLUMNS, read, into="incoming"):
        tables.run("… FROM incoming")          # the block; the next one takes its place

The table is that of `foundation.tables.reading` (`seq` of a text file is the line). The answers are the same as
`read_table`'s: lines that are plainly rows are taken apart by DuckDB, every other one by the same Python code.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, BinaryIO

from foundation.tables import archives, text
from foundation.tables.columns import Places, TableColumns
from foundation.tables.duck import Tables
from foundation.tables.lines import Lines, Odd, Plain
from foundation.tables.reading import Progress, Read, Row, row_of, rows_of, size_of, unseen

#: Lines of a text file, or rows of a workbook, that are in memory at a time.
BLOCK = 500_000
_ROWS_OF_WORKBOOK = 100_000
#: Characters of a line that DuckDB takes apart.
_LONGEST_PLAIN = 20_000


def read_blocks(
    tables: Tables,
    file: BinaryIO,
    columns: TableColumns,
    read: Read,
    *,
    into: str,
    progress: Progress = unseen,
) -> Iterator[int]:
    """Make the table `into` of one block after another, and yield the number of its rows; `read` counts them all.

    A file without rows is one empty block.
    """
    table, is_workbook = archives.unpacked(file)
    made = _of_rows if is_workbook else _of_lines
    blocks = made(tables, file, table, columns, read, into, progress)
    try:
        first = next(blocks, None)
        if first is None:
            _make_empty(tables, columns, into)
        yield first or 0
        yield from blocks
    except archives.BROKEN as broken:
        if is_workbook or table is file:
            raise
        raise archives.broken_archive() from broken


def _of_lines(
    tables: Tables,
    file: BinaryIO,
    table: BinaryIO,
    columns: TableColumns,
    read: Read,
    into: str,
    progress: Progress,
) -> Iterator[int]:
    """Make blocks of a text file."""
    layout = text.recognised(table.read(text.SAMPLE_BYTES), columns)
    table.seek(0)
    read.heads[""] = layout.places
    read.written = layout.encoding, layout.delimiter
    size, lines = size_of(file), Lines(table, layout)
    parts = iter(lines)
    while (first := next(parts, None)) is not None:
        odd: list[Odd] = []
        begins = first.line if isinstance(first, Odd) else lines.line - first.lines
        block = _block(chain([first], parts), odd)
        tables.load_lines("line", _told(block, file, size, progress))
        rows = _take_apart(tables, columns, layout, into, begins, odd)
        read.rows_read += rows
        yield rows


def _block(parts: Iterable[Plain | Odd], odd: list[Odd]) -> Iterator[bytes]:
    """Yield the lines of one block; in the place of an odd record stand as many empty lines as it fills."""
    lines = 0
    for part in parts:
        if isinstance(part, Odd):
            odd.append(part)
            yield b"\n" * part.lines
        else:
            yield part.text
        lines += part.lines
        if lines >= BLOCK:
            return


def _told(block: Iterable[bytes], file: BinaryIO, size: int, progress: Progress) -> Iterator[bytes]:
    for piece in block:
        yield piece
        progress(file.tell(), size)


def _take_apart(
    tables: Tables, columns: TableColumns, layout: text.TextLayout, into: str, begins: int, odd: list[Odd]
) -> int:
    """Make `into` of the table `line`, whose first row is the line `begins`, and of odd records; returns its rows."""
    places = layout.places
    fields = ", ".join(
        f"{_cell(place)} AS {column.field}" for column, place in zip(columns.columns, places.of, strict=True)
    )
    cut = f"SELECT rowid + {begins} AS line, text, string_split(text, $delimiter) AS cells FROM line"  # noqa: S608  (a number)
    delimiter = {"delimiter": layout.delimiter}
    tables.run(
        f"""CREATE OR REPLACE TABLE {into} AS SELECT line AS seq, NULL::VARCHAR AS sheet, line, NULL::VARCHAR AS fault,
            NULL::VARCHAR AS surplus, {fields} FROM ({cut} WHERE text IS NOT NULL) WHERE {_ordinary(places)}""",  # noqa: S608
        delimiter,
    )
    found: int = tables.one(f"SELECT count(*) FROM {into}")  # noqa: S608  (a name of ours)
    others: Iterable[tuple[int, str]] = ()
    if found < tables.one("SELECT count(text) FROM line"):
        missing = f"SELECT rowid FROM line WHERE text IS NOT NULL EXCEPT SELECT line - {begins} FROM {into}"  # noqa: S608
        others = tables.rows(
            f"SELECT rowid + {begins}, text FROM line WHERE rowid IN ({missing}) ORDER BY rowid"  # noqa: S608
        )
    records = chain(
        ((record.line, record.cells) for record in odd),
        ((line, whole.split(layout.delimiter)) for line, whole in others),
    )
    rows = (row_of("", line, cells, places) for line, cells in records if not places.is_no_row(cells))
    added = _add(tables, columns, into, ((row.line, row) for row in rows))
    tables.run("DROP TABLE line")
    return found + added


def _cell(place: int) -> str:
    """Return the expression of a cell: null where it is empty, or where the file does not have the column."""
    return f"nullif(cells[{place + 1}], '')" if place >= 0 else "NULL::VARCHAR"


def _ordinary(places: Places) -> str:
    """Return the condition that a line is a row beyond doubt: as wide as the header, a digit first in its ID cell.

    Whoever changes what `Places.is_no_row` and `Places.fault` say, looks here.
    """
    if places.key < 0:
        return "false"
    width = f"len(cells) BETWEEN {places.needed} AND {places.width}"
    wider = f"len(cells) = {places.width + 1} AND cells[{places.width + 1}] = ''"
    return f"({width} OR {wider}) AND cells[{places.key + 1}] BETWEEN '0' AND '9~' AND length(text) <= {_LONGEST_PLAIN}"


def _of_rows(
    tables: Tables,
    file: BinaryIO,
    _table: BinaryIO,
    columns: TableColumns,
    read: Read,
    into: str,
    progress: Progress,
) -> Iterator[int]:
    """Make blocks of a workbook, which another process takes apart."""
    rows = enumerate(rows_of(file, columns, read, progress), start=1)
    while some := list(islice(rows, _ROWS_OF_WORKBOOK)):
        _make_empty(tables, columns, into)
        _add(tables, columns, into, some)
        yield len(some)


def _make_empty(tables: Tables, columns: TableColumns, into: str) -> None:
    named = ", ".join(f"{name} {kind}" for name, kind in _named(columns).items())
    tables.run(f"CREATE OR REPLACE TABLE {into} ({named})")


def _add(tables: Tables, columns: TableColumns, into: str, rows: Iterable[tuple[int, Row]]) -> int:
    """Add rows that Python took apart, and return how many they are."""
    made: Iterator[tuple[Any, ...]] = (
        (seq, row.sheet, row.line, row.fault, row.surplus, *row.values) for seq, row in rows
    )
    first = next(made, None)
    if first is None:
        return 0
    tables.load("odd", _named(columns), chain([first], made))
    tables.run(f"INSERT INTO {into} SELECT * FROM odd")  # noqa: S608  (a name of ours)
    added: int = tables.one("SELECT count(*) FROM odd")
    tables.run("DROP TABLE odd")
    return added


def _named(columns: TableColumns) -> dict[str, str]:
    named = {"seq": "BIGINT", "sheet": "VARCHAR", "line": "BIGINT", "fault": "VARCHAR", "surplus": "VARCHAR"}
    return named | {column.field: "VARCHAR" for column in columns.columns}
