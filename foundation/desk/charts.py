"""A chart as a page tells it to static/js/charts.js: what is shown, never how a library draws it.

The page draws a simple picture itself, which stands where no script runs and on paper; where scripts run, ECharts takes
its place (docs/decisions/0019). The table beside it says the same to who does not look.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from foundation.accounts.models import User
from foundation.desk.watermark import watermark

SeriesKind = Literal["bar", "level"]
SeriesTone = Literal["action", "plain", "danger"]


@dataclass(frozen=True, slots=True)
class Series:
    """One row of amounts, one for each category (None: not known). A `level` is a line across its category."""

    name: str
    amounts: Sequence[Decimal | None]
    kind: SeriesKind = "bar"
    tone: SeriesTone = "action"


@dataclass(frozen=True, slots=True)
class Picture:
    """What a chart shows: `categories` along the floor, in `unit`; `sentence` says it to who cannot see it."""

    title: str
    sentence: str
    unit: str
    categories: Sequence[str]
    series: Sequence[Series]

    def told(self, reader: User, area: str) -> Mapping[str, Any]:
        """Return it as the page carries it; `mark` goes onto a copy that leaves the platform."""
        return {
            "title": self.title,
            "mark": watermark(reader, area),
            "unit": self.unit,
            "categories": list(self.categories),
            "series": [
                {
                    "name": each.name,
                    "kind": each.kind,
                    "tone": each.tone,
                    "amounts": [None if amount is None else float(amount) for amount in each.amounts],
                }
                for each in self.series
            ],
        }
