"""Which reasons a column can be rejected for: what the documentation of a contract lists."""

from monitoring.cells.reading import is_damaged_by_lost_digits
from monitoring.cells.reasons import Reason
from monitoring.contracts.contract import Column, Contract
from monitoring.contracts.terms import NUMBERS, CellType, Kind

_ID_NUMBER = (Reason.ID_MASKED, Reason.ID_LENGTH, Reason.ID_BIRTH_DATE, Reason.ID_CHECKSUM)


def possible_reasons(contract: Contract, column: Column) -> tuple[Reason, ...]:
    """Return every reason for which a cell of the column can be rejected, in the order in which they are tested."""
    if column.type is CellType.ID_NUMBER:
        return ((Reason.ID_MISSING,) if column.required else ()) + _ID_NUMBER
    return (*_missing(column), *_of_type(contract, column), Reason.ENCODING, Reason.FORMULA_OR_SCRIPT)


def _missing(column: Column) -> tuple[Reason, ...]:
    if not column.required:
        return ()
    return (Reason.NAME_MISSING if column.type is CellType.NAME else Reason.REQUIRED_MISSING,)


def _of_type(contract: Contract, column: Column) -> tuple[Reason, ...]:
    if column.type in NUMBERS:
        negative = (Reason.NUMBER_NEGATIVE,) if column.least is not None and column.least >= 0 else ()
        return (Reason.NUMBER_INVALID, *negative, Reason.NUMBER_RANGE)
    if column.type is CellType.YEAR:
        return (Reason.NUMBER_INVALID, Reason.NUMBER_RANGE)
    if column.type is CellType.DAY:
        future = () if column.may_be_future else (Reason.DATE_FUTURE,)
        is_event_day = contract.kind is Kind.EVENTS and column.header == contract.day
        return (Reason.DATE_INVALID, *future, *((Reason.DATE_OUTSIDE_PERIOD,) if is_event_day else ()))
    if is_damaged_by_lost_digits(column):
        return (Reason.NUMBER_RANGE,)
    return (Reason.CODE_UNKNOWN,) if column.codes and not column.otherwise else ()
