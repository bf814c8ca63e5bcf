"""Ask compiled standards, and turn what they say into answers with their rows.

Three passes: the first finds who is over the line of a standard among everybody, the second the rows of those alone.
When every standard has been asked, the third reads where these rows stand and whom they name, once for each dataset.
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

#: How many subjects there are, and the answers that are kept of them: of a whole county, few.
_ANSWERED = """
    CREATE OR REPLACE TABLE answered AS SELECT count(*) FILTER (WHERE left_out = '') AS subjects,
        list(one) FILTER (WHERE {kept}) AS kept
    FROM ({answer}) AS one
"""
#: The rows of the answers that were kept. Below the line all rows are shown that were looked at; over it those that
#: counted.
_PROVED = """
    CREATE OR REPLACE TABLE proof_of_{code} AS
    SELECT one.household, one.resident, one.left_out, row.day, row.receipt, row.delivery, row.seq, row.said
    FROM answer_of_{code} AS one JOIN ({proof}) AS row
        ON row.household = one.household AND row.resident IS NOT DISTINCT FROM one.resident
        AND (row.left_out = one.left_out OR one.left_out = '' AND row.left_out = '')
    WHERE row.counted OR NOT one.fires
"""
#: The answers with their rows, oldest first; the members of a row are in the order of canonical JSON.
_TOLD = """
    SELECT one.household, one.resident, one.left_out, one.area, one.population, one.place, one.measured, one.base,
        one.fires, proof.day, proof.count, proof.rows, proof.name_differs
    FROM answer_of_{code} AS one JOIN (
        SELECT household, resident, left_out, max(day) AS day, count(*) AS count,
            CAST(to_json(list({{'day': day, 'delivery': row.delivery, 'digest': batch.digest, 'line': origin.line,
                'seq': row.seq, 'sheet': origin.sheet, 'value': coalesce(said, '')}}
                ORDER BY day, receipt, row.seq)) AS VARCHAR) AS rows,
            bool_or((subject, said_name) IN (SELECT (subject, said_name) FROM misnamed)) AS name_differs
        FROM proof_of_{code} AS row
        JOIN ({origin}) AS origin ON origin.delivery = row.delivery AND origin.seq = row.seq
        JOIN batch ON batch.delivery = row.delivery
        GROUP BY household, resident, left_out
    ) AS proof ON proof.household = one.household AND proof.resident IS NOT DISTINCT FROM one.resident
        AND proof.left_out = one.left_out
    ORDER BY 1, 2 NULLS FIRST
"""


class Judge:
    """Asks the standards of one comparison on one connection: each is asked first, and then each tells."""

    def __init__(self, tables: Tables, asked: Asked, standards: Sequence[Standard], lines: Lines) -> None:
        """Ask about the households of `tables`; datasets are read for all of `standards`, when one needs them."""
        self._tables, self._asked, self._standards, self._lines = tables, asked, standards, lines
        self._feeds, self._names = Feeds(), Names()
        #: The standards that somebody is over the line of, by the datasets of their rows; and the datasets traced.
        self._proved: dict[str, list[str]] = {}
        self._traced: set[str] = set()

    def ask(self, standard: Standard, answer: Answer) -> None:
        """Find who is over the line of a standard, or everybody where everything is asked for, and their rows."""
        tables, asked, code = self._tables, self._asked, standard.code
        for dataset in _datasets(standard):
            self._feeds.need(tables, dataset, self._standards, asked)
        told = compiled(standard, asked.as_of, everything=asked.everything)
        answer.line_digest = self._lines.digest(standard)
        answer.contract = self._feeds.contracts[standard.measure.dataset]
        kept = "true" if asked.everything else "coalesce(fires, true)"
        tables.run(_ANSWERED.format(kept=kept, answer=told.answer), told.bound.within(told.answer))
        ((answer.subjects, over),) = tables.rows("SELECT subjects, coalesce(len(kept), 0) FROM answered")
        if not over:
            return
        tables.run(
            f"CREATE OR REPLACE TABLE answer_of_{code} AS SELECT unnest(kept, recursive := true) FROM answered"  # noqa: S608
        )
        tables.run(
            f"CREATE OR REPLACE TABLE {ANSWERED_HOMES} AS FROM {HOMES} SEMI JOIN answer_of_{code} USING (household)"
        )
        tables.run(_PROVED.format(code=code, proof=told.proof), told.bound.within(told.proof))
        for dataset in _datasets(standard):
            self._proved.setdefault(dataset, []).append(code)

    def tell(self, standard: Standard, answer: Answer) -> None:
        """Fill the answer of a standard that was asked."""
        datasets = _datasets(standard)
        if standard.code not in self._proved.get(datasets[0], ()):
            return
        for dataset in datasets:
            self._trace(dataset)
        origin = " UNION ALL ".join(f"FROM origin_of_{dataset}" for dataset in datasets)
        around = _Around(self._asked, standard, self._lines, _consulted(self._tables, standard))
        told = self._tables.rows(_TOLD.format(code=standard.code, origin=origin))
        answer.judged = _once(around.judged(each) for each in told)
        answer.used = [self._lines.answers[place] for place in sorted(around.sources)]

    def _trace(self, dataset: str) -> None:
        """Make `origin_of_DATASET`: where the rows of it stand that prove any answer, and whom they name."""
        if dataset in self._traced:
            return
        proofs = (f"SELECT delivery, seq FROM proof_of_{code}" for code in self._proved[dataset])  # noqa: S608
        self._tables.run(
            f"""CREATE OR REPLACE TABLE origin_of_{dataset} AS
            FROM ({self._feeds.origin(dataset)}) SEMI JOIN ({" UNION ".join(proofs)}) USING (delivery, seq)"""
        )
        self._names.mark(self._tables, f"origin_of_{dataset}")
        self._traced.add(dataset)


def _datasets(standard: Standard) -> list[str]:
    return [code for code in (standard.measure.dataset, standard.also_in) if code]


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
