"""From typed rows to the batch in the archive: subjects in place of numbers, keys, rows said twice, corrections.

Columns of a batch: `line` (physical line, in a workbook the row of `sheet`), `sheet`, `seq` (order in the file),
`row_key` and `row_content` (MD5 of the key and of all values, as UUID), then every column of the contract under its
header, `subject` in the place of the contract's subject column and a subject under the header of any other ID column.
"""

from dataclasses import dataclass
from pathlib import Path

from foundation.tables.duck import Tables, quoted
from monitoring.cells.reasons import Reason
from monitoring.contracts.contract import Column, Contract
from monitoring.contracts.terms import CellType, Kind
from monitoring.intake.archive_store import digested, drafted

#: Between values in what is digested: no accepted cell holds this character, and none is empty but a missing one.
_BETWEEN = "chr(31)"
_TYPES = {
    CellType.MONEY: "DECIMAL(15, 2)",
    CellType.DECIMAL: "DECIMAL(15, 2)",
    CellType.DAY: "DATE",
    CellType.COUNT: "BIGINT",
    CellType.YEAR: "BIGINT",
    CellType.YES_NO: "BOOLEAN",
    CellType.ID_NUMBER: "UUID",
}
#: To collect the values of a column that are hardly ever alike costs a third of the writing, and saves little.
_FORMAT = "FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880, DICTIONARY_SIZE_LIMIT 2000"


@dataclass(frozen=True, slots=True)
class Written:
    """A finished draft of a batch: the file, its digest, and how many rows it has."""

    path: Path
    digest: str
    rows: int


def archived_name(contract: Contract, column: Column) -> str:
    """Return the name of a column in the archive."""
    return "subject" if column.header == contract.subject else column.header


def archived_type(column: Column) -> str:
    """Return the type of a column in the archive."""
    return _TYPES.get(column.type, "VARCHAR")


def begin(tables: Tables) -> None:
    """Make `seen`, the digests of all rows accepted so far."""
    tables.run("CREATE TABLE seen (row_content UUID)")


def name_subjects(tables: Tables, contract: Contract) -> None:
    """Make `accepted` of the rows of the block in `named`: the columns of a batch, without any number.

    Behind them stands `registered`, the name that the register has, which the batch leaves out.
    """
    values = []
    for place, column in enumerate(contract.columns):
        value = f"v{place}"
        if column.type is CellType.ID_NUMBER:
            value = f"s{place}"
        values.append(f"CAST({value} AS {archived_type(column)}) AS {_named(contract, column)}")
    tables.run(
        f"""CREATE OR REPLACE TABLE accepted AS SELECT line, sheet, seq, {_digest(contract, contract.key)} AS row_key,
            {_digest(contract, [each.header for each in contract.columns])} AS row_content, *
            EXCLUDE (line, sheet, seq)
        FROM (SELECT line, sheet, seq, {", ".join(values)}, registered FROM named)"""  # noqa: S608  (headers of the contract, quoted)
    )


def reject_twins(tables: Tables) -> None:
    """Take out of the block what was said before in this file, same key and same content, and make `twin` of it."""
    tables.run(
        """CREATE OR REPLACE TABLE twin AS
        SELECT seq, [{'place': -1, 'reason': $reason}] AS faults FROM (
            SELECT seq FROM accepted JOIN (
                SELECT row_content, min(seq) AS first FROM accepted GROUP BY row_content HAVING count(*) > 1
            ) AS said USING (row_content) WHERE seq > first
            UNION SELECT seq FROM accepted SEMI JOIN seen USING (row_content)
        )""",
        {"reason": Reason.DUPLICATE_ROW.value},
    )
    if tables.one("SELECT count(*) FROM twin"):
        tables.run("DELETE FROM accepted WHERE seq IN (SELECT seq FROM twin)")
    tables.run("INSERT INTO seen SELECT row_content FROM accepted")


def corrections_inside(tables: Tables, contract: Contract, rows: str) -> int:
    """Return how many rows of a table or view are overruled by a later line of the same file.

    Rows of a state with different days are its history and correct nothing.
    """
    key = "row_key"
    if contract.kind is Kind.STATE and contract.day:
        key += ", " + _quoted(contract.day)
    found: int = tables.one(
        f"SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT {key} FROM {rows})) FROM {rows}"  # noqa: S608
    )
    return found


class Parts:
    """The drafts of the blocks of one delivery, which become one batch."""

    def __init__(self) -> None:
        """Begin without any."""
        self._paths: list[Path] = []

    def add(self, tables: Tables) -> None:
        """Write `accepted` as the next part."""
        path = drafted()
        self._paths.append(path)
        rows = "SELECT * EXCLUDE registered FROM accepted"
        tables.run(f"COPY ({rows}) TO {quoted(path)} ({_FORMAT})")

    def joined(self, tables: Tables) -> Written:
        """Return the whole as one draft, brought down to the disk; `discard` it when the archive has it."""
        path, rows = self.together(tables)
        return Written(path, digested(path), rows)

    def together(self, tables: Tables) -> tuple[Path, int]:
        """Return the draft of the whole and its rows, before it is brought down and digested."""
        if len(self._paths) > 1:
            parts = ", ".join(map(quoted, self._paths))
            path = drafted()
            self._paths.append(path)
            tables.run(f"COPY (SELECT * FROM read_parquet([{parts}])) TO {quoted(path)} ({_FORMAT})")  # noqa: S608
        path = self._paths[-1]
        return path, tables.one(f"SELECT count(*) FROM read_parquet({quoted(path)})")  # noqa: S608

    def discard(self) -> None:
        """Remove every draft that is still there."""
        for path in self._paths:
            path.unlink(missing_ok=True)


def _digest(contract: Contract, headers: object) -> str:
    """Return the expression of the MD5 of the values under `headers`, in their order."""
    named = [_named(contract, contract.by_header[header]) for header in headers]  # type: ignore[attr-defined]
    return f"CAST(md5_number(concat({f', {_BETWEEN}, '.join(named)})) AS UUID)"


def _named(contract: Contract, column: Column) -> str:
    return _quoted(archived_name(contract, column))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
