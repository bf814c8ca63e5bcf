"""Read the file of a delivery into DuckDB as its contract says: cells as they were sent, typed values, faults.

    for rows in blocks(tables, file, contract, …):    view `incoming`: c0, c1, … as they were sent, and what is certain
        type_cells(tables, contract, dates, …)        view `typed`: v0, v1, … and the faults of each row

ID numbers live in these tables in memory, and nowhere else.
"""

import datetime
from collections.abc import Callable, Generator, Mapping
from typing import Any, BinaryIO

from foundation.accounts import clock
from foundation.accounts.progress import Progress
from foundation.accounts.refusals import unreadable_is_refused
from foundation.tables.blocks import NOTHING, no_macros, read_blocks
from foundation.tables.columns import LOST_DIGITS, Column, TableColumns, header_name
from foundation.tables.cutting import Beside
from foundation.tables.duck import Tables, quoted
from foundation.tables.reading import Read
from monitoring.cells.quick_sql import QuickSql, quick_sql
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
    tables: Tables,
    file: BinaryIO,
    columns: TableColumns,
    read: Read,
    *,
    beside: Beside = NOTHING,
    further: Callable[[Tables], None] = no_macros,
    progress: Progress,
) -> Generator[int, None, None]:
    """Read a file block by block into `incoming`, and yield the rows of each; Refused where it cannot be read.

    `beside`: what is worked out while the cells are read (`at_first_sight`). `further` gives a connection what it asks
    for beyond the macros of cells. Whoever stops in the middle closes the generator.
    """

    def macros(connection: Tables) -> None:
        define(connection)
        further(connection)

    with unreadable_is_refused():
        yield from read_blocks(
            tables, file, columns, read, into="incoming", beside=beside, define=macros, progress=progress
        )


def at_first_sight(contract: Contract, dates: Dates) -> Beside:
    """Return what `incoming` has beside the cells: typed values v0, … of all but texts, and whether each is `certain`.

    A row whose every cell is certain is taken as it is; the long way is gone by the others alone. No condition, because
    what a condition asks would be worked out twice.
    """
    worked_out = {
        f"d{place}": f"id_number_digits(c{place})"
        for place, column in enumerate(contract.columns)
        if column.type is CellType.ID_NUMBER
    }
    worked_out |= {
        f"v{n}": each.value for n, each in enumerate(_quick(contract)) if not _is_its_value(each, n)
    }
    return worked_out, {"certain": " AND ".join(_certain(contract, dates))}


def type_cells(
    tables: Tables, contract: Contract, dates: Dates, tokens: Mapping[str, str] | None = None
) -> None:
    """Make the view `typed` of the block in `incoming`: seq, sheet, line, v0, v1, …, and `faults`, null where accepted.

    `tokens` are further columns, which `incoming` has already: what works them out of v0, v1, … of a row in doubt.
    """
    tokens = tokens or {}
    tables.run(
        f"""CREATE OR REPLACE VIEW sure AS SELECT seq, sheet, line, {", ".join([*_values(contract), *tokens])},
            CAST(NULL AS {_FAULTS}) AS faults FROM incoming WHERE certain AND fault IS NULL"""  # noqa: S608  (numbered)
    )
    tables.run(
        "CREATE OR REPLACE TABLE doubtful AS SELECT * FROM incoming WHERE NOT certain OR fault IS NOT NULL"
    )
    tables.run("CREATE OR REPLACE TABLE judged AS SELECT * FROM sure LIMIT 0")
    if tables.one("SELECT count(*) FROM doubtful"):
        further = "".join(f", {expression} AS {name}" for name, expression in tokens.items())
        read = f"SELECT *{further} FROM ({_judged(contract, _in_doubt(tables, contract, dates))})"  # noqa: S608
        tables.run(f"INSERT INTO judged BY NAME {read}", _asked(dates))
    tables.run("CREATE OR REPLACE VIEW typed AS SELECT * FROM sure UNION ALL SELECT * FROM judged")


def _in_doubt(tables: Tables, contract: Contract, dates: Dates) -> list[int]:
    """Return the places of those columns of which some cell in `doubtful` is not certain."""
    asked = ", ".join(f"bool_and({condition})" for condition in _certain(contract, dates))
    # As a table: macros of one connection are not those of the cursor that reads.
    tables.run(f"CREATE OR REPLACE TABLE certainty AS SELECT {asked} FROM doubtful")  # noqa: S608  (numbered)
    return [place for place, each in enumerate(tables.all("SELECT * FROM certainty")[0]) if not each]


