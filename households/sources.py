"""Where each field of a row comes from, and of which day it is; which goes first is households.provenance."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from households.models import Household, Resident, Revision

Row = Household | Resident


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A source of the register and the day of which it speaks."""

    day: datetime.date
    kind: str

    @property
    def label(self) -> str | Promise:
        """The source in words."""
        return Revision.Kind(self.kind).label


@dataclass(slots=True)
class Sources:
    """The fields of one row that share a source; `others` marks the source of all fields not named elsewhere."""

    source: Source
    fields: list[str] = field(default_factory=list)
    others: bool = False


def source_of(row: Row, name: str) -> Source:
    """Return where a field of a row comes from."""
    kind, day = row.field_sources.get(name, (row.source, row.source_day))
    return Source(day if isinstance(day, datetime.date) else datetime.date.fromisoformat(day), kind)


def sources_of(row: Row) -> list[Sources]:
    """Return the sources of a row, newest first, each with the fields it speaks for."""
    base = source_of(row, "")
    found = {base: Sources(base, others=True)}
    for name in row.field_sources:
        source = source_of(row, name)
        if source != base:
            found.setdefault(source, Sources(source)).fields.append(name)
    return [found[source] for source in sorted(found, reverse=True)]


def with_source(row: Row, names: Iterable[str], kind: str, day: datetime.date) -> dict[str, list[str]]:
    """Return the row's `field_sources` after the fields `names` were taken from a source of a day."""
    return row.field_sources | {name: [kind, day.isoformat()] for name in names}
