"""The brake: a standard that suddenly finds many more, or by another line, does not raise before a person has looked.

Held are only findings that would be new. What was held stays held when it is found again, until somebody releases it.
"""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils.translation import gettext_lazy as _

from foundation.regulations.book import Book
from monitoring.models import Run, RunStandard
from monitoring.screening.standard import Standard
from monitoring.screening.terms import EventKind

#: Why findings are held: codes of Finding.held_because.
MORE_THAN_USUAL, LINE_CHANGED, CONTRACT_CHANGED, REFUSED = "more_than_usual", "line", "contract", "refused"
WORDS = {
    MORE_THAN_USUAL: _("many more than usual"),
    LINE_CHANGED: _("the line or its unit changed"),
    CONTRACT_CHANGED: _("the contract of the dataset changed"),
    REFUSED: _("refused by a person"),
}
#: Regulation values: how many times the usual number, and how many households at least.
FACTOR, FLOOR = "brake_factor", "brake_floor"
_RUNS_LOOKED_AT, _RUNS_NEEDED = 6, 3


@dataclass(frozen=True, slots=True)
class Found:
    """What a standard found in one area in this run, and by which line and contract."""

    findings: int
    households: int
    basis: dict[str, str]


def held_because(standard: Standard, area: str, found: Found, run: Run, book: Book) -> str:
    """Return why the new findings of a standard in an area are held, or ""."""
    if standard.event_kind is EventKind.DISASTER:
        return ""
    earlier = before(standard.code, area, run)
    if earlier and (changed := _changed(earlier[0].basis.get(area, {}), found.basis)):
        return changed
    usual = [each.found[area] for each in that_found(earlier, area)]
    if len(usual) < _RUNS_NEEDED or found.households <= amount(FLOOR, area, run, book):
        return ""
    most = amount(FACTOR, area, run, book) * Decimal(median(usual))
    return MORE_THAN_USUAL if found.findings > most else ""


def that_found(earlier: list[RunStandard], area: str) -> list[RunStandard]:
    """Return of earlier results those by which what is usual is told: the last six that found anything."""
    return [each for each in earlier if each.found.get(area)][:_RUNS_LOOKED_AT]


def before(standard: str, area: str, run: Run) -> list[RunStandard]:
    """Return what the standard came to in earlier runs of the area, the newest first."""
    rows = RunStandard.objects.filter(
        standard=standard,
        run__looks_back=False,
        run__ended_at__isnull=False,
        run__pk__lt=run.pk,
        basis__has_key=area,
        error="",
    )
    return list(rows.select_related("run").order_by("-run_id")[:100])


def _changed(earlier: dict[str, str], now: dict[str, str]) -> str:
    """Return what changed; a standard that was silent before has no line that could have changed."""
    if not earlier.get("line") or not now.get("line"):
        return ""
    if earlier["line"] != now["line"]:
        return LINE_CHANGED
    return CONTRACT_CHANGED if earlier.get("contract") != now.get("contract") else ""


def amount(key: str, area: str, run: Run, book: Book) -> Decimal:
    """Return a value of the brake (FACTOR, FLOOR) in an area on the day of a run."""
    return book.resolve(key, area, run.as_of).amount or Decimal(0)
