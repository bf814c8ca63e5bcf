"""Ask one compiled standard, and turn what it says into answers with their rows.

Two passes: the first finds who is over the line among everybody, the second brings the rows of those alone.
"""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from foundation.regulations.models.values import Kind as ValueKind
from foundation.regulations.units import Comparator, Unit
from foundation.tables.duck import Tables
from monitoring.comparison.answers import Answer, Judged, canonical_rows, digest_of, four_places
from monitoring.comparison.asked import Asked
from monitoring.comparison.compiling import compiled
from monitoring.comparison.lines import Lines, amount_of, source_of
from monitoring.comparison.looking import ANSWERED_HOMES, HOMES
from monitoring.comparison.naming import Names
from monitoring.comparison.rows import Feeds
from monitoring.screening.standard import Standard
from monitoring.screening.terms import Kind, Span
from monitoring.screening.windows import first_day

#: The answers that were kept, each with its rows, oldest first. Below the line all rows are shown that were looked at;
#: over it those that counted. `said` has the members of a row in the order of canonical JSON.
_PROVED = """
    CREATE OR REPLACE TABLE proved AS
    SELECT one.household, one.resident, one.left_out, row.day, row.receipt, row.seq, origin.subject, origin.said_name,
        {{'day': row.day, 'delivery': row.delivery, 'digest': batch.digest, 'line': origin.line, 'seq': row.seq,
            'sheet': origin.sheet, 'value': coalesce(row.said, '')}} AS said
    FROM answered AS one JOIN ({proof}) AS row
        ON row.household = one.household AND row.resident IS NOT DISTINCT FROM one.resident
        AND (row.left_out = one.left_out OR one.left_out = '' AND row.left_out = '')
    JOIN ({origin}) AS origin ON origin.delivery = row.delivery AND origin.seq = row.seq
    JOIN batch ON batch.delivery = row.delivery
    WHERE row.counted OR NOT one.fires
"""
_TOLD = """
    SELECT one.household, one.resident, one.left_out, one.area, one.population, one.place, one.measured, one.base,
        one.fires, proof.day, proof.count, proof.rows, proof.name_differs
    FROM answered AS one JOIN (
        SELECT household, resident, left_out, max(day) AS day, count(*) AS count,
            CAST(to_json(list(said ORDER BY day, receipt, seq)) AS VARCHAR) AS rows,
            bool_or((subject, said_name) IN (SELECT (subject, said_name) FROM misnamed)) AS name_differs
        FROM proved GROUP BY household, resident, left_out
    ) AS proof ON proof.household = one.household AND proof.resident IS NOT DISTINCT FROM one.resident
        AND proof.left_out = one.left_out
    ORDER BY 1, 2 NULLS FIRST
"""


class Judge:
    """Asks the standards of one comparison, one after the other, on one connection."""

    def __init__(self, tables: Tables, asked: Asked, standards: Sequence[Standard], lines: Lines) -> None:
        """Ask about the households of `tables`; datasets are read for all of `standards`, when one needs them."""
        self._tables, self._asked, self._standards, self._lines = tables, asked, standards, lines
        self._feeds, self._names = Feeds(), Names()

    def judge(self, standard: Standard, answer: Answer) -> None:
        """Fill the answer of a standard: who is over the line, or everybody where everything is asked for."""
        tables, asked = self._tables, self._asked
        datasets = [code for code in (standard.measure.dataset, standard.also_in) if code]
        for code in datasets:
            self._feeds.need(tables, code, self._standards, asked)
        told = compiled(standard, asked.as_of, everything=asked.everything)
        answer.line_digest = self._lines.digest(standard)
        answer.contract = self._feeds.contracts[standard.measure.dataset]
        tables.run(f"CREATE OR REPLACE TABLE answered AS {told.answer}", told.bound.within(told.answer))
        answer.subjects = tables.one("SELECT count(*) FROM answered WHERE left_out = ''")
        if not asked.everything:
            tables.run("DELETE FROM answered WHERE NOT fires")
        if not tables.one("SELECT count(*) FROM answered"):
            return
        tables.run(
            f"CREATE OR REPLACE TABLE {ANSWERED_HOMES} AS FROM {HOMES} SEMI JOIN answered USING (household)"
        )
        proved = _PROVED.format(proof=told.proof, origin=self._feeds.origin(datasets))
        tables.run(proved, told.bound.within(told.proof))
        self._names.mark(tables, "proved")
        around = _Around(asked, standard, self._lines, _consulted(tables, standard))
        answer.judged = _once(around.judged(each) for each in tables.rows(_TOLD))
        answer.used = [self._lines.answers[place] for place in sorted(around.sources)]


