"""Read one cell as its column declares it: pure functions; the same meaning as SQL stands in `sql.py`."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from households.identity.numbers import IdFault, read_id_number
from monitoring.cells import patterns
from monitoring.cells.reasons import Reason
from monitoring.contracts.contract import Column
from monitoring.contracts.terms import CellType

Value = str | bool | int | Decimal | datetime.date | None
_PLAIN = str.maketrans(patterns.PLAIN | dict.fromkeys(patterns.INVISIBLE, ""))
_SEEN = str.maketrans(dict.fromkeys(patterns.INVISIBLE, ""))
_ON_ONE_LINE = str.maketrans(dict.fromkeys("\r\n\t\v\f", " "))
_UNREADABLE = frozenset(patterns.UNREADABLE)
_CENT = Decimal("0.01")
_ABOVE_ALL = Decimal(10) ** patterns.FIGURES
_BLANK, _FORMULA = re.compile(patterns.BLANK), re.compile(patterns.FORMULA)
_DAY_FORMS = tuple(re.compile(form) for form in patterns.DAY_FORMS)
_SERIAL, _YEAR = re.compile(patterns.SERIAL), re.compile(patterns.YEAR)
_ZERO_DAY = datetime.date.fromisoformat(patterns.SERIAL_ZERO)


@dataclass(frozen=True, slots=True)
class Dates:
    """The days that a day is held against: the day of receipt, and the last day of the delivery's period."""

    received_on: datetime.date
    period_end: datetime.date


def read_cell(
    text: str, column: Column, dates: Dates, *, is_event_day: bool = False, lost_digits: bool = False
) -> Value | Reason:
    """Return the value of a cell in the type of its column (None: empty), or why it has none.

    `is_event_day`: the column is the contract's event day, which may not lie after the period. `lost_digits`: the
    cell was a workbook number of more than 15 digits.
    """
    if column.type is CellType.ID_NUMBER:
        return _read_id_number(text, column, lost_digits)
    if lost_digits and is_damaged_by_lost_digits(column):
        return Reason.NUMBER_RANGE
    plain = plain_text(text)
    if not _UNREADABLE.isdisjoint(plain):
        return Reason.ENCODING
    if _BLANK.fullmatch(plain):
        return _empty(column)
    if _FORMULA.fullmatch(plain):
        return Reason.FORMULA_OR_SCRIPT
    if column.type in (CellType.TEXT, CellType.NAME):
        seen = text.translate(_SEEN).replace("\r\n", "\n")
        return seen.translate(_ON_ONE_LINE).strip(" \u3000\xa0")
    if column.type is CellType.DAY:
        return _read_day(plain, column, dates, is_event_day)
    return _READERS[column.type](plain, column)


def is_damaged_by_lost_digits(column: Column) -> bool:
    """Say whether a text that a spreadsheet kept as a number must not be taken with its last digits lost.

    What must be there tells rows apart (a settlement, a contract): two of them would become one.
    """
    return column.required and column.type in (CellType.TEXT, CellType.NAME)


def plain_text(text: str) -> str:
    """Return a cell in half width, with one kind of blank and dash, nothing invisible, no blanks around it."""
    return text.translate(_PLAIN).strip(" ")


def _empty(column: Column) -> Value | Reason:
    if column.required:
        return Reason.NAME_MISSING if column.type is CellType.NAME else Reason.REQUIRED_MISSING
    return _stored(column.empty, column) if column.empty else None


def _read_id_number(text: str, column: Column, lost_digits: bool) -> Value | Reason:
    if _BLANK.fullmatch(plain_text(text)):
        return Reason.ID_MISSING if column.required else None
    read = read_id_number(text, from_number=lost_digits)
    if not isinstance(read, IdFault):
        return read.number
    return None if read is IdFault.MISSING and not column.required else Reason(read.value)


def _read_number(plain: str, column: Column) -> Decimal | Reason:
    if not _number(column.unit).fullmatch(plain):
        return Reason.NUMBER_INVALID
    figures = re.sub(r"[^0-9.]", "", plain.removesuffix(column.unit))
    whole = figures.partition(".")[0].lstrip("0")
    too_large = len(whole) > patterns.FIGURES
    amount = _ABOVE_ALL if too_large else Decimal(figures).quantize(_CENT, ROUND_HALF_UP)
    return _in_bounds(-amount if "-" in plain and amount else amount, column)


def _in_bounds(amount: Decimal, column: Column) -> Decimal | Reason:
    least, most = column.least, column.most
    if amount < 0 and least is not None and least >= 0:
        return Reason.NUMBER_NEGATIVE
    if abs(amount) >= _ABOVE_ALL or (least is not None and amount < least):
        return Reason.NUMBER_RANGE
    return Reason.NUMBER_RANGE if most is not None and amount > most else amount


def _read_count(plain: str, column: Column) -> int | Reason:
    read = _read_number(plain, column)
    if isinstance(read, Reason):
        return read
    fraction = plain.removesuffix(column.unit).partition(".")[2]
    return Reason.NUMBER_INVALID if fraction.strip("0 ") else int(read)


def _read_year(plain: str, _column: Column) -> int | Reason:
    found = _YEAR.fullmatch(plain)
    if not found:
        return Reason.NUMBER_INVALID
    year = int(found[1])
    return year if patterns.FIRST_YEAR <= year <= patterns.LAST_YEAR else Reason.NUMBER_RANGE


def _read_code(plain: str, column: Column) -> Value | Reason:
    value = _spellings(column).get(plain) or column.otherwise
    return _stored(value, column) if value else Reason.CODE_UNKNOWN


def _stored(value: str, column: Column) -> str | bool:
    return value == column.codes[0].value if column.type is CellType.YES_NO else value


def _read_day(plain: str, column: Column, dates: Dates, is_event_day: bool) -> datetime.date | Reason:
    day = written_day(plain)
    if day is None:
        return Reason.DATE_INVALID
    if day > dates.received_on and not column.may_be_future:
        return Reason.DATE_FUTURE
    return Reason.DATE_OUTSIDE_PERIOD if is_event_day and day > dates.period_end else day


def written_day(plain: str) -> datetime.date | None:
    """Return the day that a plain text names in one of the accepted forms, or None: nothing is guessed."""
    if found := _SERIAL.fullmatch(plain):
        day = _ZERO_DAY + datetime.timedelta(days=int(found[1]))
        return day if day.year <= patterns.LAST_YEAR else None
    for form in _DAY_FORMS:
        if found := form.fullmatch(plain):
            return _day(int(found[1]), int(found[2]), int(found[3]))
    return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None
    return found if patterns.FIRST_YEAR <= year <= patterns.LAST_YEAR else None


@cache
def _number(unit: str) -> re.Pattern[str]:
    return re.compile(patterns.number_pattern(unit))


@cache
def _spellings(column: Column) -> Mapping[str, str]:
    return {plain_text(spelling): code.value for code in column.codes for spelling in code.spellings}


_READERS: Mapping[CellType, Callable[[str, Column], Value | Reason]] = {
    CellType.MONEY: _read_number,
    CellType.DECIMAL: _read_number,
    CellType.COUNT: _read_count,
    CellType.YEAR: _read_year,
    CellType.CODE: _read_code,
    CellType.YES_NO: _read_code,
}
