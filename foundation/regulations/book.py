"""The book of values in memory: who asks where, for which day and whom, gets the one value that holds.

Pure: a book is built from rows and never asks the database again. Order of the lookup at each area, from the
asked one upward to the whole country: approved local values before shipped ones, values for the asked class
before those for everybody, then the latest day. An ended line is passed over. Nothing found is silence, not zero.
"""

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from django.utils.translation import gettext as _

from foundation.accounts.models.areas import ancestors
from foundation.regulations.expressions import NoResultError, Quantity, Reference, references, work_out
from foundation.regulations.models.values import WHOLE_COUNTRY, Kind, Origin, Subject, Value
from foundation.regulations.units import Comparator, Unit, in_language, plain, rounded, written

Line = tuple[str, str, str, str]  # subject, area, origin, population


@dataclass(frozen=True, slots=True)
class Resolved:
    """The answer to one lookup: what holds, where it comes from, and how it was worked out.

    `value` is the row that answers, None where nothing is in force. `amount` is in `unit`, rounded once.
    `terms` are the answers that an expression was worked out from. `why_silent` is a sentence.
    """

    subject: Subject
    area: str
    on: datetime.date
    value: Value | None = None
    amount: Decimal | None = None
    worked: str = ""
    terms: tuple["Resolved", ...] = field(default=())
    why_silent: str = ""

    @property
    def silent(self) -> bool:
        """Whether there is nothing to go by. A zero is an answer; silence is not."""
        return self.value is None or bool(self.why_silent)

    @property
    def unit(self) -> Unit:
        """Unit of the amount."""
        return Unit(self.value.unit if self.value else self.subject.units[0])

    @property
    def comparator(self) -> Comparator:
        """How something is held against the amount; at least it, unless the value says otherwise."""
        return Comparator(self.value.comparator if self.value and self.value.comparator else ">=")

    @property
    def yes(self) -> bool:
        """Answer of a yes/no value; silence is no."""
        return bool(self.amount)

    @property
    def code(self) -> str:
        """Code of a text that was chosen from the subject's permitted ones; empty for free texts."""
        return self.items[0]["code"] if self.value and self.value.kind == Kind.TEXT and self.items else ""

    @property
    def items(self) -> list[dict[str, str]]:
        """Items of a list, each with code, zh, en."""
        return list(self.value.items) if self.value and not self.silent else []

    @property
    def text(self) -> str:
        """What the page shows: amount with unit (a line with ≥ or > before it), text, names of a list, or nothing."""
        if self.value is None or self.silent:
            return ""
        if self.value.kind == Kind.TEXT:
            return self.value.text
        if self.value.kind == Kind.LIST:
            return "、".join(in_language(item["zh"], item["en"]) for item in self.items)
        amount = written(self.amount or Decimal(0), self.unit)
        return f"{self.comparator.sign} {amount}" if self.value.comparator else amount

    @property
    def is_proposal(self) -> bool:
        """Whether no document stands behind this answer, or behind one it was worked out from."""
        return bool(self.value and self.value.is_proposal) or any(term.is_proposal for term in self.terms)

    @property
    def needs_renewal(self) -> bool:
        """Whether this answer is of an earlier year than asked for, though it is renewed each year.

        A sum renews itself with its terms.
        """
        if self.value is None:
            return False
        if self.value.kind == Kind.EXPRESSION:
            return any(term.needs_renewal for term in self.terms)
        return self.subject.yearly and self.value.from_day.year < self.on.year


class Book:
    """All values, ordered for looking up; build one and ask it as often as needed."""

    def __init__(self, subjects: Iterable[Subject], values: Iterable[Value]) -> None:
        """Order the rows by line: subject, area, origin, class, then day."""
        self.subjects = {subject.key: subject for subject in subjects}
        self._lines: dict[Line, list[Value]] = {}
        for value in sorted(values, key=lambda row: row.from_day):
            line = (value.subject_id, value.area, value.origin, value.population)
            self._lines.setdefault(line, []).append(value)

    def values(self) -> Iterator[Value]:
        """Go through all rows."""
        for line in self._lines.values():
            yield from line

    def with_value(self, extra: Value) -> "Book":
        """Return a book in which `extra` stands too, instead of a row of the same line and day."""
        same = (extra.subject_id, extra.area, extra.origin, extra.population, extra.from_day)
        rows = (
            row
            for row in self.values()
            if (row.subject_id, row.area, row.origin, row.population, row.from_day) != same
        )
        return Book(self.subjects.values(), [*rows, extra])

    def row(self, key: str, area: str, on: datetime.date, klass: str = "") -> Value | None:
        """Return the row that holds, or None."""
        for here in (area, *reversed(ancestors(area)), WHOLE_COUNTRY):
            for origin in (Origin.LOCAL, Origin.SHIPPED):
                for population in dict.fromkeys((klass, "")):
                    row = self._latest((key, here, origin.value, population), on)
                    if row is not None and row.kind != Kind.ENDED:
                        return row
        return None

    def resolve(self, key: str, area: str, on: datetime.date, klass: str = "") -> Resolved:
        """Return what holds; a sum of other values is worked out for the asked area, day and class."""
        subject = self.subjects[key]
        row = self.row(key, area, on, klass)
        if row is None:
            return Resolved(subject, area, on, why_silent=_("no value is in force"))
        if row.kind != Kind.EXPRESSION:
            return Resolved(subject, area, on, row, amount=None if row.amount is None else plain(row.amount))
        return self._work_out(subject, row, area, on, klass)

    def dependants(self, key: str) -> set[str]:
        """Return the subjects that have a sum in which `key` stands, directly or through others."""
        found: set[str] = set()
        edge = {key}
        while edge:
            edge = {
                row.subject_id
                for row in self.values()
                if row.expression and edge & {each.name for each in references(row.expression)}
            } - found
            found |= edge
        return found

    def _latest(self, line: Line, on: datetime.date) -> Value | None:
        rows = self._lines.get(line, [])
        place = bisect_right(rows, on, key=lambda row: row.from_day)
        return rows[place - 1] if place else None

    def _work_out(self, subject: Subject, row: Value, area: str, on: datetime.date, klass: str) -> Resolved:
        terms: list[Resolved] = []

        def find(reference: Reference) -> Quantity:
            term = self._term(reference, area, on, klass)
            terms.append(term)
            if term.silent or term.amount is None:
                raise NoResultError(_("“%(name)s” is not known") % {"name": term.subject.label})
            return Quantity(term.amount, term.unit, f"{plain(term.amount):,f}")

        try:
            with localcontext(prec=28):
                result = work_out(row.expression, find)
        except NoResultError as reason:
            sentence = _("the sum cannot be worked out: %(reason)s") % {"reason": reason}
            return Resolved(subject, area, on, row, terms=tuple(terms), why_silent=sentence)
        unit = Unit(row.unit)
        amount = rounded(result.amount, unit)
        worked = f"{result.worked} = {written(amount, unit)}"
        return Resolved(subject, area, on, row, amount=amount, worked=worked, terms=tuple(terms))

    def _term(self, reference: Reference, area: str, on: datetime.date, klass: str) -> Resolved:
        """Return the value of a name; last year's is of that very year where the subject is a yearly one."""
        if not reference.last_year:
            return self.resolve(reference.name, area, on, klass)
        end = datetime.date(on.year - 1, 12, 31)
        term = self.resolve(reference.name, area, end, klass)
        if term.needs_renewal:
            return Resolved(
                term.subject, area, end, why_silent=_("there is no value of the year %(y)d") % {"y": end.year}
            )
        return term
