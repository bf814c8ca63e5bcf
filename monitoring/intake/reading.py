"""Read the file of a delivery into DuckDB as its contract says: cells as they were sent, typed values, faults.

    for rows in blocks(tables, file, columns, read, progress=…):   table `incoming`: c0, c1, … as they were sent
        type_cells(tables, contract, dates)                         table `typed`: v0, v1, … and the faults of each row

ID numbers live in these tables in memory, and nowhere else.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from foundation.accounts import clock
from foundation.accounts.progress import Progress
from foundation.accounts.refusals import unreadable_is_refused
from foundation.tables.blocks import read_blocks
from foundation.tables.columns import LOST_DIGITS, Column, TableColumns, header_name
from foundation.tables.duck import Tables, quoted
from foundation.tables.reading import Read
from monitoring.cells.quick_sql import quick_sql
from monitoring.cells.reading import Dates
from monitoring.cells.reasons import Reason
from monitoring.cells.sql import cell_sql, define
from monitoring.contracts.contract import Column as ContractColumn
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import CellType, Kind

#: Every value is asked for, whatever the columns.
_BOUND = "$received_on IS NOT NULL AND $period_end IS NOT NULL AND $this_year IS NOT NULL"
#: Stands as the column of a fault of the whole row.
ROW = -1
_FAULTS = "STRUCT(place INTEGER, reason VARCHAR)[]"


def table_columns(contract: Contract, headers: Mapping[str, str]) -> TableColumns:
    """Return the columns of a contract, as fields c0, c1, …, for the reader.

    `headers` says of headers of the file which column they mean ("": none), and goes before the contract's own names.
    """
    fields = {each.header: f"c{place}" for place, each in enumerate(contract.columns)}
    return TableColumns(
        tuple(
            Column(each.header, fields[each.header], required=each.required, aliases=each.aliases)
            for each in contract.columns
        ),
        key=fields[contract.subject],
        meanings={header_name(header): fields.get(column, "") for header, column in headers.items()},
    )


def blocks(
    tables: Tables, file: BinaryIO, columns: TableColumns, read: Read, *, progress: Progress
) -> Iterator[int]:
    """Read a file block by block into `incoming`, and yield the rows of each; Refused where it cannot be read."""
    define(tables)
    with unreadable_is_refused():
        yield from read_blocks(tables, file, columns, read, into="incoming", progress=progress)


def type_cells(tables: Tables, contract: Contract, dates: Dates) -> None:
    """Make `typed` of the block in `incoming`: seq, sheet, line, v0, v1, …, and `faults`, null where accepted.

    A row whose every cell is certain at first sight is taken as it is; the long way is gone by the others alone.
    """
    asked = {
        "received_on": dates.received_on,
        "period_end": dates.period_end,
        "this_year": clock.today().year,
    }
    tables.run(f"CREATE OR REPLACE TABLE typed AS {_certain(contract)}", asked)
    if tables.one("SELECT count(*) FROM typed WHERE NOT certain"):
        tables.run("DELETE FROM typed WHERE NOT certain")
        tables.run("CREATE OR REPLACE VIEW doubtful AS SELECT * FROM incoming ANTI JOIN typed USING (seq)")
        tables.run(f"INSERT INTO typed {_judged(contract)}", asked)


def _certain(contract: Contract) -> str:
    """Return the query of every row at first sight, and whether all of its cells are certain.

    Not a condition: what a condition asks would be worked out twice.
    """
    quick = [
        quick_sql(column, f"c{place}", f"d{place}", is_event_day=_is_event_day(contract, column))
        for place, column in enumerate(contract.columns)
    ]
    values = ", ".join(f"{each.value} AS v{place}" for place, each in enumerate(quick))
    digits = [
        f"id_number_digits(c{place}) AS d{place}"
        for place, column in enumerate(contract.columns)
        if column.type is CellType.ID_NUMBER
    ]
    return f"""
        SELECT seq, sheet, line, {values}, CAST(NULL AS {_FAULTS}) AS faults,
            fault IS NULL AND {" AND ".join(each.certain for each in quick)} AS certain
        FROM (SELECT *, {", ".join(digits)} FROM incoming) WHERE {_BOUND}
    """  # noqa: S608  (fields are numbered, the rest is quoted)


def _judged(contract: Contract) -> str:
    """Return the query that reads the doubtful rows cell by cell."""
    numbered = range(len(contract.columns))
    read = [
        cell_sql(
            column,
            f"w{place}",
            f"p{place}",
            is_event_day=_is_event_day(contract, column),
            lost_digits=f"l{place}" if column.required or column.type is CellType.ID_NUMBER else "false",
        )
        for place, column in enumerate(contract.columns)
    ]
    lost = quoted(LOST_DIGITS)
    written = ", ".join(f"replace(coalesce(c{n}, ''), {lost}, '') AS w{n}" for n in numbered)
    marked = ", ".join(f"coalesce(starts_with(c{n}, {lost}), false) AS l{n}" for n in numbered)
    plain_cells = ", ".join(f"cell_plain(w{n}) AS p{n}" for n in numbered)
    values = ", ".join(f"{each.value} AS v{n}, {each.reason} AS r{n}" for n, each in enumerate(read))
    return f"""
        SELECT seq, sheet, line, {", ".join(f"v{n}" for n in numbered)}, {_faults(len(read))} AS faults, true
        FROM (SELECT seq, sheet, line, fault, {values}
            FROM (SELECT *, {plain_cells}
                FROM (SELECT seq, sheet, line, fault, {written}, {marked} FROM doubtful)))
        WHERE {_BOUND}
    """  # noqa: S608  (fields are numbered, the rest is quoted)


def _is_event_day(contract: Contract, column: ContractColumn) -> bool:
    return contract.kind is Kind.EVENTS and column.header == contract.day


def _faults(width: int) -> str:
    """Return the expression of what is wrong with a row: nothing, the row itself, or some of its cells."""
    none = " AND ".join(f"r{n} IS NULL" for n in range(width))
    cells = ", ".join(f"{{'place': {n}, 'reason': r{n}}}" for n in range(width))
    row = f"[{{'place': {ROW}, 'reason': fault}}]"
    unreadable = quoted(Reason.ENCODING)
    found = f"list_filter([{cells}], lambda each: each.reason IS NOT NULL)"
    seen = " OR ".join(f"r{n} = {unreadable}" for n in range(width))
    return f"""CAST(CASE
        WHEN fault IS NULL THEN CASE WHEN {none} THEN NULL ELSE {found} END
        WHEN fault <> {unreadable} THEN {row}
        WHEN coalesce({seen}, false) THEN {found}
        ELSE list_concat({row}, {found}) END AS {_FAULTS})"""
