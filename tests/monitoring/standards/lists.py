"""Which rows there are on a day, for the oracle: datasets.md sections 3 and 6, one dataset at a time."""

import datetime
from collections.abc import Iterable

from monitoring.contracts.book import contract
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import Kind as DatasetKind
from monitoring.screening.standard import Window
from monitoring.screening.terms import Span
from tests.monitoring.standards.facts import Day, Row, World


class Lists:
    """Everything that was delivered, as it is on one day."""

    def __init__(self, world: World, as_of: Day) -> None:
        """Keep the world and the day."""
        self.world, self.as_of = world, as_of

    def held(self, dataset: str) -> list[Row]:
        """Return the rows of events or a state as they are on the day: of one key the one that counts."""
        told = contract(dataset)
        rows = [row for row in self.world.rows if row.delivery.dataset == dataset]
        if told.kind is DatasetKind.STATE:
            rows = [
                row for row in rows if row.delivery.period.last <= self.as_of and day_of(row) <= self.as_of
            ]
        return [row for row in _newest_of_each_key(told, rows) if day_of(row) <= self.as_of]

    def roll(self, dataset: str, area: str, back: int) -> list[Row] | None:
        """Return the newest list that covers an area (`back` 1: the one before it); None where there is none."""
        told = contract(dataset)
        covering = [
            each
            for each in self.world.deliveries
            if each.dataset == dataset and area.startswith(each.area) and each.period.last <= self.as_of
        ]
        ends = sorted({each.period.last for each in covering}, reverse=True)
        if len(ends) <= back:
            return None
        chosen = [each for each in covering if each.period.last == ends[back]]
        return _newest_of_each_key(told, [row for row in self.world.rows if row.delivery in chosen])


def day_of(row: Row) -> Day:
    """Return the day of a row: of its own column, else the last day of its period."""
    column = contract(row.delivery.dataset).day
    day: Day = row.values[column] if column else row.delivery.period.last
    return day


def first_day(window: Window, as_of: Day) -> Day:
    """Return the first day on which a row counts."""
    match window.span:
        case Span.CALENDAR_YEAR:
            return as_of.replace(month=1, day=1)
        case Span.SCHOOL_YEAR:
            return Day(as_of.year if as_of.month >= 9 else as_of.year - 1, 9, 1)
        case Span.HALF_YEAR:
            return as_of.replace(month=1 if as_of.month < 7 else 7, day=1)
        case Span.MONTHS:
            return _back(as_of, window.months) + datetime.timedelta(days=1)
        case _:
            return Day.min


def _back(day: Day, months: int) -> Day:
    """Return the same day so many months back; where that month is shorter, its last day."""
    place = day.year * 12 + day.month - 1 - months
    for candidate in (day.day, 30, 29, 28):
        try:
            return Day(place // 12, place % 12 + 1, min(candidate, day.day))
        except ValueError:
            continue
    raise AssertionError


def recency(row: Row) -> tuple[Day, int, int]:
    """Order rows: the newer day counts, then the later receipt, then the later line."""
    return day_of(row), row.delivery.number, row.line


def _receipt(row: Row) -> tuple[int, int]:
    return row.delivery.number, row.line


def _newest_of_each_key(told: Contract, rows: Iterable[Row]) -> list[Row]:
    """Keep one row of each key: of a state the newest, else the one received last."""
    order = recency if told.kind is DatasetKind.STATE else _receipt
    kept: dict[tuple[object, ...], Row] = {}
    for row in sorted(rows, key=order):
        kept[tuple(row.person if header == told.subject else row.values[header] for header in told.key)] = row
    return list(kept.values())
