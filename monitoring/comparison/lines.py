"""The lines of standards for the villages of a comparison, as a table; nearest area wins, by class and day."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from foundation.ledger.record import canonical
from foundation.regulations.book import Resolved
from foundation.regulations.sources import UNDATED, SourceKind
from foundation.regulations.units import Comparator, Population, Unit, in_language
from foundation.tables.duck import Tables
from monitoring.comparison.asked import Asked
from monitoring.screening.standard import Standard

_COLUMNS = {
    "standard": "VARCHAR",
    "area": "VARCHAR",
    "population": "VARCHAR",
    "amount": "DECIMAL(18, 6)",
    "comparator": "VARCHAR",
    "yes": "BOOLEAN",
    "place": "INTEGER",
}


class Lines:
    """The answers behind the table `line`, by their place in it."""

    def __init__(self) -> None:
        """Begin without any."""
        self.answers: list[Resolved] = []
        self._speaking: dict[str, set[tuple[str, str, str, str]]] = {}

    def make(self, tables: Tables, standards: Sequence[Standard], areas: Sequence[str], asked: Asked) -> None:
        """Make `line` of every standard, village and class that has one."""
        tables.load("line", _COLUMNS, self._rows(standards, areas, asked))

    def silent(self, standard: Standard, asked: Asked) -> bool:
        """Say whether nobody has a line: neither a village nor the area that is asked about."""
        if standard.code in self._speaking:
            return False
        return all(
            amount_of(asked.book.resolve(standard.line, asked.under, asked.as_of, each)) is None
            for each in Population
        )

    def digest(self, standard: Standard) -> str:
        """Return a digest of the amounts, comparators and units in force, for the brake; "" where silent."""
        said = self._speaking.get(standard.code)
        return hashlib.sha256(canonical(sorted(map(list, said)))).hexdigest() if said else ""

    def _rows(
        self, standards: Sequence[Standard], areas: Iterable[str], asked: Asked
    ) -> Iterator[tuple[str, str, str, str, str, str, int]]:
        for area in areas:
            for standard in standards:
                for population in Population:
                    answer = asked.book.resolve(standard.line, area, asked.as_of, population)
                    amount = amount_of(answer)
                    if amount is None:
                        continue
                    yes = answer.unit is Unit.YES_NO
                    comparator = (Comparator.AT_LEAST if yes else answer.comparator).value
                    self._speaking.setdefault(standard.code, set()).add(
                        (population.value, f"{amount:f}", comparator, answer.unit.value)
                    )
                    self.answers.append(answer)
                    yield (
                        standard.code, area, population.value, f"{amount:f}", comparator,
                        "true" if yes else "false", len(self.answers) - 1,
                    )  # fmt: skip


def amount_of(answer: Resolved) -> Decimal | None:
    """Return the amount of a line, 1 where it is a mere yes; None where nothing is in force or it says no."""
    if answer.silent or answer.amount is None:
        return None
    if answer.unit is Unit.YES_NO:
        return Decimal(1) if answer.yes else None
    return answer.amount


def source_of(answer: Resolved) -> str:
    """Name where a line comes from, in one sentence; how it was worked out stands before it."""
    row = answer.value
    if row is None:
        return ""
    if row.source_kind == SourceKind.PROPOSAL:
        said = in_language(row.source_reason_zh, row.source_reason_en)
    else:
        issued = "" if row.source_issued == UNDATED else row.source_issued
        title = f"《{row.source_title}》" if row.source_kind == SourceKind.DOCUMENT else row.source_title
        parts = (title, row.source_number, row.source_clause, row.source_issuer, issued)
        said = " ".join(part for part in parts if part)
    return f"{answer.worked}; {said}" if answer.worked else said
