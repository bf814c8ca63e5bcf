"""A slow evaluator of standards in plain Python, written from the declarations and datasets.md section 7 alone.

    answer = Oracle(world, as_of, law).ask(standard, under="999901")

The engine is held against it: same findings, same subjects, same silence. It reads every row for every subject.
"""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from foundation.regulations.units import Population
from monitoring.contracts.book import contract
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import Kind as DatasetKind
from monitoring.screening.standard import DEATHS, Measure, Standard, Window
from monitoring.screening.terms import About, AgeOn, Aggregation, Dead, Kind, Span
from tests.monitoring.standards.conditions import fulfils
from tests.monitoring.standards.facts import (
    Answer,
    Day,
    Finding,
    Household,
    Law,
    Line,
    Person,
    Row,
    World,
)

YES = Decimal(1)
#: Measured, the rows that counted, and whether it is on the wrong side of the line.
Judged = tuple[Decimal, Sequence[Row], bool]


class Oracle:
    """The whole world on one day."""

    def __init__(self, world: World, as_of: Day, law: Law) -> None:
        """Learn who is dead on the day; everything else is asked anew each time."""
        self.world, self.as_of, self.law = world, as_of, law
        self.deaths = self._deaths()

    def ask(self, standard: Standard, under: str = "") -> Answer:
        """Evaluate one standard for the households under an area."""
        answer, lines = (
            Answer(),
            [self.law.line(standard.line, under, self.as_of, each) for each in Population],
        )
        for household in (each for each in self.world.households if each.area.startswith(under)):
            line = self.law.line(standard.line, household.area, self.as_of, self._class(household))
            lines.append(line)
            if line is not None and not self._left_out(standard, household):
                for person in self._subjects(standard, household):
                    self._judge(standard, household, person, line, answer)
        answer.silent = all(line is None for line in lines)
        return answer

    # Who

    def home(self, key: str, on: Day) -> Household | None:
        """Return where somebody belongs on a day; the dead stay where they died."""
        stays = [
            (person.left_on if person.left_on and not person.died else Day.max, household)
            for household in self.world.households
            for person in household.people
            if person.key == key
        ]
        return next((place for left, place in sorted(stays, key=lambda stay: stay[0]) if left > on), None)

    def _living(self, household: Household) -> list[Person]:
        return [
            each
            for each in household.people
            if self.home(each.key, self.as_of) is household and each.key not in self.deaths
        ]

    def _class(self, household: Household) -> str:
        kinds = self.law.low_income(household.area, self.as_of)
        living = {each.key for each in self._living(household)}
        counted = any(
            held.kind in kinds
            and (held.person is None or held.person in living)
            and (held.from_day or Day.min) <= self.as_of <= (held.until_day or Day.max)
            for held in household.held
        )
        return Population.LOW_INCOME.value if counted else Population.OTHER.value

    def _left_out(self, standard: Standard, household: Household) -> bool:
        empty = not self._living(household) and not standard.excludes.empty_households_count
        return empty or self._class(household) in standard.excludes.classes

    def _subjects(self, standard: Standard, household: Household) -> list[str]:
        """Return the people to ask about, or "" for the household as one."""
        if standard.about is About.HOUSEHOLD:
            return [""]
        return [each.key for each in household.people if self.home(each.key, self.as_of) is household]

    def _deaths(self) -> dict[str, Day]:
        """Return by person the earliest day of death that the register or a dataset knows, up to the day."""
        told = [
            (each.key, each.left_on)
            for household in self.world.households
            for each in household.people
            if each.died and each.left_on
        ]
        for dataset, column in DEATHS.items():
            told += [
                (row.person, day_of(row))
                for row in self.held(dataset)
                if column is None or row.values.get(column[0]) == column[1]
            ]
        known: dict[str, Day] = {}
        for key, day in told:
            if day <= self.as_of:
                known[key] = min(day, known.get(key, day))
        return known

    # Which rows

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

    def _rows(self, standard: Standard, household: Household, person: str) -> list[Row]:
        """Return the rows of the measured dataset that are looked at for one subject."""
        measure = standard.measure
        first = first_day(measure.window, self.as_of)
        rows = [
            row for row in self._own(self.held(measure.dataset), household, person) if day_of(row) >= first
        ]
        rows = [row for row in rows if self._counts(standard, row, person)]
        for condition in measure.where:
            rows = [row for row in rows if fulfils(row, condition, self.as_of, rows)]
        return [row for row in rows if not measure.column or value(row, measure) is not None]

    def _own(self, rows: Iterable[Row], household: Household, person: str) -> list[Row]:
        if person:
            return [row for row in rows if row.person == person]
        return [row for row in rows if self.home(row.person, day_of(row)) is household]

    def _counts(self, standard: Standard, row: Row, person: str) -> bool:
        """Say whether death or age leaves a row out."""
        death, ages = self.deaths.get(row.person), standard.excludes.ages
        if death and standard.excludes.dead is Dead.PERSON:
            return False
        if death and person and standard.excludes.dead is Dead.LATER_ROWS and day_of(row) > death:
            return False
        if ages is None:
            return True
        years = self._age(row.person, day_of(row) if ages.on is AgeOn.ROW else self.as_of)
        return years is not None and ages.least <= years <= ages.most

    def _age(self, key: str, on: Day) -> int | None:
        born = next(
            (
                each.born_on
                for household in self.world.households
                for each in household.people
                if each.key == key and each.born_on
            ),
            None,
        )
        if born is None or born > on:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    # What it comes to

    def _judge(
        self, standard: Standard, household: Household, person: str, line: Line, answer: Answer
    ) -> None:
        judged = self._answer(standard, household, person, line)
        if judged is None:
            return
        answer.subjects += 1
        measured, rows, fires = judged
        if fires:
            day = max(day_of(row) for row in rows)
            answer.findings.append(
                Finding(standard.code, household.code, person, measured, line, tuple(rows), day)
            )

    def _answer(self, standard: Standard, household: Household, person: str, line: Line) -> Judged | None:
        """Return what is measured of one subject; None where it has no row that counts."""
        match standard.kind:
            case Kind.ABSENCE:
                return self._absent(standard, household, person, line)
            case Kind.CHANGE if standard.measure.window.span is Span.DELIVERY:
                return self._fallen(standard, household, person, line)
        rows = self._rows(standard, household, person)
        if not rows:
            return None
        if standard.kind is Kind.CONFLICT:
            roll = self.roll(standard.also_in, household.area, 0) or []
            listed = self._own(roll, household, person)
            measured, holding, fires = judge(standard.measure, rows, line, self.as_of)
            return measured, [*holding, *listed], fires and bool(listed)
        return judge(standard.measure, rows, line, self.as_of)

    def _absent(self, standard: Standard, household: Household, person: str, line: Line) -> Judged | None:
        newest = self.roll(standard.measure.dataset, household.area, 0)
        before = self.roll(standard.measure.dataset, household.area, 1)
        rows = [
            row for row in self._own(before or [], household, person) if self._counts(standard, row, person)
        ]
        if newest is None or not rows:
            return None
        gone = not self._own(newest, household, person)
        return YES, rows, gone and line.comparator.reached(YES, line.amount)

    def _fallen(self, standard: Standard, household: Household, person: str, line: Line) -> Judged | None:
        """Compare two lists: who is dead counts in the earlier one alone."""
        newest = self.roll(standard.measure.dataset, household.area, 0)
        before = self.roll(standard.measure.dataset, household.area, 1)
        if newest is None or before is None:
            return None
        old = self._own(before, household, person)
        new = [row for row in self._own(newest, household, person) if self._counts(standard, row, person)]
        fall = total(old, standard.measure) - total(new, standard.measure)
        measured = YES if line.yes else fall
        fires = fall > 0 and line.comparator.reached(measured, line.amount)
        return (measured, [*old, *new], fires) if old else None


