"""The line that a finding was held against, in words: amount, where it comes from, since when."""

import datetime
from dataclasses import dataclass

from foundation.desk.values_page import area_names, source_words
from foundation.regulations.units import Comparator, Population, Unit
from monitoring.comparison import amounts
from monitoring.models import Finding


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as a page shows it; without `from_day` where it was worked out of several values."""

    text: str
    source: str
    from_day: datetime.date | None
    area: str
    population: str


def line_of(finding: Finding) -> ShownLine:
    """Return the line of a finding, from the regulation value behind it where there is one."""
    value, unit = finding.line_value, amounts.unit_of(finding.standard)
    return ShownLine(
        text=with_sign(finding.comparator, amounts.shown(finding.line, unit), unit),
        source=source_words(value) if value is not None else finding.line_source,
        from_day=value.from_day if value is not None else None,
        area=area_names([finding.area_id]).get(value.area, value.area) if value is not None else "",
        population=str(Population(finding.population).label),
    )


def with_sign(comparator: str, text: str, unit: Unit | None) -> str:
    """Write ≥ or > before a line; a mere yes has none."""
    if not comparator or unit is Unit.YES_NO:
        return text
    return f"{Comparator(comparator).sign} {text}"
