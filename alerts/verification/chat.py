"""Texts for the chat group of a village: how much waits and by when, in numbers, and nobody's name."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alerts.lifecycle import ALERT
from alerts.models import Alert
from alerts.verification.marks import nearest
from foundation.accounts import clock
from foundation.accounts.models import Area
from foundation.accounts.roles import Level


@dataclass(frozen=True, slots=True)
class Group:
    """What waits in one area, and the text that says so."""

    area: Area
    count: int
    overdue: int
    text: str


def groups(alerts: Iterable[Alert], title: str, level: Level = Level.VILLAGE) -> list[Group]:
    """Return the texts of open alerts by area of a level, most overdue first; `title` is what the urging is called."""
    found: dict[str, list[Alert]] = {}
    for row in alerts:
        found.setdefault(row.area_id[:level], []).append(row)
    areas = Area.objects.in_bulk(list(found))
    made = [_group(areas[code], rows, title) for code, rows in found.items() if code in areas]
    return sorted(made, key=lambda each: (-each.overdue, -each.count, each.area.code))


def _group(area: Area, rows: Sequence[Alert], title: str) -> Group:
    today = clock.today()
    late = sum(1 for row in rows if (due := nearest(row)) is not None and due < today)
    lines = [
        _("[%(title)s] %(area)s: %(count)s as of %(day)s.")
        % {"title": title, "area": area.name, "count": _warnings(len(rows)), "day": today.isoformat()}
    ]
    lines += [_state(state, rows, today) for state in ALERT.states if any(row.state == state for row in rows)]
    lines.append(_("Please sign in and do them; the list is on your own page."))
    return Group(area, len(rows), late, "\n".join(lines))


def _state(state: str, rows: Sequence[Alert], today: datetime.date) -> str:
    """Say one state: how many, how many of them too late, and the last day of those that are not."""
    here = [row for row in rows if row.state == state]
    days = [due for row in here if (due := nearest(row)) is not None]
    late = sum(day < today for day in days)
    said = [_("%(state)s: %(count)d") % {"state": ALERT.states[state], "count": len(here)}]
    if late:
        said.append(_("%(count)d of them overdue") % {"count": late})
    if ahead := [day for day in days if day >= today]:
        said.append(_("the next due on %(day)s") % {"day": min(ahead).isoformat()})
    return pgettext("between parts of a sentence", ", ").join(said)


def _warnings(count: int) -> str:
    return ngettext("%(count)d warning waits", "%(count)d warnings wait", count) % {"count": count}