def judge(measure: Measure, rows: list[Row], line: Line, as_of: Day) -> Judged:
    """Hold the rows of one subject against its line."""
    reached, held = line.comparator.reached, [each for each in rows if _holds(each, measure, as_of, rows)]
    match measure.aggregation:
        case Aggregation.SUM if measure.fell_from:
            before = sum((row.values[measure.fell_from] for row in rows), Decimal(0))
            share = (before - total(rows, measure)) / before if before > 0 else Decimal(0)
            return share, rows, before > 0 and reached(share, line.amount)
        case Aggregation.SUM:
            enough = any(fulfils(row, each, as_of, rows) for row in rows for each in measure.at_once)
            return total(rows, measure), rows, enough or reached(total(rows, measure), line.amount)
        case Aggregation.MAX:
            over = [row for row in rows if reached(number(row, measure), line.amount)]
            return max(number(row, measure) for row in rows), over, bool(over)
        case Aggregation.COUNT:
            return Decimal(len(rows)), rows, reached(Decimal(len(rows)), line.amount)
        case Aggregation.LAST:
            last = max(rows, key=_recency)
            measured = number(last, measure) if measure.column else YES
            return measured, [last], last in held and reached(measured, line.amount)
        case _:
            return YES, held, bool(held) and reached(YES, line.amount)


def day_of(row: Row) -> Day:
    """Return the day of a row: of its own column, else the last day of its period."""
    column = contract(row.delivery.dataset).day
    day: Day = row.values[column] if column else row.delivery.period.last
    return day


def value(row: Row, measure: Measure) -> Decimal | None:
    """Return what one row measures; None where the cell is empty. An empty cell takes nothing away."""
    amounts = [row.values.get(header) for header in (measure.column, measure.fell_from) if header]
    if any(amount is None for amount in amounts):
        return None
    return Decimal(amounts[0]) - sum(
        (row.values.get(each) or Decimal(0) for each in measure.less), Decimal(0)
    )


def number(row: Row, measure: Measure) -> Decimal:
    """Return what a row measures that has something to measure."""
    amount = value(row, measure)
    assert amount is not None
    return amount


def total(rows: Iterable[Row], measure: Measure) -> Decimal:
    """Return the sum of the rows."""
    return sum((number(row, measure) for row in rows), Decimal(0))


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


def _holds(row: Row, measure: Measure, as_of: Day, rows: Sequence[Row]) -> bool:
    return all(fulfils(row, each, as_of, rows) for each in measure.holds)


def _recency(row: Row) -> tuple[Day, int, int]:
    """Order rows: the newer day counts, then the later receipt, then the later line."""
    return day_of(row), row.delivery.number, row.line


def _receipt(row: Row) -> tuple[int, int]:
    return row.delivery.number, row.line


def _newest_of_each_key(told: Contract, rows: Iterable[Row]) -> list[Row]:
    """Keep one row of each key: of a state the newest, else the one received last."""
    order = _recency if told.kind is DatasetKind.STATE else _receipt
    kept: dict[tuple[object, ...], Row] = {}
    for row in sorted(rows, key=order):
        kept[tuple(row.person if header == told.subject else row.values[header] for header in told.key)] = row
    return list(kept.values())
