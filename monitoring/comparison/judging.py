"""Ask one compiled standard, and turn what it says into answers with their rows."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F

from foundation.regulations.models.values import Kind as ValueKind
from foundation.regulations.units import Comparator, Unit
from foundation.tables.duck import Tables
from households.models import Resident
from monitoring.comparison.answers import Answer, Judged, Row, digest_of, four_places
from monitoring.comparison.asked import Asked
from monitoring.comparison.compiling import compiled
from monitoring.comparison.lines import Lines, amount_of, source_of
from monitoring.comparison.rows import Feeds
from monitoring.intake.matching import name_differs
from monitoring.screening.standard import Standard
from monitoring.screening.terms import Kind, Span
from monitoring.screening.windows import first_day

_NAMES_AT_ONCE = 20_000


def judged_of(
    tables: Tables, asked: Asked, standard: Standard, lines: Lines, feeds: Feeds, answer: Answer
) -> None:
    """Fill the answer of a standard: who is over the line, or everybody where everything is asked for."""
    told = compiled(standard, asked.as_of, everything=asked.everything)
    answer.line_digest = lines.digest(standard)
    answer.contract = feeds.contracts[standard.measure.dataset]
    tables.run(f"CREATE OR REPLACE TABLE answered AS {told.answer}", told.bound.within(told.answer))
    answer.subjects = tables.one("SELECT count(*) FROM answered WHERE left_out = ''")
    if not asked.everything:
        tables.run("DELETE FROM answered WHERE NOT fires")
    if not tables.one("SELECT count(*) FROM answered"):
        return
    proof = tables.rows(_proved(told.proof), told.bound.within(told.proof))
    around = _Around(asked, standard, lines, feeds, _consulted(tables, standard))
    found = [around.judged(each) for each in proof]
    answer.judged = _with_names(_once(found))
    answer.used = [lines.answers[place] for place in sorted(around.sources)]


def _proved(proof: str) -> str:
    """Return the query of the answers that were kept, each with its rows, oldest first.

    Below the line all rows are shown that were looked at; over it those that counted.
    """
    return f"""SELECT one.household, one.resident, any_value(one.left_out), any_value(one.area),
            any_value(one.population), any_value(one.place), any_value(one.measured), any_value(one.base),
            any_value(one.fires), list({{'delivery': row.delivery, 'line': row.line, 'sheet': row.sheet,
                'seq': row.seq, 'day': row.day, 'said': row.said}} ORDER BY row.day, row.receipt, row.seq),
            list(DISTINCT {{'subject': CAST(row.subject AS VARCHAR), 'name': row.said_name}})
        FROM answered AS one JOIN ({proof}) AS row
            ON row.household = one.household AND row.resident IS NOT DISTINCT FROM one.resident
            AND (row.left_out = one.left_out OR one.left_out = '' AND row.left_out = '')
        WHERE row.counted OR NOT one.fires
        GROUP BY one.household, one.resident, one.left_out ORDER BY 1, 2 NULLS FIRST"""  # noqa: S608


def _once(found: Sequence[tuple[Judged, Any]]) -> list[tuple[Judged, Any]]:
    """Keep of each subject the answer of the rows that count; why others do not, only where none does."""
    counted = {(each.household, each.resident) for each, _said in found if not each.excluded}
    kept: dict[tuple[int, int | None], tuple[Judged, Any]] = {}
    for each, said in found:
        subject = each.household, each.resident
        if not each.excluded:
            kept[subject] = each, said
        elif subject not in counted:
            kept.setdefault(subject, (each, said))
    return list(kept.values())


class _Around:
    """What the answers of one standard have in common."""

    def __init__(
        self,
        asked: Asked,
        standard: Standard,
        lines: Lines,
        feeds: Feeds,
        consulted: dict[str, tuple[datetime.date | None, tuple[int, ...]]],
    ) -> None:
        self.asked, self.standard, self.lines, self.feeds = asked, standard, lines, feeds
        self.consulted = consulted
        self.first = first_day(standard.measure.window, asked.as_of)
        self.sources: dict[int, tuple[Decimal, int | None, str, str]] = {}

    def judged(self, told: Sequence[Any]) -> tuple[Judged, Any]:
        """Return one answer, and who its rows name."""
        household, resident, left_out, area, population, place, measured, base, fires, rows, named = told
        amount, value, source, comparator = self._line(place)
        if self.standard.measure.fell_from:
            measured = (base - measured) / base if base else Decimal(0)
        evidence = tuple(
            Row(
                row["delivery"], self.feeds.digests[row["delivery"]], row["line"], row["sheet"], row["seq"],
                row["day"], row["said"] or "",
            )
            for row in rows
        )  # fmt: skip
        before, consulted = self.consulted.get(area, (None, ()))
        digest = digest_of(
            {
                "standard": self.standard.code,
                "household": household,
                "resident": resident,
                "measured": f"{four_places(measured):f}",
                "line": f"{four_places(amount):f}",
                "comparator": comparator,
                "rows": [row.plain() for row in evidence],
            }
        )
        judged = Judged(
            self.standard.code, household, resident, area, population, measured, amount, comparator, value, source,
            bool(fires) and not left_out, left_out, max(row.day for row in evidence), self.first or before,
            self.asked.as_of, evidence, consulted, False, digest,
        )  # fmt: skip
        return judged, named

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


def _with_names(found: list[tuple[Judged, Any]]) -> list[Judged]:
    """Mark the answers of which a row was delivered under another name than the register's; no name is kept."""
    wanted = sorted({each["subject"] for _judged, said in found for each in said})
    known: dict[str, str] = {}
    for start in range(0, len(wanted), _NAMES_AT_ONCE):
        known |= _names(wanted[start : start + _NAMES_AT_ONCE])
    return [
        _marked(judged, any(_differs(each["name"], known.get(each["subject"])) for each in said))
        for judged, said in found
    ]


def _marked(judged: Judged, differs: bool) -> Judged:
    return dataclasses.replace(judged, name_differs=True) if differs else judged


def _differs(said: str | None, known: str | None) -> bool:
    return bool(said) and bool(known) and said != known and name_differs(said or "", known or "")


def _names(subjects: Iterable[str]) -> dict[str, str]:
    """Return registered names; of somebody registered twice the one under which they live now."""
    rows = Resident.objects.filter(identity__in=list(subjects)).order_by(
        F("left_on").asc(nulls_last=True), "id"
    )
    return {str(subject): name for subject, name in rows.values_list("identity", "name")}
