"""Every dataset has a file of cases: a small ugly delivery, and exactly what becomes of each of its rows."""

import csv
import io
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from monitoring.cells.reading import Dates
from monitoring.cells.reasons import Reason
from monitoring.cells.sql import define
from monitoring.contracts.book import contract, contracts
from monitoring.contracts.contract import Contract
from monitoring.contracts.headers import match_headers
from monitoring.contracts.terms import Kind
from monitoring.periods import period_for
from monitoring.rows import read_row
from tests.monitoring.columns import read_column

CASES = Path(__file__).parent / "cases"


class Case:
    """One file of cases, and the rows of its delivery as texts by the headers of the contract."""

    def __init__(self, code: str) -> None:
        """Read the file of a dataset."""
        self.told: dict[str, Any] = tomllib.loads((CASES / f"{code}.toml").read_text(), parse_float=Decimal)
        self.contract: Contract = contract(code)
        records = csv.reader(io.StringIO(self.told["file"]), delimiter=self.told.get("delimiter", ","))
        header, *self.records = records
        self.matched = match_headers(self.contract, header)
        self.dates = Dates(self.told["received_on"], period_for(self.contract, self.told["period"]).last)

    def rows(self) -> list[tuple[int, dict[str, str]]]:
        """Return each row with its line."""
        return [
            (line, {header: record[place] for header, place in self.matched.places.items()})
            for line, record in enumerate(self.records, start=2)
        ]

    def expected(self) -> dict[int, tuple[dict[str, Any], dict[str, str]]]:
        """Return by line what a row should become: its values (where it is accepted) and its faults."""
        return {row["line"]: (row.get("values", {}), row.get("faults", {})) for row in self.told["row"]}


def test_every_dataset_has_its_cases():
    assert {path.stem for path in CASES.glob("*.toml")} == set(contracts())


@pytest.mark.parametrize("code", contracts())
def test_every_row_becomes_what_its_case_says(code: str):
    case = Case(code)
    assert case.matched.complete
    assert list(case.matched.dropped) == case.told.get("dropped", [])
    found = {}
    for line, cells in case.rows():
        row = read_row(case.contract, cells, case.dates)
        found[line] = (_filled(row.values) if row.accepted else {}, dict(row.faults))
    assert found == case.expected()
    assert any(values for values, _faults in found.values())
    assert any(faults for _values, faults in found.values())


@pytest.mark.parametrize("code", contracts())
def test_whole_columns_become_the_same(code: str):
    case, connection = Case(code), duckdb.connect()
    define(connection)
    lines = [line for line, _cells in case.rows()]
    read: dict[int, dict[str, Any]] = {line: {} for line in lines}
    for column in case.contract.columns:
        cells = [row.get(column.header, "") for _line, row in case.rows()]
        event = case.contract.kind is Kind.EVENTS and column.header == case.contract.day
        values = read_column(connection, column, cells, case.dates, is_event_day=event)
        for line, value in zip(lines, values, strict=True):
            read[line][column.header] = value
    assert {line: _outcome(row) for line, row in read.items()} == case.expected()


def _outcome(row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    faults = {header: str(value) for header, value in row.items() if isinstance(value, Reason)}
    return ({} if faults else _filled(row), faults)


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {header: value for header, value in values.items() if value is not None}