def _certain(contract: Contract, dates: Dates) -> list[str]:
    """Return of each column the condition that its cell is certain, over the cells and what is worked out of them."""
    certain = [
        # The layer below has the value: what conditions joined by AND name several times, DuckDB works out every time.
        each.certain if _is_its_value(each, n) else each.certain.replace(each.value, f"v{n}")
        for n, each in enumerate(_quick(contract))
    ]
    for name, value in _asked(dates).items():
        certain = [condition.replace(f"${name}", _literal(value)) for condition in certain]
    return certain


def _values(contract: Contract) -> list[str]:
    """Return the values of a row whose cells are certain, as v0, v1, …."""
    return [f"c{n} AS v{n}" if _is_its_value(each, n) else f"v{n}" for n, each in enumerate(_quick(contract))]


def _is_its_value(quick: QuickSql, place: int) -> bool:
    """Say whether the text of a cell is its value, which then has no column of its own."""
    return quick.value == f"c{place}"


def _asked(dates: Dates) -> dict[str, Any]:
    """Return what the statements of a delivery ask for by name."""
    return {
        "received_on": dates.received_on,
        "period_end": dates.period_end,
        "this_year": clock.today().year,
    }


def _literal(value: datetime.date | int) -> str:
    return str(value) if isinstance(value, int) else f"DATE '{value.isoformat()}'"


def _quick(contract: Contract) -> list[QuickSql]:
    return [
        quick_sql(column, f"c{place}", f"d{place}", is_event_day=_is_event_day(contract, column))
        for place, column in enumerate(contract.columns)
    ]


def _judged(contract: Contract, in_doubt: list[int]) -> str:
    """Return the query that reads the doubtful rows cell by cell, in the columns where some cell is in doubt.

    PERF: working out the long statement costs more than carrying it out; mostly one column of many is in doubt.
    """
    read = {
        n: cell_sql(
            contract.columns[n],
            f"w{n}",
            f"p{n}",
            is_event_day=_is_event_day(contract, contract.columns[n]),
            lost_digits=f"l{n}" if _loses_digits(contract.columns[n]) else "false",
        )
        for n in in_doubt
    }
    lost = quoted(LOST_DIGITS)
    certain = [value for n, value in enumerate(_values(contract)) if n not in read]
    written = [f"replace(coalesce(c{n}, ''), {lost}, '') AS w{n}" for n in read]
    marked = [f"coalesce(starts_with(c{n}, {lost}), false) AS l{n}" for n in read]
    plain_cells = [f"cell_plain(w{n}) AS p{n}" for n in read]
    values = [f"{each.value} AS v{n}, {each.reason} AS r{n}" for n, each in read.items()]
    every = [f"v{n}" for n in range(len(contract.columns))]
    values += [name for n, name in enumerate(every) if n not in read]
    return f"""
        SELECT seq, sheet, line, {", ".join(every)}, {_faults(in_doubt)} AS faults
        FROM (SELECT seq, sheet, line, fault, {", ".join(values)}
            FROM (SELECT {", ".join(["*", *plain_cells])}
                FROM (SELECT {", ".join(["seq, sheet, line, fault", *certain, *written, *marked])} FROM doubtful)))
        WHERE {_BOUND}
    """  # noqa: S608  (fields are numbered, the rest is quoted)


def _loses_digits(column: ContractColumn) -> bool:
    return column.required or column.type is CellType.ID_NUMBER


def _is_event_day(contract: Contract, column: ContractColumn) -> bool:
    return contract.kind is Kind.EVENTS and column.header == contract.day


def _faults(in_doubt: list[int]) -> str:
    """Return the expression of what is wrong with a row: nothing, the row itself, or some of its cells in doubt."""
    row = f"[{{'place': {ROW}, 'reason': fault}}]"
    if not in_doubt:
        return f"CAST(CASE WHEN fault IS NOT NULL THEN {row} END AS {_FAULTS})"
    none = " AND ".join(f"r{n} IS NULL" for n in in_doubt)
    cells = ", ".join(f"{{'place': {n}, 'reason': r{n}}}" for n in in_doubt)
    unreadable = quoted(Reason.ENCODING)
    found = f"list_filter([{cells}], lambda each: each.reason IS NOT NULL)"
    seen = " OR ".join(f"r{n} = {unreadable}" for n in in_doubt)
    return f"""CAST(CASE
        WHEN fault IS NULL THEN CASE WHEN {none} THEN NULL ELSE {found} END
        WHEN fault <> {unreadable} THEN {row}
        WHEN coalesce({seen}, false) THEN {found}
        ELSE list_concat({row}, {found}) END AS {_FAULTS})"""
