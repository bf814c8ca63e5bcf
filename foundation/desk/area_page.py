"""What the page of one area shows beside its facts: its place, its people, its history, what may be done."""

import datetime
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.accounts.composition import parts
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.roles import Level, Right, Role
from foundation.accounts.scope import prefixes
from foundation.desk.verbs import verb_label
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body

MOST_EVENTS = 50
#: Acts whose entries name what was before and after in words that people know: names and codes.
_SAYING = ("area.added", "area.renamed", "area.renumbered")


@dataclass(frozen=True, slots=True)
class Crumb:
    """An area above the one shown; a link only where the person may open it."""

    area: Area
    is_open: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the record about an area, as a line of the timeline."""

    on: datetime.date
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the page: the route of an act, its words and its icon."""

    url_name: str
    label: str | Promise
    icon: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the page that a higher storey adds: its label, its words, and where they lead."""

    label: str | Promise
    text: str
    url: str


class AreaFact(Protocol):
    """Adds a line to the page of an area; any app lists one in `config/composition.py` under AREA_FACTS."""

    def __call__(self, area: Area, user: User) -> Fact | None:
        """Return the line as `user` may see it, or None."""


def facts(area: Area, user: User) -> list[Fact]:
    """Return the lines of the storeys above, in the order of the composition."""
    return [fact for part in parts("AREA_FACTS") if (fact := part(area, user)) is not None]


def crumbs(above: list[Area], user: User) -> list[Crumb]:
    """Return the areas above, with links to those that are the person's own."""
    own = prefixes(user, Right.VIEW_AREAS)
    return [Crumb(area, any(area.code.startswith(prefix) for prefix in own)) for area in above]


def people_here(area: Area, user: User) -> int | None:
    """Count the people posted in an area today; None for who may not see staff there."""
    if not user.holds(Right.VIEW_STAFF, area.code):
        return None
    return Posting.objects.visible_to(user).in_force().filter(area=area).values("user").distinct().count()


def events(area: Area) -> list[Event]:
    """Return what the record says happened to an area, newest first; who did it by role, not by name."""
    entries = Entry.objects.filter(object_type="area", object_id=area.code).order_by("-pk")[:MOST_EVENTS]
    return [_event(entry) for entry in entries]


def acts(area: Area, user: User) -> list[Action]:
    """Return the acts that `user` may try on an area, in the order of the buttons."""
    if not user.holds(Right.MANAGE_AREAS, area.code):
        return []
    if area.retired_on is not None:
        return [Action("desk:area_restore", _("Restore"), "check")]
    found = [Action("desk:area_rename", _("Rename"), "edit")]
    if area.level < Level.GROUP:
        found.insert(0, Action("desk:area_add", _("Add below"), "add"))
    return [
        *found,
        Action("desk:area_renumber", _("New code"), "tag"),
        Action("desk:area_merge", _("Merge"), "swap"),
        Action("desk:area_split", _("Split"), "compare"),
        Action("desk:area_retire", _("Retire"), "close"),
    ]


def _event(entry: Entry) -> Event:
    body = read_body(entry)
    said = (body["before"], body["after"]) if entry.verb in _SAYING else ()
    change = " → ".join(str(each) for each in said if each)
    role = Role(entry.role).label if entry.role in Role.values else entry.role
    detail = " · ".join(str(part) for part in (change, body["basis"], role) if part)
    return Event(entry.happened_on, verb_label(entry.verb), detail)
