"""Which line a standard has somewhere on a day: the regulation value with its source, or the reason of its silence."""

import datetime
from dataclasses import dataclass

from foundation.regulations.book import Book, Resolved
from foundation.regulations.units import Unit
from monitoring.screening.standard import Standard


@dataclass(frozen=True, slots=True)
class LineHere:
    """The line of one population class ("" : of everybody)."""

    population: str
    answer: Resolved

    @property
    def silent(self) -> bool:
        """Whether nothing is in force, or the value says no."""
        return self.answer.silent or (self.answer.unit is Unit.YES_NO and not self.answer.yes)


def lines_here(standard: Standard, area: str, on: datetime.date, book: Book) -> list[LineHere]:
    """Return the line of every class that the regulation value tells apart."""
    classes = book.subjects[standard.line].classes or [""]
    return [LineHere(each, book.resolve(standard.line, area, on, each)) for each in classes]


def is_silent(standard: Standard, area: str, on: datetime.date, book: Book) -> bool:
    """Say whether the standard has no line for anybody in an area on a day: nothing is in force, or it says no."""
    return all(line.silent for line in lines_here(standard, area, on, book))
