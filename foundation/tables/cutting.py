"""The lines of one block of a text file as the rows that they are: cut by DuckDB, and by Python where that may err.

    rows = taken_apart(tables, columns, layout, "incoming", block)      makes the view `incoming`, and counts it

Where every plain line is as wide as the header, DuckDB's reader of CSV takes the block apart with all processors, and
the view shows its table as it is. Otherwise lines are read whole and cut one by one. The answers are the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from foundation.tables import text
from foundation.tables.columns import Places, TableColumns
from foundation.tables.duck import LONGEST_LINE, Tables
from foundation.tables.lines import Odd
from foundation.tables.reading import Row, row_of

#: Further columns of a row: their names, and what works them out in SQL. They come in layers, each of which speaks of
#: fields and of what the layers before it made: what is named twice is then still worked out once.
Beside = Sequence[Mapping[str, str]]


@dataclass(slots=True)
class Block:
    """Lines of a text file: the number of the first, their text in UTF-8, how many they are, and odd records.

    In the place of an odd record stands a line without any cell for each that it fills. `read` is how far into the
    file the block goes, in bytes.
    """

    begins: int
    pieces: list[bytes] = field(default_factory=list)
    lines: int = 0
    odd: list[Odd] = field(default_factory=list)
    read: int = 0


def taken_apart(
    tables: Tables, columns: TableColumns, layout: text.TextLayout, into: str, block: Block, beside: Beside
) -> int:
    """Make the view `into` of the rows of a block, and return how many they are."""
    lines = f"{into}_line"
    tables.run(f"DROP VIEW IF EXISTS {into}")
    tables.run(f"DROP TABLE IF EXISTS {lines}")
    make_empty(tables, columns, into)
    if layout.places.width > 1 and _load_cells(tables, columns, layout, lines, block, beside):
        if tables.one(f"SELECT count(*) FROM {lines}") == block.lines:  # noqa: S608  (a name of ours)
            return _of_cells(tables, columns, layout, into, block, beside)
        tables.run(f"DROP TABLE {lines}")
    tables.load_lines(lines, block.pieces)
    found = _of_whole_lines(tables, columns, layout, into, block)
    show(tables, into, beside)
    return found


def make_empty(tables: Tables, columns: TableColumns, into: str) -> None:
    """Make the table of rows that Python, or one statement, takes apart: none so far."""
    named = ", ".join(f"{name} {kind}" for name, kind in _named(columns).items())
    tables.run(f"CREATE OR REPLACE TABLE {into}_rows ({named})")


def show(tables: Tables, into: str, beside: Beside, cells: str = "") -> None:
    """Make the view `into` of the table of rows, with what stands beside each, and of the query `cells`."""
    tables.run(f"CREATE OR REPLACE TABLE {into}_read AS {_with(beside, f'{into}_rows')}")
    rows = f"SELECT * FROM {into}_read"  # noqa: S608  (a name of ours)
    tables.run(f"CREATE OR REPLACE VIEW {into} AS {f'{cells} UNION ALL {rows}' if cells else rows}")


def add_rows(tables: Tables, columns: TableColumns, into: str, rows: Iterable[tuple[int, Row]]) -> int:
    """Add rows that Python took apart to the table behind the view, and return how many they are."""
    made: Iterator[tuple[Any, ...]] = (
        (seq, row.sheet, row.line, row.fault, row.surplus, *row.values) for seq, row in rows
    )
    first = next(made, None)
    if first is None:
        return 0
    tables.load("odd", _named(columns), chain([first], made))
    tables.run(f"INSERT INTO {into}_rows SELECT * FROM odd")  # noqa: S608  (a name of ours)
    added: int = tables.one("SELECT count(*) FROM odd")
    tables.run("DROP TABLE odd")
    return added


def _load_cells(
    tables: Tables, columns: TableColumns, layout: text.TextLayout, lines: str, block: Block, beside: Beside
) -> bool:
    """Make the table `lines` of the cells of each line, named by their fields, with what stands beside them."""
    names = _names(columns, layout.places)
    # A field that the file does not have, or that has its column from another one.
    others = {
        column.field: names[place] if place >= 0 else "NULL::VARCHAR"
        for column, place in zip(columns.columns, layout.places.of, strict=True)
        if column.field not in names
    }
    layers = (others, *beside) if others else beside
    return tables.load_cells(
        lines, names, block.pieces, layout.delimiter, query=lambda source: _with(layers, source)
    )


def _of_cells(
    tables: Tables, columns: TableColumns, layout: text.TextLayout, into: str, block: Block, beside: Beside
) -> int:
    """Show the cells in the table of lines, where those of one line stand in one row, and odd records beside them."""
    places = layout.places
    add_rows(tables, columns, into, _rows(places, ((record.line, record.cells) for record in block.odd)))
    names = _names(columns, places)
    shown = ", ".join([*(column.field for column in columns.columns), *chain.from_iterable(beside)])
    show(
        tables,
        into,
        beside,
        f"""SELECT rowid + {block.begins} AS seq, NULL::VARCHAR AS sheet, rowid + {block.begins} AS line,
            NULL::VARCHAR AS fault, NULL::VARCHAR AS surplus, {shown}
        FROM {into}_line WHERE {_filled(names)} {_but_no_rows(tables, places, into, names)}""",  # noqa: S608  (numbers, names of ours)
    )
    found: int = tables.one(f"SELECT count(*) FROM {into}")  # noqa: S608  (a name of ours)
    return found


def _names(columns: TableColumns, places: Places) -> list[str]:
    """Return under which name each cell of a line stands in the table of lines: its field, or its place."""
    fields = dict(zip(places.of, (column.field for column in columns.columns), strict=True))
    return [fields.get(place, f"at{place}") for place in range(places.width)]


def _but_no_rows(tables: Tables, places: Places, into: str, names: list[str]) -> str:
    """Return the condition that leaves out the lines that are no rows, which Python says of those in doubt."""
    key = names[places.key] if places.key >= 0 else "NULL"
    doubtful = tables.rows(
        f"SELECT rowid, {', '.join(names)} FROM {into}_line WHERE {_filled(names)} AND NOT {_numbered(key)}"  # noqa: S608
    )
    none = ((row,) for row, *cells in doubtful if places.is_no_row([cell or "" for cell in cells]))
    first = next(none, None)
    if first is None:
        return ""
    tables.run(f"DROP TABLE IF EXISTS {into}_none")
    tables.load(f"{into}_none", {"place": "BIGINT"}, chain([first], none))
    return f"AND rowid NOT IN (SELECT place FROM {into}_none)"  # noqa: S608  (a name of ours)


def _of_whole_lines(
    tables: Tables, columns: TableColumns, layout: text.TextLayout, into: str, block: Block
) -> int:
    """Cut the lines, whose `text` is null where nothing stands, by one statement; Python those in doubt."""
    places, begins = layout.places, block.begins
    fields = ", ".join(
        f"{_cell(place)} AS {column.field}" for column, place in zip(columns.columns, places.of, strict=True)
    )
    cut = f"SELECT rowid + {begins} AS line, text, string_split(text, $delimiter) AS cells FROM {into}_line"  # noqa: S608
    tables.run(
        f"""INSERT INTO {into}_rows SELECT line AS seq, NULL, line, NULL, NULL, {fields}
        FROM ({cut} WHERE text IS NOT NULL) WHERE {_ordinary(places)}""",  # noqa: S608
        {"delimiter": layout.delimiter},
    )
    found: int = tables.one(f"SELECT count(*) FROM {into}_rows")  # noqa: S608  (a name of ours)
    others: Iterable[tuple[int, str]] = ()
    if found < tables.one(f"SELECT count(text) FROM {into}_line"):  # noqa: S608  (a name of ours)
        missing = f"SELECT rowid FROM {into}_line WHERE text IS NOT NULL EXCEPT SELECT line - {begins} FROM {into}_rows"  # noqa: S608
        others = tables.rows(
            f"SELECT rowid + {begins}, text FROM {into}_line WHERE rowid IN ({missing}) ORDER BY rowid"  # noqa: S608
        )
    records = chain(
        ((record.line, record.cells) for record in block.odd),
        ((line, whole.split(layout.delimiter)) for line, whole in others),
    )
    return found + add_rows(tables, columns, into, _rows(places, records))


def _rows(places: Places, records: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, Row]]:
    """Yield those records that are rows, each with its line."""
    for line, cells in records:
        if not places.is_no_row(cells):
            yield line, row_of("", line, cells, places)


def _cell(place: int) -> str:
    """Return the expression of a cell: null where it is empty, or where the file does not have the column."""
    return f"nullif(cells[{place + 1}], '')" if place >= 0 else "NULL::VARCHAR"


def _with(beside: Beside, source: str) -> str:
    """Return the query of a source with the further columns."""
    for layer in beside:
        written = ", ".join(f"{expression} AS {name}" for name, expression in layer.items())
        source = f"(SELECT *, {written} FROM {source})"  # noqa: S608  (what the caller made)
    return f"SELECT * FROM {source}"  # noqa: S608


def _filled(names: list[str]) -> str:
    """Return the condition that something stands in a row of cells."""
    return f"coalesce({', '.join(names)}) IS NOT NULL"


def _numbered(cell: str) -> str:
    """Return the condition that a cell begins with a digit: with such an ID cell, a row is one beyond doubt."""
    return f"coalesce({cell} BETWEEN '0' AND '9~', false)"


def _ordinary(places: Places) -> str:
    """Return the condition that a line is a row beyond doubt: as wide as the header, a digit first in its ID cell.

    Whoever changes what `Places.is_no_row` and `Places.fault` say, looks here.
    """
    if places.key < 0:
        return "false"
    width = f"len(cells) BETWEEN {places.needed} AND {places.width}"
    wider = f"len(cells) = {places.width + 1} AND cells[{places.width + 1}] = ''"
    key = _numbered(f"cells[{places.key + 1}]")
    return f"({width} OR {wider}) AND {key} AND length(text) <= {LONGEST_LINE}"


def _named(columns: TableColumns) -> dict[str, str]:
    named = {"seq": "BIGINT", "sheet": "VARCHAR", "line": "BIGINT", "fault": "VARCHAR", "surplus": "VARCHAR"}
    return named | {column.field: "VARCHAR" for column in columns.columns}
