"""The short way of reading a cell: nearly every cell is written as it should be, and need not be asked everything.

`quick_sql(column, cell, …)` returns a value and whether it is certain. Where it is, `sql.py` gives the same value and
no reason; where it is not, nothing is said and the long way decides. Tests hold the two against each other.
"""

from dataclasses import dataclass

from monitoring.cells import patterns
from monitoring.cells.reading import plain_text
from monitoring.cells.sql import MONEY
from monitoring.contracts.contract import Column
from monitoring.contracts.terms import CellType

#: Letters, figures and common Chinese characters; behind the first also what neither means nor changes anything.
_FIRST = r"[0-9A-Za-z\x{4E00}-\x{9FFF}]"
_WORD = rf"{_FIRST}[0-9A-Za-z\x{{4E00}}-\x{{9FFF}}()./_#:,*-]*"
#: What the patterns of numbers take at most before the point, in figures: twelve.
_LARGEST = 10**12 - 1


@dataclass(frozen=True, slots=True)
class QuickSql:
    """Two expressions: the value, which counts only where `certain` is true (it may be null)."""

    value: str
    certain: str


def quick_sql(column: Column, cell: str, digits: str, *, is_event_day: bool = False) -> QuickSql:
    """Return the expressions for `cell`, the expression of a text as it was sent (null: empty).

    `digits` is `id_number_digits` of it, which an ID column asks for often: work it out once, in a subquery.
    The statement binds $received_on, $period_end and $this_year as those of sql.py do.
    """
    value, certain = _read(column, cell, digits, is_event_day)
    if not column.required and not column.empty:
        certain = f"({cell} IS NULL OR {certain})"
    return QuickSql(value, f"coalesce({certain}, false)")


def _read(column: Column, cell: str, digits: str, is_event_day: bool) -> tuple[str, str]:
    match column.type:
        case CellType.ID_NUMBER:
            return cell, f"id_number_clean_of({cell}, {digits}, $this_year)"
        case CellType.DAY:
            return _day(column, cell, is_event_day)
        case CellType.CODE | CellType.YES_NO:
            return _code(column, cell)
        case CellType.YEAR:
            year = f"TRY_CAST({cell} AS INTEGER)"
            within = f"{year} BETWEEN {patterns.FIRST_YEAR} AND {patterns.LAST_YEAR}"
            return year, f"(regexp_full_match({cell}, '[0-9]{{4}}') AND {within})"
        case CellType.COUNT:
            return _number(column, cell, "BIGINT", "[0-9]{1,12}")
        case CellType.MONEY | CellType.DECIMAL:
            return _number(column, cell, MONEY, "[0-9]{1,13}([.][0-9]{1,8})?")
    return cell, f"regexp_full_match({cell}, '{_WORD}')"


def _number(column: Column, cell: str, kind: str, pattern: str) -> tuple[str, str]:
    value = f"TRY_CAST({cell} AS {kind})"
    bounds = [f"{value} IS NOT NULL"]
    if column.least:
        bounds.append(f"{value} >= {column.least}")
    if column.most is not None:
        bounds.append(f"{value} <= {column.most}")
    # Most are written as DuckDB writes them itself, which costs less to ask than a pattern.
    plainly = f"{value} BETWEEN 0 AND {_LARGEST} AND CAST({value} AS VARCHAR) = {cell}"
    digits = f"CASE WHEN {plainly} THEN true ELSE regexp_full_match({cell}, '{pattern}') END"
    return value, f"({digits} AND {' AND '.join(bounds)})"


def _day(column: Column, cell: str, is_event_day: bool) -> tuple[str, str]:
    day = f"TRY_CAST({cell} AS DATE)"
    said = [
        f"CAST({day} AS VARCHAR) = {cell}",
        f"year({day}) BETWEEN {patterns.FIRST_YEAR} AND {patterns.LAST_YEAR}",
    ]
    if not column.may_be_future:
        said.append(f"{day} <= CAST($received_on AS DATE)")
    if is_event_day:
        said.append(f"{day} <= CAST($period_end AS DATE)")
    return day, f"({' AND '.join(said)})"


def _code(column: Column, cell: str) -> tuple[str, str]:
    """Words of the list as it writes them itself; other spellings go the long way."""
    words = [code.value for code in column.codes if plain_text(code.value) == code.value]
    listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    if column.type is CellType.YES_NO:
        yes = column.codes[0].value.replace("'", "''")
        return f"({cell} = '{yes}')", f"{cell} IN ({listed})"
    return cell, f"{cell} IN ({listed})"
