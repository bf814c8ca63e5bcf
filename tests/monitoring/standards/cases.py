"""Read the case files of standards: dated sentences at the boundary, with the facts of one household."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from monitoring.cells.reading import Dates
from monitoring.contracts.book import contract
from monitoring.periods import Period, read_period
from monitoring.rows import read_row
from tests.monitoring.standards.facts import Day, Delivery, Held, Household, Person, Row, World

FOLDER = Path(__file__).parent / "cases"
VILLAGE = "999901001001"
_KEYS = {
    "says", "on", "area", "people", "held", "rows", "line", "rolls", "fires", "silent", "measured", "amount",
    "found", "day", "about", "subjects",
}  # fmt: skip
_ROW_KEYS = {"dataset", "who", "period", "from_area"}
_ROLL_KEYS = {"dataset", "period", "from_area", "rows"}
_BORN = Day(1980, 1, 1)


@dataclass(frozen=True)
class Case:
    """One sentence of one file."""

    standard: str
    told: Mapping[str, Any]

    @property
    def says(self) -> str:
        """The sentence."""
        return f"{self.standard}: {self.told['says']}"

    @property
    def on(self) -> Day:
        """The as-of day."""
        day: Day = self.told["on"]
        return day

    @property
    def area(self) -> str:
        """The responsible village of the household."""
        area: str = self.told.get("area", VILLAGE)
        return area

    def world(self, dataset: str) -> World:
        """Return the facts; rows that name no dataset are of the one that is measured."""
        told = self.told
        people = [_person(each) for each in told.get("people", [{"name": "甲"}])]
        held = tuple(
            Held(e["kind"], e.get("from"), e.get("until"), e.get("who")) for e in told.get("held", [])
        )
        home = Household("户", self.area, tuple(people), held)
        deliveries, rows = [], []
        for number, (each, of) in enumerate(self._deliveries(dataset), start=1):
            delivery = Delivery(number, each["dataset"], each["from_area"], each["period"])
            deliveries.append(delivery)
            rows += [_row(delivery, line, cells, self.on) for line, cells in enumerate(of, start=2)]
        return World((home,), tuple(deliveries), tuple(rows))

    def _deliveries(self, dataset: str) -> Iterator[tuple[dict[str, Any], list[Mapping[str, Any]]]]:
        """Yield what was delivered in order: each row of `rows` by itself, then each list of `rolls`."""
        for row in self.told.get("rows", []):
            yield _delivery(row, dataset, self.on), [row]
        for roll in self.told.get("rolls", []):
            assert set(roll) <= _ROLL_KEYS, roll
            yield _delivery(roll, "dibao_roll", self.on), roll["rows"]


def read_cases(path: Path) -> list[Case]:
    """Return the cases of one file, refusing a key that means nothing."""
    told = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    for each in told["case"]:
        assert set(each) <= _KEYS, f"{path.name}: {set(each) - _KEYS}"
    return [Case(path.stem, {**told.get("all", {}), **each}) for each in told["case"]]


def _person(told: Mapping[str, Any]) -> Person:
    left = told.get("died") or told.get("left")
    return Person(told["name"], told.get("born", _BORN), left, "died" in told)


def _delivery(told: Mapping[str, Any], dataset: str, on: Day) -> dict[str, Any]:
    period = read_period(told.get("period", on.isoformat()))
    assert isinstance(period, Period)
    return {
        "dataset": told.get("dataset", dataset),
        "from_area": told.get("from_area", "999901"),
        "period": period,
    }


def _row(delivery: Delivery, line: int, told: Mapping[str, Any], on: Day) -> Row:
    """Read a row as its contract does: what the case leaves out of required columns is the contract's example."""
    declared = contract(delivery.dataset)
    cells = {each.header: each.example for each in declared.required}
    if declared.key[0] not in (declared.subject, *told):
        cells[declared.key[0]] = f"{delivery.number}-{line}"
    given = {key: str(each) for key, each in told.items() if key not in _ROW_KEYS}
    assert set(given) <= set(declared.by_header), set(given) - set(declared.by_header)
    read = read_row(declared, cells | given, Dates(Day(2100, 1, 1), Day(2100, 1, 1)))
    assert read.accepted, read.faults
    return Row(delivery, line, told.get("who", "甲"), read.values)
