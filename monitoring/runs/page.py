"""What the page of one comparison shows: its standards by theme, with counts, silence, errors and what has changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.desk.tables import Badge
from foundation.regulations.lookup import book
from monitoring.models import Run, RunStandard
from monitoring.runs import changes
from monitoring.runs.changes import Change
from monitoring.runs.places import changes_page
from monitoring.runs.tables import seconds
from monitoring.screening.lines import lines_here
from monitoring.screening.terms import Theme

_COUNTS = ("subjects", "findings", "new", "repeated", "cooled_down", "held", "retracted")


@dataclass(frozen=True, slots=True)
class Moved:
    """How many findings of a standard came, went or were taken back, and where they are listed."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Result:
    """What one standard came to: its counts, why it is silent and where its line is kept, what has changed.

    `found_url` leads to what stands of it today.
    """

    row: RunStandard
    why_silent: str
    line_url: str
    found_url: str
    held_url: str
    moved: tuple[Moved, ...]
    change: Change | None

    @property
    def marks(self) -> list[Badge]:
        """What one has to know of it first."""
        marks = [Badge(_("silent"), "soon")] if self.row.silent else []
        marks += [Badge(_("not evaluated"), "overdue")] if self.row.error else []
        return marks + ([] if self.row.standard.opens_alert else [Badge(_("reminder"), "plain")])

    @property
    def seconds(self) -> str:
        """How long it took."""
        return seconds(self.row.seconds)


@dataclass(frozen=True, slots=True)
class ThemeResults:
    """The standards of one theme, with their sums."""

    label: str
    results: tuple[Result, ...]
    totals: Mapping[str, int]


def totals_of(run: Run) -> dict[str, int]:
    """Return the sums over all standards of a comparison, and how many were silent or not evaluated."""
    sums = run.results.aggregate(**{name: Sum(name, default=0) for name in _COUNTS})
    kinds = run.results.values_list("silent").annotate(Count("pk"))
    return sums | {
        "standards": run.results.count(),
        "silent": dict(kinds).get(True, 0),
        "errors": run.results.exclude(error="").count(),
    }


def by_theme(run: Run, user: User) -> list[ThemeResults]:
    """Return the results of a comparison as its page groups them."""
    moved = changes.changes(run, user)
    rows = list(run.results.select_related("standard").order_by("standard"))
    themes = []
    for theme in Theme:
        results = tuple(_result(row, run, moved) for row in rows if row.standard.theme == theme)
        if results:
            sums = {name: sum(getattr(each.row, name) for each in results) for name in _COUNTS}
            themes.append(ThemeResults(str(theme.label), results, sums))
    return themes


def _result(row: RunStandard, run: Run, moved: Mapping[str, Change]) -> Result:
    change = moved.get(row.standard_id)
    asked = urlencode({"area": run.area_id, "on": run.as_of.isoformat()})
    standing = {"standard": row.standard_id, "area": run.area_id, "living": "yes"}
    return Result(
        row,
        _why_silent(row, run) if row.silent else "",
        f"{reverse('desk:value', args=[row.standard.line])}?{asked}",
        f"{reverse('monitoring:findings')}?{urlencode(standing)}",
        f"{reverse('comparisons:held', args=[run.pk])}?{urlencode({'standard': row.standard_id})}",
        tuple(_moved(change, row, run)) if change else (),
        change,
    )


def _moved(change: Change, row: RunStandard, run: Run) -> list[Moved]:
    counts = {changes.NEW: change.new, changes.GONE: change.gone, changes.RETRACTED: change.retracted}
    return [
        Moved(str(changes.WHAT[what]), count, changes_page(run.pk, row.standard_id, what))
        for what, count in counts.items()
        if count
    ]


def _why_silent(row: RunStandard, run: Run) -> str:
    """Say why no line was in force, as the values stand now; the first reason of a class."""
    if row.standard.withdrawn:
        return _("no line in force")
    lines = lines_here(row.standard.declaration, run.area_id, run.as_of, book())
    reasons = [line.answer.why_silent for line in lines if line.answer.why_silent]
    if reasons:
        return reasons[0]
    return _("the area has switched it off") if all(line.silent for line in lines) else _("no line in force")
