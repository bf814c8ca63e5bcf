"""The meaning of `reading.py` as SQL of DuckDB, for whole columns of deliveries with millions of rows.

    define(connection)                   gives a DuckDB connection the macros that the expressions use
    cell_plain(written)                  macro: the text in half width and so on; work it out once, in a subquery
    cell_sql(column, written, plain, …)  returns the expressions of value and reason over these two

The statement that uses them binds $received_on and $period_end (days) and $this_year (a number). Tests hold every
expression against the Python form on generated cells.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from households.identity import number_sql
from monitoring.cells import patterns
from monitoring.cells.reading import is_damaged_by_lost_digits
from monitoring.cells.reasons import Reason
from monitoring.contracts.contract import Column
from monitoring.contracts.terms import CellType

#: The type of amounts.
MONEY = f"DECIMAL({patterns.FIGURES + patterns.DECIMALS}, {patterns.DECIMALS})"


@dataclass(frozen=True, slots=True)
class CellSql:
    """Two expressions. `value` counts only where `reason` is null; an empty cell that may be empty has neither."""

    value: str
    reason: str


def define(connection: Any) -> None:
    """Create the macros on a DuckDB connection; again is the same."""
    number_sql.define(connection)
    for macro in _MACROS:
        connection.execute(macro)


def cell_sql(
    column: Column, written: str, plain: str, *, is_event_day: bool = False, lost_digits: str = "false"
) -> CellSql:
    """Return the two expressions for a column of texts.

    `written`, `plain` and `lost_digits` are SQL expressions: the text of the cell, `cell_plain` of it, and whether it
    was a workbook number of more than 15 digits. What comes from the declaration is quoted here.
    """
    if column.type is CellType.ID_NUMBER:
        return _id_number(column, written, plain, lost_digits)
    read = _read(column, written, plain, is_event_day)
    missing = _text(_missing(column)) if column.required else "NULL"
    lost = [(lost_digits, _text(Reason.NUMBER_RANGE))] if is_damaged_by_lost_digits(column) else []
    reason = _case(
        # Nearly every cell is as it should be: the long way is gone by the others alone.
        *(lost if lost_digits != "false" else []),
        (read.clean, _case(*read.wrong)),
        (f"regexp_matches({plain}, {_UNREADABLE})", _text(Reason.ENCODING)),
        (_full(plain, patterns.BLANK), missing),
        (_full(plain, patterns.FORMULA), _text(Reason.FORMULA_OR_SCRIPT)),
        otherwise=_text(read.otherwise) if read.otherwise else "NULL",
    )
    empty = _stored(column, column.empty) if column.empty else "NULL"
    return CellSql(
        _case((read.clean, read.value), (_full(plain, patterns.BLANK), empty), otherwise=read.value), reason
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """How a type is read: whether a cell is one of it (never so for an empty or dangerous one), the value, what may
    then still be wrong in order (condition, reason), and the reason of any other cell (None: none).
    """

    clean: str
    value: str
    wrong: list[tuple[str, str]]
    otherwise: Reason | None


def _read(column: Column, written: str, plain: str, is_event_day: bool) -> _Read:
    match column.type:
        case CellType.DAY:
            return _day(column, plain, is_event_day)
        case CellType.CODE | CellType.YES_NO:
            return _code(column, plain)
        case CellType.YEAR:
            return _year(plain)
        case CellType.MONEY | CellType.DECIMAL | CellType.COUNT:
            return _number(column, plain)
    value = f"CASE WHEN {written} = {plain} THEN {written} ELSE cell_trimmed({written}) END"
    return _Read(f"NOT regexp_matches({plain}, {_SUSPECT})", value, [], None)


def _id_number(column: Column, written: str, plain: str, lost_digits: str) -> CellSql:
    empty = f"({_full(plain, patterns.BLANK)} OR id_number_plain({written}) = '')"
    missing = _text(Reason.ID_MISSING) if column.required else "NULL"
    return CellSql(
        _case((empty, "NULL"), otherwise=f"id_number_read({written})"),
        _case((empty, missing), otherwise=f"id_number_fault({written}, {lost_digits}, $this_year)"),
    )


def _number(column: Column, plain: str) -> _Read:
    figures = f"translate({_without_unit(plain, column.unit)}, ',+-¥ ', '')"
    amount = f"TRY_CAST({figures} AS {MONEY})"
    signed = f"CASE WHEN contains({plain}, '-') THEN -({amount}) ELSE {amount} END"
    least, most = column.least, column.most
    wrong: list[tuple[str, str]] = []
    if least is not None and least >= 0:
        zero = f"coalesce({amount} = 0, false)"
        wrong.append((f"contains({plain}, '-') AND NOT {zero}", _text(Reason.NUMBER_NEGATIVE)))
    wrong.append((f"{amount} IS NULL", _text(Reason.NUMBER_RANGE)))
    if least:
        wrong.append((f"({signed}) < {_exact(least)}", _text(Reason.NUMBER_RANGE)))
    if most is not None:
        wrong.append((f"({signed}) > {_exact(most)}", _text(Reason.NUMBER_RANGE)))
    if column.type is CellType.COUNT:
        fraction = f"contains({figures}, '.') AND rtrim(split_part({figures}, '.', 2), '0') <> ''"
        wrong.append((fraction, _text(Reason.NUMBER_INVALID)))
        signed = f"CAST({signed} AS BIGINT)"
    clean = _full(plain, patterns.number_pattern(column.unit))
    return _Read(clean, signed, wrong, Reason.NUMBER_INVALID)


def _without_unit(plain: str, unit: str) -> str:
    """Take the unit off the end: it may hold figures of its own (m2)."""
    if not unit:
        return plain
    ends = f"ends_with({plain}, {_text(unit)})"
    return f"CASE WHEN {ends} THEN left({plain}, length({plain}) - {len(unit)}) ELSE {plain} END"


def _year(plain: str) -> _Read:
    year = f"TRY_CAST(left({plain}, 4) AS INTEGER)"
    outside = f"{year} NOT BETWEEN {patterns.FIRST_YEAR} AND {patterns.LAST_YEAR}"
    wrong = [(outside, _text(Reason.NUMBER_RANGE))]
    return _Read(_full(plain, patterns.YEAR), year, wrong, Reason.NUMBER_INVALID)


def _code(column: Column, plain: str) -> _Read:
    whens = [
        (f"{plain} = cell_plain({_text(spelling)})", _stored(column, code.value))
        for code in column.codes
        for spelling in code.spellings
    ]
    known = " OR ".join(when for when, _then in whens)
    otherwise = _stored(column, column.otherwise) if column.otherwise else "NULL"
    refused = None if column.otherwise else Reason.CODE_UNKNOWN
    return _Read(f"({known})", _case(*whens, otherwise=otherwise), [], refused)


def _stored(column: Column, value: str) -> str:
    if column.type is CellType.YES_NO:
        return "true" if value == column.codes[0].value else "false"
    return _text(value)


def _day(column: Column, plain: str, is_event_day: bool) -> _Read:
    day = f"cell_day({plain})"
    wrong: list[tuple[str, str]] = []
    if not column.may_be_future:
        wrong.append((f"{day} > CAST($received_on AS DATE)", _text(Reason.DATE_FUTURE)))
    if is_event_day:
        wrong.append((f"{day} > CAST($period_end AS DATE)", _text(Reason.DATE_OUTSIDE_PERIOD)))
    return _Read(f"{day} IS NOT NULL", day, wrong, Reason.DATE_INVALID)


def _missing(column: Column) -> Reason:
    return Reason.NAME_MISSING if column.type is CellType.NAME else Reason.REQUIRED_MISSING


def _case(*whens: tuple[str, str], otherwise: str = "NULL") -> str:
    if not whens:
        return otherwise
    return f"CASE {' '.join(f'WHEN {when} THEN {then}' for when, then in whens)} ELSE {otherwise} END"


def _full(source: str, pattern: str) -> str:
    return f"regexp_full_match({source}, {_text(pattern)})"


def _exact(number: Decimal) -> str:
    return f"CAST({_text(str(number))} AS {MONEY})"


def _text(text: str) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def _class(characters: str) -> str:
    return "[" + "".join(f"\\x{{{ord(each):x}}}" for each in characters) + "]"


def _translate(source: str, table: Mapping[str, str]) -> str:
    """Return the expression that exchanges characters one for one; chr() keeps control characters out of the text."""
    kept = {old: new for old, new in table.items() if old.isprintable()}
    for new in sorted({new for old, new in table.items() if old not in kept}):
        old = "".join(each for each, meant in table.items() if meant == new and each not in kept)
        source = f"regexp_replace({source}, {_text(_class(old))}, {_text(new)}, 'g')"
    return f"translate({source}, {_text(''.join(kept))}, {_text(''.join(kept.values()))})" if kept else source


_UNREADABLE = _text(_class(patterns.UNREADABLE))
#: What a text may be empty, dangerous or broken by.
_SUSPECT = _text(f"^[-=@+]|^$|<|{_class(patterns.UNREADABLE)}")
_SEEN = f"regexp_replace(coalesce(written, ''), {_text(_class(patterns.INVISIBLE))}, '', 'g')"
_ODD = _text(f"{_class(patterns.INVISIBLE + ''.join(patterns.PLAIN))}|^ | $")
_PLAIN_MACRO = (
    "CREATE OR REPLACE TEMP MACRO cell_plain(written) AS CASE "
    f"WHEN written IS NULL THEN '' WHEN NOT regexp_matches(written, {_ODD}) THEN written "
    f"ELSE trim({_translate(_SEEN, patterns.PLAIN)}, ' ') END"
)
_LINES = dict.fromkeys("\r\n\t\v\f", " ")
#: A line end of Windows is one line end: the same cell is the same content whichever system wrote the file.
_SEEN_LINES = f"replace({_SEEN}, chr(13) || chr(10), chr(10))"
_TRIMMED_MACRO = (
    "CREATE OR REPLACE TEMP MACRO cell_trimmed(written) AS "
    f"regexp_replace({_translate(_SEEN_LINES, _LINES)}, "
    r"'^[ \x{3000}\x{a0}]+|[ \x{3000}\x{a0}]+$', '', 'g')"
)
_FORMS = _case(
    *(
        (_full("plain", form), f"regexp_replace(plain, {_text(f'^{form}$')}, '\\1-\\2-\\3')")
        for form in patterns.DAY_FORMS
    )
)
_WRITTEN_DAY_MACRO = (
    "CREATE OR REPLACE TEMP MACRO cell_written_day(plain) AS "
    "CASE WHEN regexp_full_match(plain, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST(plain AS DATE) "
    f"WHEN {_full('plain', patterns.SERIAL)} "
    f"THEN DATE '{patterns.SERIAL_ZERO}' + CAST(left(plain, 5) AS INTEGER) ELSE TRY_CAST({_FORMS} AS DATE) END"
)
_DAY_MACRO = (
    # By way of a list of one, so that the day is worked out, and the statement planned, once.
    "CREATE OR REPLACE TEMP MACRO cell_day(plain) AS list_transform([cell_written_day(plain)], lambda day: "
    f"CASE WHEN year(day) BETWEEN {patterns.FIRST_YEAR} AND {patterns.LAST_YEAR} THEN day END)[1]"
)
_MACROS = (_PLAIN_MACRO, _TRIMMED_MACRO, _WRITTEN_DAY_MACRO, _DAY_MACRO)
