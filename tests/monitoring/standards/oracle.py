"""A slow evaluator of standards in plain Python, written from the declarations and datasets.md section 7 alone.

    answer = Oracle(world, as_of, law).ask(standard, under="999901")

The engine is held against it: same findings, same subjects, same silence. It reads every row for every subject.
"""

from collections.abc import Iterable

from foundation.regulations.units import Population
from monitoring.screening.standard import Standard
from monitoring.screening.terms import About, AgeOn, Dead, Kind, Span
from tests.monitoring.standards.conditions import fulfils
from tests.monitoring.standards.facts import Answer, Day, Finding, Household, Law, Line, Row, World
from tests.monitoring.standards.judging import YES, Judged, judge, total, value
from tests.monitoring.standards.lists import Lists, day_of, first_day
from tests.monitoring.standards.register import Register


class Oracle:
    """The whole world on one day."""

    def __init__(self, world: World, as_of: Day, law: Law) -> None:
        """Look at the register and the lists as they are on the day."""
        self.world, self.as_of, self.law = world, as_of, law
        self.register, self.lists = Register(world, as_of, law), Lists(world, as_of)

    def ask(self, standard: Standard, under: str = "") -> Answer:
        """Evaluate one standard for the households under an area."""
        answer, lines = (
            Answer(),
            [self.law.line(standard.line, under, self.as_of, each) for each in Population],
        )
        for household in (each for each in self.world.households if each.area.startswith(under)):
            line = self.law.line(
                standard.line, household.area, self.as_of, self.register.population(household)
            )
            lines.append(line)
            if line is not None and not self._left_out(standard, household):
                for person in self._subjects(standard, household):
                    self._judge(standard, household, person, line, answer)
        answer.silent = all(line is None for line in lines)
        return answer

    def _left_out(self, standard: Standard, household: Household) -> bool:
        empty = not self.register.living(household) and not standard.excludes.empty_households_count
        return empty or self.register.population(household) in standard.excludes.classes

    def _subjects(self, standard: Standard, household: Household) -> list[str]:
        """Return the people to ask about, or "" for the household as one."""
        if standard.about is About.HOUSEHOLD:
            return [""]
        return [
            each.key for each in household.people if self.register.home(each.key, self.as_of) is household
        ]

    def _rows(self, standard: Standard, household: Household, person: str) -> list[Row]:
        """Return the rows of the measured dataset that are looked at for one subject."""
        measure = standard.measure
        first = first_day(measure.window, self.as_of)
        rows = [
            row
            for row in self._own(self.lists.held(measure.dataset), household, person)
            if day_of(row) >= first
        ]
        rows = [row for row in rows if self._counts(standard, row, person)]
        for condition in measure.where:
            rows = [row for row in rows if fulfils(row, condition, self.as_of, rows)]
        return [row for row in rows if not measure.column or value(row, measure) is not None]

    def _own(self, rows: Iterable[Row], household: Household, person: str) -> list[Row]:
        if person:
            return [row for row in rows if row.person == person]
        return [row for row in rows if self.register.home(row.person, day_of(row)) is household]

    def _counts(self, standard: Standard, row: Row, person: str) -> bool:
        """Say whether death or age leaves a row out."""
        death, ages = self.register.deaths.get(row.person), standard.excludes.ages
        if death and standard.excludes.dead is Dead.PERSON:
            return False
        if death and person and standard.excludes.dead is Dead.LATER_ROWS and day_of(row) > death:
            return False
        if ages is None:
            return True
        years = self.register.age(row.person, day_of(row) if ages.on is AgeOn.ROW else self.as_of)
        return years is not None and ages.least <= years <= ages.most

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
            roll = self.lists.roll(standard.also_in, household.area, 0) or []
            listed = self._own(roll, household, person)
            measured, holding, fires = judge(standard.measure, rows, line, self.as_of)
            return measured, [*holding, *listed], fires and bool(listed)
        return judge(standard.measure, rows, line, self.as_of)

    def _absent(self, standard: Standard, household: Household, person: str, line: Line) -> Judged | None:
        newest = self.lists.roll(standard.measure.dataset, household.area, 0)
        before = self.lists.roll(standard.measure.dataset, household.area, 1)
        rows = [
            row for row in self._own(before or [], household, person) if self._counts(standard, row, person)
        ]
        if newest is None or not rows:
            return None
        gone = not self._own(newest, household, person)
        return YES, rows, gone and line.comparator.reached(YES, line.amount)

    def _fallen(self, standard: Standard, household: Household, person: str, line: Line) -> Judged | None:
        """Compare two lists: who is dead counts in the earlier one alone."""
        newest = self.lists.roll(standard.measure.dataset, household.area, 0)
        before = self.lists.roll(standard.measure.dataset, household.area, 1)
        if newest is None or before is None:
            return None
        old = self._own(before, household, person)
        new = [row for row in self._own(newest, household, person) if self._counts(standard, row, person)]
        fall = total(old, standard.measure) - total(new, standard.measure)
        measured = YES if line.yes else fall
        fires = fall > 0 and line.comparator.reached(measured, line.amount)
        return (measured, [*old, *new], fires) if old else None
