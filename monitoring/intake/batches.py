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

#: Between values and in place of an empty one, in what is digested: no accepted cell holds these characters.
_BETWEEN, _EMPTY = "chr(31)", "chr(30)"
_TYPES = {
    CellType.MONEY: "DECIMAL(15, 2)",
    CellType.DECIMAL: "DECIMAL(15, 2)",
    CellType.DAY: "DATE",
    CellType.COUNT: "BIGINT",
    CellType.YEAR: "BIGINT",
    CellType.YES_NO: "BOOLEAN",
    CellType.ID_NUMBER: "UUID",
}
ROWS_IN_GROUP = 122_880


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


def name_subjects(tables: Tables, contract: Contract) -> None:
    """Make `accepted` of the accepted rows of `typed`: the columns of a batch, without any number."""
    joins, values = [], []
    for place, column in enumerate(contract.columns):
        value = f"v{place}"
        if column.type is CellType.ID_NUMBER:
            value = f"s{place}.subject"
            joins.append(f"LEFT JOIN subject AS s{place} ON s{place}.number = typed.v{place}")
        values.append(f"CAST({value} AS {archived_type(column)}) AS {_named(contract, column)}")
    tables.run(
        f"""CREATE TABLE accepted AS SELECT line, sheet, seq, {_digest(contract, contract.key)} AS row_key,
            {_digest(contract, [each.header for each in contract.columns])} AS row_content, *
            EXCLUDE (line, sheet, seq)
        FROM (SELECT line, sheet, seq, {", ".join(values)} FROM typed {" ".join(joins)}
            WHERE faults IS NULL)"""  # noqa: S608  (headers of the contract, quoted)
    )


def reject_twins(tables: Tables) -> None:
    """Take the second and later of rows with the same key and content out of `accepted`, into `twin` (seq)."""
    tables.run(
        """CREATE TABLE twin AS SELECT seq FROM accepted JOIN (
            SELECT row_key, row_content, min(seq) AS first FROM accepted
            GROUP BY row_key, row_content HAVING count(*) > 1
        ) AS said USING (row_key, row_content) WHERE seq > first"""
    )
    tables.run("DELETE FROM accepted WHERE seq IN (SELECT seq FROM twin)")
    tables.run(
        "UPDATE typed SET faults = [{'place': -1, 'reason': $reason}] WHERE seq IN (SELECT seq FROM twin)",
        {"reason": Reason.DUPLICATE_ROW.value},
    )


def corrections_inside(tables: Tables, contract: Contract) -> int:
    """Return how many rows are overruled by a later line of the same file.

    Rows of a state with different days are its history and correct nothing.
    """
    key = "row_key"
    if contract.kind is Kind.STATE and contract.day:
        key += ", " + _quoted(contract.day)
    found: int = tables.one(
        f"SELECT coalesce(sum(n - 1), 0)::BIGINT FROM (SELECT count(*) AS n FROM accepted GROUP BY {key})"  # noqa: S608
    )
    return found


def write(tables: Tables) -> Written:
    """Write `accepted` as Parquet into a private draft and bring it down to the disk."""
    path = drafted()
    try:
        tables.run(
            f"COPY (SELECT * FROM accepted ORDER BY seq) TO {quoted(path)} "  # noqa: S608  (a path of ours)
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_IN_GROUP})"
        )
        return Written(path, digested(path), tables.one("SELECT count(*) FROM accepted"))
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _digest(contract: Contract, headers: object) -> str:
    """Return the expression of the MD5 of the values under `headers`, in their order."""
    named = [_named(contract, contract.by_header[header]) for header in headers]  # type: ignore[attr-defined]
    texts = f" || {_BETWEEN} || ".join(f"coalesce(CAST({each} AS VARCHAR), {_EMPTY})" for each in named)
    return f"CAST(md5_number({texts}) AS UUID)"


def _named(contract: Contract, column: Column) -> str:
    return _quoted(archived_name(contract, column))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
