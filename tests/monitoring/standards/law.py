"""The shipped regulation values as the law of an oracle, without a database; a case may add lines of its own."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from foundation.regulations.book import Book
from foundation.regulations.files import SubjectFile, read_folder
from foundation.regulations.models import Subject, Value
from foundation.regulations.models.values import Kind, Origin
from foundation.regulations.units import Unit
from tests.monitoring.standards.facts import Day, Line

_MONITORED = ("unstable", "marginal", "sudden")


class ShippedLaw:
    """What the files of values say, and `more` values beside them, as a case writes them."""

    def __init__(self, more: Iterable[Mapping[str, Any]] = (), book: Book | None = None) -> None:
        """Take the shipped book, or another one, with the lines of a case added."""
        self.book = book or shipped()
        for told in more:
            self.book = self.book.with_value(_value(self.book, told))

    def line(self, key: str, area: str, on: Day, klass: str) -> Line | None:
        """Return the line in force; a yes/no line that says no is none."""
        answer = self.book.resolve(key, area, on, klass)
        if answer.silent or answer.amount is None:
            return None
        if answer.unit is Unit.YES_NO:
            return Line(Decimal(1), yes=True) if answer.yes else None
        return Line(answer.amount, answer.comparator)

    def low_income(self, area: str, on: Day) -> Collection[str]:
        """Return what counts as low-income; the three categories stand for monitored households."""
        codes = {item["code"] for item in self.book.resolve("low_income_standings", area, on).items}
        return codes - {"monitored"} | (set(_MONITORED) if "monitored" in codes else set())


@cache
def shipped() -> Book:
    """Return the book of the shipped files."""
    return book_of(read_folder())


def book_of(files: Mapping[str, SubjectFile]) -> Book:
    """Return the book of files that were read, without a database."""
    subjects = {
        key: Subject(key=key, file=read.name, digest=read.digest, **read.subject)
        for key, read in files.items()
    }
    values = [
        Value(subject=subjects[key], origin=Origin.SHIPPED, **columns)
        for key, read in files.items()
        for columns in read.values
    ]
    return Book(subjects.values(), values)


def _value(book: Book, told: Mapping[str, Any]) -> Value:
    """Return a local value: an amount, `false` where a yes/no line says no, or `ended`."""
    amount, subject = told["amount"], book.subjects[told["key"]]
    kind = Kind.ENDED if amount == "ended" else Kind.YES_NO if isinstance(amount, bool) else Kind.AMOUNT
    return Value(
        subject=subject,
        area=told.get("area", ""),
        population=told.get("class", ""),
        from_day=told["from"],
        origin=Origin.LOCAL,
        kind=kind.value,
        unit=subject.units[0],
        amount=None if kind is Kind.ENDED else Decimal(amount),
        comparator=told.get("comparator", ">=" if subject.compared and kind is Kind.AMOUNT else ""),
    )
