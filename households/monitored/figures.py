"""Figures of one area as its page shows them: by category, and area by area below it."""

import datetime
from dataclasses import dataclass

from foundation.accounts.models import Area, User
from households.monitored.summary import Figures, Summary, below, labels, summary


@dataclass(frozen=True, slots=True)
class Line:
    """One category: households and persons ever identified, with the risk removed, and now."""

    name: str
    cumulative: Figures
    removed: Figures
    current: Figures


@dataclass(frozen=True, slots=True)
class Below:
    """One area below, with its own figures; categories in the order of the sheet."""

    area: Area
    cumulative: Figures
    removed: Figures
    current: Figures
    by_kind: list[Figures]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the page counts. `total` stands below the categories."""

    on: datetime.date
    names: list[str]
    lines: list[Line]
    total: Line
    below: list[Below]

    @property
    def empty(self) -> bool:
        """Whether nobody was ever identified here."""
        return not self.total.cumulative.households


def sheet(user: User, area: Area, on: datetime.date) -> Sheet:
    """Return the figures of `area` on a day; three queries."""
    names, found = labels(area.code), summary(user, area.code, on)
    parts = below(user, area, on)
    areas = Area.objects.in_bulk(parts)
    return Sheet(
        on=on,
        names=list(names.values()),
        lines=[_line(name, found, kind) for kind, name in names.items()],
        total=Line("", found.cumulative.total, found.removed.total, found.current.total),
        below=[_below(areas[code], parts[code]) for code in sorted(parts) if code in areas],
    )


def _line(name: str, found: Summary, kind: str) -> Line:
    return Line(
        name, found.cumulative.by_kind[kind], found.removed.by_kind[kind], found.current.by_kind[kind]
    )


def _below(area: Area, found: Summary) -> Below:
    return Below(
        area,
        found.cumulative.total,
        found.removed.total,
        found.current.total,
        list(found.current.by_kind.values()),
    )
