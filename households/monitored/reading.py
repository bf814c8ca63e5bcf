"""Check a list of monitored objects: each row by itself, each household as a whole; set-wise, in DuckDB.

with duck.opened() as tables:
    check_file(tables, file, known_areas=…)
    for row in sound(tables): ...                     # in their normal form, the ID number in full
    reject_also(tables, [(seq, field, reason), …])    # what the register has against them
    for row in rejected(tables): ...
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from foundation.accounts import clock
from foundation.tables.columns import LOST_DIGITS, TableColumns
from foundation.tables.duck import Tables
from foundation.tables.reading import Progress, Read, read_table
from households.identity.numbers import IdNumber, read_id_number
from households.monitored.contract import COLUMNS, table_columns, words

_SQL = Path(__file__).parent / "sql"
#: Which of these area codes are villages that the reader of the file may write to.
Villages = Callable[[list[str]], Iterable[str]]


class Stated(NamedTuple):
    """A sound row. Days are the first of their month; `measures` as one text."""

    seq: int
    household: str
    area: str
    name: str
    number: str
    relation: str
    kind: str
    risks: list[str]
    from_day: datetime.date
    removed_on: datetime.date | None
    way: str | None
    helper: str | None
    measures: str | None
    income: Any


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was not taken: where it stands, which columns are to blame for what, and its cells as sent."""

    sheet: str
    line: int
    faults: list[tuple[str, str]]
    cells: list[str]


def id_cell(text: str) -> tuple[str, str]:
    """Read the cell of an ID number: its normal form, or the reason code."""
    shortened = text.startswith(LOST_DIGITS)
    read = read_id_number(text.removeprefix(LOST_DIGITS), from_number=shortened)
    return (read.number, "") if isinstance(read, IdNumber) else ("", read.value)


def columns() -> TableColumns:
    """Return the columns with the reading of ID numbers."""
    return table_columns(id_number=id_cell)


def check_file(tables: Tables, file: BinaryIO, *, villages: Villages, progress: Progress) -> Read:
    """Read and check a file; afterwards `tables` holds what is sound and what is rejected."""
    read = read_table(tables, file, columns(), into="incoming", progress=progress)
    known = words()
    lists = {
        "category": known.categories,
        "risk": known.risks,
        "way": known.removal_ways,
        "relation": known.relations,
    }
    tables.load(
        "word",
        {"list": "VARCHAR", "word": "VARCHAR", "code": "VARCHAR"},
        ((name, word, code) for name, found in lists.items() for word, code in found.items()),
    )
    codes = [code for (code,) in tables.all("SELECT DISTINCT plain_of(area) FROM incoming") if code]
    tables.load("known_area", {"code": "VARCHAR"}, ((code,) for code in villages(codes)))
    tables.run(
        "CREATE TABLE this_month AS SELECT CAST($day AS DATE) AS day",
        {"day": clock.today().replace(day=1)},
    )
    tables.run(_statements("check"))
    tables.run(_statements("check_households"))
    return read


def sound(tables: Tables) -> Iterator[Stated]:
    """Yield the rows that can be taken, in the order of the file; what repeats another word for word once."""
    yield from (
        Stated(*row)
        for row in tables.rows(
            """SELECT seq, household, area, name, number, relation_kept, kind, risks, from_day, removed_on, way,
                helper, measures, income
            FROM sound ORDER BY seq"""
        )
    )


def reject_also(tables: Tables, faults: Iterable[tuple[int, str, str]]) -> None:
    """Reject rows that the register contradicts, and what repeats them word for word."""
    tables.load("contradicted", {"seq": "BIGINT", "field": "VARCHAR", "reason": "VARCHAR"}, faults)
    tables.run("INSERT INTO reject SELECT DISTINCT * FROM contradicted")
    tables.run(
        """INSERT INTO reject SELECT duplicate.seq, reject.field, reject.reason
        FROM duplicate JOIN reject ON reject.seq = duplicate.first"""
    )


def living_elsewhere(tables: Tables) -> Iterator[tuple[str, str, str, str]]:
    """Yield number, household, village and name of rows whose person lives in another household, for the pairs."""
    yield from tables.rows(
        """SELECT DISTINCT number, household, area, name FROM told JOIN reject USING (seq)
        WHERE reason = 'id_in_other_household' AND length(household) <= 40"""
    )


def counts_of(tables: Tables) -> dict[str, Any]:
    """Return the counts of rows: read, accepted, rejected, repeated, and rows for each reason."""
    by_reason = dict(
        tables.all("SELECT reason, count(DISTINCT seq) FROM reject GROUP BY reason ORDER BY reason")
    )
    read = tables.one("SELECT count(*) FROM incoming")
    rejected_rows = tables.one("SELECT count(DISTINCT seq) FROM reject")
    return {
        "rows_read": read,
        "rows_accepted": read - rejected_rows,
        "rows_rejected": rejected_rows,
        "rejects": by_reason,
        "duplicates": tables.one("SELECT count(*) FROM duplicate WHERE seq NOT IN (SELECT seq FROM reject)"),
    }


def rejected(tables: Tables) -> Iterator[RejectedRow]:
    """Yield the rejected rows in the order of the file."""
    cells = ", ".join(f"incoming.{column.field}" for column in COLUMNS)
    for sheet, line, fields, reasons, *sent in tables.rows(
        f"""SELECT sheet, line, fields, reasons, {cells} FROM incoming JOIN (
            SELECT seq, list(coalesce(field, '') ORDER BY field, reason) AS fields,
                list(reason ORDER BY field, reason) AS reasons
            FROM (SELECT DISTINCT * FROM reject) GROUP BY seq
        ) USING (seq) ORDER BY seq"""  # noqa: S608  (names of the contract)
    ):
        faults = list(zip(fields, reasons, strict=True))
        yield RejectedRow(
            sheet or "", line, faults, [(cell or "").removeprefix(LOST_DIGITS) for cell in sent]
        )


def _statements(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
