"""Checks that need more than one file: columns that exist, lines that fit, risk types that are known."""

from collections.abc import Mapping

from foundation.regulations.contents import FileError
from foundation.regulations.files import SubjectFile
from foundation.regulations.units import MONEY, Unit
from monitoring.contracts.contract import Column, Contract
from monitoring.contracts.terms import NUMBERS, CellType, Kind
from monitoring.screening.standard import Condition, Standard
from monitoring.screening.terms import Span

_COUNTED = frozenset({Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.PERSONS, Unit.HOUSEHOLDS, Unit.COUNT})


def check_contracts(standards: Mapping[str, Standard], contracts: Mapping[str, Contract]) -> None:
    """Raise FileError for the first standard that speaks of a dataset or column which is not declared so."""
    for standard in standards.values():
        for code in standard.datasets:
            _check_dataset(standard, code, contracts)
        contract, measure = contracts[standard.measure.dataset], standard.measure
        if measure.window.span is Span.DELIVERY and contract.kind is not Kind.ROLL:
            raise _wrong(standard, "measure window", f"compares two lists, and {contract.code} is no roll")
        if standard.also_in and contracts[standard.also_in].kind is not Kind.ROLL:
            raise _wrong(standard, "also_in", f"names {standard.also_in}, which is no roll")
        for header in (measure.column, *measure.less, measure.fell_from):
            if header and _column(standard, contract, header).type not in NUMBERS:
                raise _wrong(standard, "measure", f"counts with {header}, which is no number")
        for condition in (*measure.where, *measure.holds, *measure.at_once):
            _check_condition(standard, condition, _column(standard, contract, condition.column))


def check_lines(standards: Mapping[str, Standard], subjects: Mapping[str, SubjectFile]) -> None:
    """Raise FileError for the first standard whose line or risk type no file of values knows, or of another unit."""
    risks = {item["code"] for value in subjects["risk_types"].values for item in value["items"]}
    for standard in standards.values():
        if standard.line not in subjects:
            raise _wrong(
                standard, "line", f"is {standard.line!r}, which is no regulation value: add its file"
            )
        if standard.risk_type not in risks:
            raise _wrong(
                standard, "risk_type", f"is {standard.risk_type!r}: write one of {', '.join(sorted(risks))}"
            )


def check_units(
    standards: Mapping[str, Standard], contracts: Mapping[str, Contract], subjects: Mapping[str, SubjectFile]
) -> None:
    """Raise FileError for the first standard that measures in another unit than its line is written in."""
    for standard in standards.values():
        line = subjects[standard.line]
        unit = line.unit
        if unit is None or unit not in measured_units(standard, contracts[standard.measure.dataset]):
            raise _wrong(
                standard, "line", f"is {standard.line}, which is not in the unit of what is measured"
            )
        if unit is not Unit.YES_NO and not line.subject["compared"]:
            raise _wrong(standard, "line", f"is {standard.line}: write compared = true in its file")


def measured_units(standard: Standard, contract: Contract) -> frozenset[Unit]:
    """Return the units in which a line of the standard may be written."""
    measure = standard.measure
    if measure.fell_from:
        return frozenset({Unit.SHARE})
    if not measure.column:
        return frozenset({Unit.YES_NO}) if measure.aggregation != "count" else frozenset({Unit.COUNT})
    money = contract.by_header[measure.column].type is CellType.MONEY
    numbers = MONEY if money else _COUNTED
    return numbers | {Unit.YES_NO} if measure.window.span is Span.DELIVERY else numbers


def _check_dataset(standard: Standard, code: str, contracts: Mapping[str, Contract]) -> None:
    if code not in contracts:
        raise _wrong(
            standard, "dataset", f"is {code!r}, which is not declared: add its file or correct the name"
        )
    if contracts[code].on_query:
        raise _wrong(standard, "dataset", f"is {code!r}, which is used under an authorised check alone")


def _column(standard: Standard, contract: Contract, header: str) -> Column:
    if header not in contract.by_header:
        raise _wrong(standard, "column", f"is {header}, which {contract.code} does not have")
    return contract.by_header[header]


def _check_condition(standard: Standard, condition: Condition, column: Column) -> None:
    wanted = {*condition.is_in, *condition.is_not}
    if wanted and not column.codes:
        raise _wrong(standard, column.header, "has no list of values: is and is_not need one")
    if lost := wanted - {code.value for code in column.codes}:
        raise _wrong(standard, column.header, f"has no value {'、'.join(sorted(lost))}")
    if condition.above is not None and column.type not in NUMBERS:
        raise _wrong(standard, column.header, "is no number: above needs one")
    if (condition.year_of_day or condition.newest) and column.type is not CellType.YEAR:
        raise _wrong(standard, column.header, "is no year: year_of_day and newest need one")


def _wrong(standard: Standard, key: str, sentence: str) -> FileError:
    return FileError(standard.file, key, sentence)
