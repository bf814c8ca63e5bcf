"""What changed in a household: which field of whom, from what to what, by which act, of which day.

The rows are the newest version, the history tables hold those before (households.models.versions). Two neighbours
compared are one change, made by the revision that the later one names.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.accounts.models import Area, User
from households.identity import showing
from households.models import Household, Identity, Resident, Revision
from households.openings import names_known
from households.words import Words

#: The page shows so many acts, newest first.
MOST = 40
#: What a version carries besides what it says of somebody.
_NOT_SAID = {
    "id", "source", "source_day", "as_of", "field_sources", "revision", "initials", "household",
    "basis", "resident", "parts", "rule",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row: `whose` is empty for the household itself, `before` for what only began to hold."""

    whose: str
    label: str
    before: str
    after: str


@dataclass(slots=True)
class Step:
    """One act that touched the household: of which day, what kind of act, entered when and by whom, why.

    `who` is empty where the reader may not know the person. `arrived` are the names of those it brought into the
    register; `began` says that the household came with it.
    """

    on: datetime.date
    kind: str | Promise
    entered_on: datetime.date
    by: int | None = None
    who: str = ""
    reason: str = ""
    began: bool = False
    arrived: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def history_of(household: Household, members: Iterable[Resident], reader: User) -> list[Step]:
    """Return what happened to a household, to those who are or were its members, their standings and incomes.

    Newest first; about twelve queries, whatever the number of members and changes.
    """
    words = Words()
    lines = [*_lines_of([household], ""), *_lines_of(members, "shown_name"), *_added_lines(household, words)]
    steps = _Steps(Revision.objects.in_bulk({row.revision_id for line in lines for row in line.rows()}))
    teller = _Teller(words, household.area_id, lines)
    for line in lines:
        _begin(steps.of(line.rows()[0]), line)
        for before, after in pairwise(line.rows()):
            changes = list(teller.changes(line, before, after))
            if changes:
                step = steps.of(after) if before.revision_id != after.revision_id else steps.unsaid(before)
                step.changes += changes
    newest = steps.newest()
    names = names_known((step.by for step in newest if step.by), reader)
    for step in newest:
        step.who = names.get(step.by or 0, "")
    return newest


def _begin(step: Step, line: "_Line") -> None:
    """Say what the first version of a row means: a household or somebody came, something began to hold."""
    if line.began:
        step.changes.append(Change(line.whose, str(line.row._meta.verbose_name), "", line.began))
    elif line.whose:
        step.arrived.append(line.whose)
    else:
        step.began = True


def _lines_of(rows: Iterable[Any], name: str) -> list["_Line"]:
    kept = list(rows)
    versions = _versions(type(kept[0]), [row.pk for row in kept]) if kept else {}
    return [_Line(row, getattr(row, name) if name else "", versions.get(row.pk, [])) for row in kept]


def _added_lines(household: Household, words: Words) -> list["_Line"]:
    """Return the lines of standings and incomes."""
    standings, incomes = (
        _lines_of(rows, "")
        for rows in (household.standings.select_related("resident"), household.incomes.all())
    )
    for line in standings:
        line.whose = line.row.resident.shown_name if line.row.resident else ""
        line.began = words.standing(line.rows()[0].kind, household.area_id)
    for line in incomes:
        line.began = str(line.row)
    return [*standings, *incomes]


class _Steps:
    """The acts, each once."""

    def __init__(self, revisions: dict[int, Revision]) -> None:
        self._revisions = revisions
        self._found: dict[tuple[datetime.datetime, int] | int, Step] = {}

    def of(self, row: Any) -> Step:
        """Return the act that made a version."""
        revision = self._revisions[row.revision_id]
        made = Step(
            revision.as_of,
            Revision.Kind(revision.kind).label,
            revision.entered_on,
            revision.by_id,
            reason=revision.reason,
        )
        return self._found.setdefault(revision.pk, made)

    def unsaid(self, before: Any) -> Step:
        """Return what ended a version without a revision: the household followed its village, when areas changed."""
        day = timezone.localdate(before.pgh_created_at)
        return self._found.setdefault((before.pgh_created_at, 0), Step(day, _("area changed"), day))

    def newest(self) -> list[Step]:
        told = [step for step in self._found.values() if step.began or step.arrived or step.changes]
        return sorted(told, key=lambda step: (step.entered_on, step.on), reverse=True)[:MOST]


@dataclass(slots=True)
class _Line:
    """A row with its versions, oldest first; `began` says what held from the first on (standings, incomes)."""

    row: Any
    whose: str
    versions: list[Any]
    began: str = ""

    def rows(self) -> list[Any]:
        return [*self.versions, self.row]


class _Teller:
    """Says changes in words; asks for all areas and numbers that occur at once."""

    def __init__(self, words: Words, area: str, lines: list[_Line]) -> None:
        self._words, self._area = words, area
        rows = [row for line in lines for row in line.rows()]
        self._columns = {type(line.row): _columns(type(line.row)) for line in lines}
        codes = {row.__dict__.get(name) for row in rows for name in ("area_id", "stay_area_id")}
        subjects = {row.__dict__.get(name) for row in rows for name in ("phone_id", "identity_id")}
        self._areas = dict(Area.objects.filter(code__in=codes - {None}).values_list("code", "name"))
        self._numbers = showing.masked(Identity.objects.filter(subject__in=subjects - {None}))

    def changes(self, line: _Line, before: Any, after: Any) -> Iterator[Change]:
        for column in self._columns[type(line.row)]:
            old, new = getattr(before, column.attname), getattr(after, column.attname)
            if old != new:
                said = self._said(column, old), self._said(column, new)
                label = f"{line.began} · {column.verbose_name}" if line.began else str(column.verbose_name)
                yield Change(line.whose, label, *said)

    def _said(self, column: Any, value: Any) -> str:
        if value is None or value == "" or value == []:
            return _("empty")
        if isinstance(column, models.ForeignKey):
            named = self._areas if column.related_model is Area else self._numbers
            return named.get(value, _("erased"))
        if column.name == "born_on":
            return f"{value:%Y}-**-**"
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        return self._words.word(column.name, value, self._area)


def _columns(model: type[models.Model]) -> list[Any]:
    return [column for column in model._meta.concrete_fields if column.name not in _NOT_SAID]


def _versions(model: Any, keys: list[int]) -> dict[int, list[Any]]:
    """Return the versions before, oldest first, by the row's key."""
    event = model._meta.get_field("versions").related_model
    found: dict[int, list[Any]] = {}
    for version in event._default_manager.filter(pgh_obj_id__in=keys).order_by("pgh_id"):
        found.setdefault(version.pgh_obj_id, []).append(version)
    return found
