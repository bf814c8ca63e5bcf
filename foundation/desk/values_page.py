"""What the pages of regulation values show: every value in force for an area and a day, with its source."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes, within
from foundation.desk.tables import Badge
from foundation.regulations.book import Book, Resolved
from foundation.regulations.lookup import book
from foundation.regulations.models import Subject, Value
from foundation.regulations.models.values import WHOLE_COUNTRY, Origin
from foundation.regulations.sources import UNDATED, SourceKind
from foundation.regulations.units import Comparator, Group, Population

#: What the list may be narrowed to, besides group and day.
ONLY = {
    "local": gettext_lazy("set by an area here"),
    "proposal": gettext_lazy("without a document"),
    "old": gettext_lazy("of an earlier year"),
    "silent": gettext_lazy("nothing in force"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as a page shows it: the words, where it comes from, and what to be careful about."""

    answer: Resolved
    population: str
    area_name: str
    source: str
    marks: tuple[Badge, ...]

    @property
    def class_label(self) -> str:
        """Name of the population class; empty where the answer is for everybody."""
        return str(Population(self.population).label) if self.population else ""

    @property
    def label(self) -> str:
        """Name of the subject, with the class where the answer is for one."""
        name = self.answer.subject.label
        return f"{name} · {Population(self.population).label}" if self.population else name


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: an area, a day, and how the list is narrowed."""

    area: Area
    on: datetime.date
    group: str = ""
    only: str = ""
    since: datetime.date | None = None
    words: str = ""


def asked_of(params: QueryDict, user: User, focus: str) -> Asked | None:
    """Read an address. The area must be one of the reader's; None where they have none or it is not theirs."""
    code = params.get("area", "").strip()[:15] or focus or min(prefixes(user, Right.VIEW_VALUES), default="")
    area = Area.objects.visible_to(user, Right.VIEW_VALUES).filter(pk=code).first()
    if area is None:
        return None
    group = params.get("group", "")
    return Asked(
        area,
        _day(params.get("on", "")) or clock.today(),
        group if group in Group.values else "",
        params.get("only", "") if params.get("only", "") in ONLY else "",
        _day(params.get("since", "")),
        params.get("q", "").strip()[:40],
    )


def in_force(asked: Asked) -> list[Shown]:
    """Return every answer for the area and day that fits, in the order of groups and subjects."""
    known = book()
    names = area_names([asked.area.code])
    shown = [
        show(known.resolve(subject.key, asked.area.code, asked.on, population), population, names)
        for subject in _subjects(known)
        if not asked.group or subject.group == asked.group
        for population in (subject.classes or [""])
    ]
    return [each for each in shown if _fits(each, asked)]


def show(answer: Resolved, population: str, names: dict[str, str]) -> Shown:
    """Make an answer presentable; `names` are the areas the reader may be told by name."""
    row = answer.value
    area = "" if row is None else names.get(row.area, row.area)
    return Shown(answer, population, area, source_words(row) if row else "", tuple(_marks(answer)))


def source_words(row: Value) -> str:
    """Name a source in one line: title, number, issuer and day; or why there is none."""
    if row.source_kind == SourceKind.PROPOSAL:
        return row.source_reason
    issued = _("without a date") if row.source_issued == UNDATED else row.source_issued
    title = f"《{row.source_title}》" if row.source_kind == SourceKind.DOCUMENT else row.source_title
    parts = (title, row.source_number, row.source_clause, row.source_issuer, issued)
    return " · ".join(part for part in parts if part)


def history(subject: Subject, area: Area, user: User) -> list[Shown]:
    """Return every value of a subject, newest first, but for the local ones of areas beside the reader's."""
    line = Q(area__in=[WHOLE_COUNTRY, *ancestors(area.code), area.code])
    own = within("area", prefixes(user, Right.VIEW_VALUES))
    rows = subject.values.filter(Q(origin=Origin.SHIPPED) | line | own).order_by("-from_day", "area")
    names = area_names({area.code}, own=user)
    return [show(_alone(row), row.population, names) for row in rows]


def area_names(codes: Iterable[str], own: User | None = None) -> dict[str, str]:
    """Return names by code: of `codes`, the areas above them, and down to the counties of a person's own."""
    wanted = {above for code in codes for above in (*ancestors(code), code)}
    condition = Q(pk__in=wanted)
    if own is not None:
        condition |= within("code", prefixes(own, Right.VIEW_VALUES)) & Q(level__lte=Level.COUNTY)
    return {WHOLE_COUNTRY: _("whole country")} | dict(
        Area.objects.filter(condition).values_list("code", "name")
    )


def area_choices(user: User, chosen: Area) -> list[Area]:
    """Return the areas a reader may choose from: those of their duties, what lies directly below, the chosen one."""
    duties = {duty.area for duty in user.duties()}
    rows = Area.objects.visible_to(user, Right.VIEW_VALUES).living()
    return list(
        rows.filter(Q(pk__in=duties | {chosen.pk}) | Q(parent__in=duties | {chosen.pk})).order_by("code")
    )


def subject_or_none(key: str) -> Subject | None:
    """Return a subject by its key."""
    return book().subjects.get(key)


def _subjects(known: Book) -> list[Subject]:
    order = {group: place for place, group in enumerate(Group.values)}
    return sorted(known.subjects.values(), key=lambda subject: (order[subject.group], subject.key))


def _fits(shown: Shown, asked: Asked) -> bool:
    row = shown.answer.value
    if asked.since and (row is None or row.from_day < asked.since):
        return False
    if (
        asked.words
        and asked.words.casefold() not in f"{shown.label} {shown.answer.text} {shown.source}".casefold()
    ):
        return False
    return {
        "": True,
        "local": row is not None and row.origin == Origin.LOCAL,
        "proposal": shown.answer.is_proposal,
        "old": shown.answer.needs_renewal,
        "silent": shown.answer.silent,
    }[asked.only]


def _marks(answer: Resolved) -> Iterable[Badge]:
    row = answer.value
    if row is None:
        return
    if row.origin == Origin.LOCAL:
        yield Badge(_("local value"), "action")
    if answer.is_proposal:
        yield Badge(_("proposal, no document"), "soon")
    if row.source_kind == SourceKind.REPORT:
        yield Badge(_("from a report"), "plain")
    if answer.needs_renewal:
        yield Badge(_("of %(year)d: look for the new one") % {"year": row.from_day.year}, "soon")


def _alone(row: Value) -> Resolved:
    """Return a row as an answer of its own: a sum stands as it is written."""
    sign = f"{Comparator(row.comparator).sign} " if row.comparator else ""
    sentence = f"{sign}{row.expression}" if row.expression else _("ended") if row.kind == "ended" else ""
    return Resolved(row.subject, row.area, row.from_day, row, amount=row.amount, why_silent=sentence)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        return None
