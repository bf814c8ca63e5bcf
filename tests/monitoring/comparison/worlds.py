"""Random worlds: households whose people come, go and die, and rows of every dataset about them."""

import datetime
import random
from decimal import Decimal
from typing import Any

from monitoring.contracts.book import contracts
from monitoring.contracts.contract import Column, Contract
from monitoring.contracts.terms import CellType
from monitoring.contracts.terms import Kind as DatasetKind
from monitoring.periods import Period, read_period
from monitoring.screening.book import standards
from tests.monitoring.standards import facts

VILLAGES = ("999901001001", "999901001002", "999901002001", "999902001001")
#: From the county, from its township and its city: lists of all three cover a village.
GIVERS = ("999901", "999901", "999901", "999901001", "9999")
FIRST, LAST = datetime.date(2025, 6, 1), datetime.date(2026, 11, 20)
_KINDS = ("lifted_out", "dibao", "tekun", "sudden", "dibao_margin")


def world(chance: random.Random, homes: int, rows: int) -> facts.World:
    """Return so many households, and about so many rows of each dataset that a standard looks at."""
    made = _homes(chance, homes)
    people = [*sorted({person.key for home in made for person in home.people}), "无名"]
    deliveries: list[facts.Delivery] = []
    told: list[facts.Row] = []
    for code in sorted({code for each in standards().values() for code in each.datasets}):
        for delivery, some in _delivered(chance, contracts()[code], len(deliveries), people, rows):
            deliveries.append(delivery)
            told += some
    return facts.World(tuple(made), tuple(deliveries), tuple(told))


def _homes(chance: random.Random, homes: int) -> list[facts.Household]:
    made: list[facts.Household] = []
    for number in range(homes):
        people = tuple(_person(chance, f"人{number}-{place}") for place in range(chance.randint(1, 4)))
        moved = [each for home in made for each in home.people if each.left_on and not each.died]
        known = {each.key for each in people}
        people += tuple(
            facts.Person(each.key, each.born_on)
            for each in moved[:1]
            if chance.random() < 0.3 and not _lives(made, each.key) and each.key not in known
        )
        held = tuple(_held(chance, people) for _each in range(chance.choice((0, 0, 1))))
        made.append(facts.Household(f"户{number}", chance.choice(VILLAGES), people, held))
    return made


def _lives(made: list[facts.Household], key: str) -> bool:
    return any(each.key == key and not each.left_on for home in made for each in home.people)


def _person(chance: random.Random, key: str) -> facts.Person:
    born = None if chance.random() < 0.05 else _day(chance, datetime.date(1940, 1, 1), LAST)
    left = _day(chance) if chance.random() < 0.2 else None
    return facts.Person(key, born, left, left is not None and chance.random() < 0.5)


def _held(chance: random.Random, people: tuple[facts.Person, ...]) -> facts.Held:
    person = chance.choice([None, *(each.key for each in people)])
    begin = chance.choice([None, _day(chance)])
    until = chance.choice([None, _day(chance)])
    if begin and until and until < begin:
        begin, until = until, begin
    return facts.Held(chance.choice(_KINDS), begin, until, person)


def _delivered(
    chance: random.Random, contract: Contract, before: int, people: list[str], rows: int
) -> list[tuple[facts.Delivery, list[facts.Row]]]:
    """Return deliveries of one dataset; events and states of one area, lists of several."""
    made: list[tuple[facts.Delivery, list[facts.Row]]] = []
    for _each in range(chance.randint(1, 4)):
        period = _period(chance)
        giver = chance.choice(GIVERS) if contract.kind is DatasetKind.ROLL else "999901"
        if any((each.period, each.area) == (period, giver) for each, _rows in made):
            continue  # another one would take the place of a list
        delivery = facts.Delivery(before + len(made) + 1, contract.code, giver, period)
        lines = range(2, 2 + chance.randint(0, rows))
        made.append((delivery, [a_row(chance, contract, delivery, line, people) for line in lines]))
    return made


def _period(chance: random.Random) -> Period:
    day = _day(chance)
    found = read_period(chance.choice([f"{day:%Y-%m}", f"{day:%Y-%m}", f"{day:%Y}", day.isoformat()]))
    assert isinstance(found, Period)
    return found


def a_row(
    chance: random.Random, contract: Contract, delivery: facts.Delivery, line: int, people: list[str]
) -> facts.Row:
    """Return a row of a dataset about one of `people`, with values by chance."""
    values = {
        column.header: _cell(chance, column)
        for column in contract.columns
        if column.header != contract.subject and (column.required or chance.random() < 0.7)
    }
    return facts.Row(delivery, line, chance.choice(people), values)


def _cell(chance: random.Random, column: Column) -> Any:
    match column.type:
        case CellType.DAY:
            return _day(chance)
        case CellType.MONEY | CellType.DECIMAL:
            return (
                Decimal(chance.choice((0, 100, 999_999, 1_000_000, 2_600_000, chance.randint(0, 4_000_000))))
                / 100
            )
        case CellType.COUNT:
            return chance.choice((0, 29, 30, 31, 90))
        case CellType.YEAR:
            return chance.choice((2025, 2026, 2027))
        case CellType.YES_NO:
            return chance.random() < 0.5
        case CellType.CODE:
            return chance.choice(column.codes).value
        case CellType.ID_NUMBER:
            return None
        case _:
            return f"文{chance.randint(1, 40)}"


def _day(chance: random.Random, first: datetime.date = FIRST, last: datetime.date = LAST) -> datetime.date:
    return first + datetime.timedelta(days=chance.randint(0, (last - first).days))