def _once(found: Iterable[Judged]) -> list[Judged]:
    """Keep of each subject the answer of the rows that count; why others do not, only where none does."""
    kept: dict[tuple[int, int | None], Judged] = {}
    for each in found:
        subject = each.household, each.resident
        if subject not in kept or (kept[subject].excluded and not each.excluded):
            kept[subject] = each
    return list(kept.values())


class _Around:
    """What the answers of one standard have in common."""

    def __init__(
        self,
        asked: Asked,
        standard: Standard,
        lines: Lines,
        consulted: dict[str, tuple[datetime.date | None, tuple[int, ...]]],
    ) -> None:
        self.asked, self.standard, self.lines, self.consulted = asked, standard, lines, consulted
        self.first = first_day(standard.measure.window, asked.as_of)
        self.sources: dict[int, tuple[Decimal, int | None, str, str]] = {}

    def judged(self, told: Sequence[Any]) -> Judged:
        """Return one answer."""
        household, resident, left_out, area, population, place, measured, base, fires, *proved = told
        day, count, proof, name_differs = proved
        amount, value, source, comparator = self._line(place)
        if self.standard.measure.fell_from:
            measured = (base - measured) / base if base else Decimal(0)
        before, consulted = self.consulted.get(area, (None, ()))
        proof = canonical_rows(proof)
        digest = digest_of(
            {
                "standard": self.standard.code,
                "household": household,
                "resident": resident,
                "measured": f"{four_places(measured):f}",
                "line": f"{four_places(amount):f}",
                "comparator": comparator,
            },
            proof,
        )
        return Judged(
            self.standard.code, household, resident, area, population, measured, amount, comparator, value, source,
            bool(fires) and not left_out, left_out, day, self.first or before, self.asked.as_of, count, proof,
            consulted, bool(name_differs), digest,
        )  # fmt: skip

    def _line(self, place: int) -> tuple[Decimal, int | None, str, str]:
        if place not in self.sources:
            answer = self.lines.answers[place]
            single = answer.value is not None and answer.value.kind != ValueKind.EXPRESSION
            self.sources[place] = (
                amount_of(answer) or Decimal(0),
                answer.value.pk if answer.value is not None and single else None,
                source_of(answer),
                Comparator.AT_LEAST.value if answer.unit is Unit.YES_NO else answer.comparator.value,
            )
        return self.sources[place]


def _consulted(tables: Tables, standard: Standard) -> dict[str, tuple[datetime.date | None, tuple[int, ...]]]:
    """Return by village the last day of the list before, and the deliveries of the newest one, where lists decide."""
    if standard.measure.window.span is not Span.DELIVERY and standard.kind is not Kind.ABSENCE:
        return {}
    code = standard.measure.dataset
    found = tables.rows(
        f"""SELECT area, any_value(before), list(delivery ORDER BY delivery) FROM cover_{code} AS cover
        JOIN list_{code} AS list ON starts_with(area, from_area) AND last = newest GROUP BY area"""  # noqa: S608
    )
    return {area: (before, tuple(deliveries)) for area, before, deliveries in found}
