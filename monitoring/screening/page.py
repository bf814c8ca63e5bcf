"""What the pages of warning standards show: each question with its datasets and the line in force, or its silence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.desk import values_page
from foundation.desk.tables import Badge
from foundation.desk.values_page import Asked, Shown
from foundation.regulations.book import Book
from foundation.regulations.lookup import book
from foundation.regulations.units import in_language
from monitoring.models import Dataset, DeclaredStandard
from monitoring.screening.lines import is_silent, lines_here
from monitoring.screening.standard import Standard
from monitoring.screening.terms import Theme

#: What the list may be narrowed to, besides the theme.
ONLY = {
    "speaking": gettext_lazy("with a line in force"),
    "silent": gettext_lazy("silent"),
    "reminder": gettext_lazy("reminders"),
    "proposal": gettext_lazy("without a document"),
}


@dataclass(frozen=True, slots=True)
class ShownStandard:
    """One standard in an area on a day: its lines by class, and the datasets that feed it."""

    row: DeclaredStandard
    asks: str
    lines: tuple[Shown, ...]
    silent: bool
    datasets: tuple[str, ...]

    @property
    def sourced(self) -> bool:
        """Whether any line has a source to show."""
        return any(line.source for line in self.lines)

    @property
    def marks(self) -> list[Badge]:
        """What one has to know before opening it."""
        marks = [Badge(_("silent"), "soon")] if self.silent else []
        return marks + ([] if self.row.opens_alert else [Badge(_("reminder"), "plain")])


@dataclass(frozen=True, slots=True)
class Narrowed:
    """How the list is narrowed: by theme, to some only."""

    theme: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A dataset of a standard; `open_to_reader` where its contract is theirs to see."""

    code: str
    name: str
    department: str
    open_to_reader: bool


def narrowed_of(params: QueryDict) -> Narrowed:
    """Read from an address how the list is narrowed; what it does not know narrows nothing."""
    theme, only = params.get("theme", ""), params.get("only", "")
    return Narrowed(theme if theme in Theme.values else "", only if only in ONLY else "")


def shown_standards(user: User, asked: Asked, narrowed: Narrowed) -> list[ShownStandard]:
    """Return the standards that fit, in the order of themes and codes."""
    known, names = book(), values_page.area_names([asked.area.code])
    rows = DeclaredStandard.objects.visible_to(user).declared().prefetch_related("datasets")
    order = {theme: place for place, theme in enumerate(Theme.values)}
    found = [
        _shown(row, asked, known, names) for row in sorted(rows, key=lambda row: (order[row.theme], row.code))
    ]
    return [each for each in found if _fits(each, narrowed)]


def by_theme(shown: Iterable[ShownStandard]) -> list[tuple[str, list[ShownStandard]]]:
    """Group what is shown by theme."""
    listed = list(shown)
    groups = [(str(theme.label), [each for each in listed if each.row.theme == theme]) for theme in Theme]
    return [(label, rows) for label, rows in groups if rows]


def lines_shown(standard: Standard, asked: Asked) -> list[Shown]:
    """Return the lines of a standard where and when it is asked for, with their sources."""
    names = values_page.area_names([asked.area.code])
    lines = lines_here(standard, asked.area.code, asked.on, book())
    return [values_page.show(line.answer, line.population, names) for line in lines]


def feeds(row: DeclaredStandard, user: User) -> list[Feed]:
    """Name the datasets that feed a standard, the measured one first."""
    order = row.declaration.datasets
    visible = set(Dataset.objects.visible_to(user).values_list("pk", flat=True))
    rows = {each.pk: each for each in row.datasets.select_related("department")}
    return [
        Feed(code, rows[code].name, rows[code].department.called, code in visible)
        for code in order
        if code in rows
    ]


def risk_name(standard: Standard, asked: Asked) -> str:
    """Name the risk type that a finding points to."""
    items = book().resolve("risk_types", asked.area.code, asked.on).items
    return next((in_language(e["zh"], e["en"]) for e in items if e["code"] == standard.risk_type), "")


def _shown(row: DeclaredStandard, asked: Asked, known: Book, names: dict[str, str]) -> ShownStandard:
    standard = row.declaration
    lines = lines_here(standard, asked.area.code, asked.on, known)
    fed = {each.pk: each.name for each in row.datasets.all()}
    return ShownStandard(
        row,
        standard.asks,
        tuple(values_page.show(line.answer, line.population, names) for line in lines),
        is_silent(standard, asked.area.code, asked.on, known),
        tuple(fed[code] for code in standard.datasets if code in fed),
    )


def _fits(shown: ShownStandard, narrowed: Narrowed) -> bool:
    if narrowed.theme and shown.row.theme != narrowed.theme:
        return False
    return {
        "": True,
        "speaking": not shown.silent,
        "silent": shown.silent,
        "reminder": not shown.row.opens_alert,
        "proposal": any(each.answer.is_proposal for each in shown.lines),
    }[narrowed.only]
