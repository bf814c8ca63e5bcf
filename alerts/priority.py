"""How urgent an alert is: a sum of points, each of which can be read (docs/decisions/0036-priority-is-a-sum.md).

Every number is a regulation value (`warning_points_…`, `warning_band_…`), so that an area may weigh otherwise. The
score orders work and decides nothing: nobody is enrolled or left out by it.
"""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from foundation.regulations.book import Book
from foundation.regulations.units import in_language
from monitoring.screening.terms import Severity

#: What a person's report weighs: somebody has looked.
REPORTED = Severity.SERIOUS
_OF_SEVERITY = {Severity.URGENT: "urgent", Severity.SERIOUS: "serious", Severity.NOTICE: "notice"}
#: How many times the line must have been measured for the part; the first that fits counts, once for an alert.
_OVER = (("double", Decimal(2)), ("half_over", Decimal("1.5")))
_HOUSEHOLD = ("child", "elders_alone", "disabled", "low_income")
LABELS: dict[str, Promise] = {
    "urgent": pgettext_lazy("priority", "urgent causes"),
    "serious": pgettext_lazy("priority", "serious causes"),
    "notice": pgettext_lazy("priority", "causes to look at"),
    "double": pgettext_lazy("priority", "at least twice the line"),
    "half_over": pgettext_lazy("priority", "at least one and a half times the line"),
    "further_cause": pgettext_lazy("priority", "more than one cause"),
    "further_channel": pgettext_lazy("priority", "confirmed by another channel"),
    "child": pgettext_lazy("priority", "a child under 16"),
    "elders_alone": pgettext_lazy("priority", "everybody is 60 or older"),
    "disabled": pgettext_lazy("priority", "a disabled member"),
    "low_income": pgettext_lazy("priority", "low-income household"),
}
_THRESHOLDS = ("warning_band_first", "warning_band_second", "warning_band_third")


@dataclass(frozen=True, slots=True)
class Weights:
    """The points and bands of an area on a day. `bands`: the code of each band with its least points, best first."""

    points: dict[str, int]
    bands: tuple[tuple[str, int], ...]

    def band_of(self, total: int) -> str:
        """Return the code of the band of a score; empty where the area has no bands."""
        return next((code for code, least in self.bands if total >= least), "")


@dataclass(frozen=True, slots=True)
class CauseFacts:
    """One cause: how severe its gravest proof is, and what was measured in lines (None: nothing to compare)."""

    severity: Severity
    ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """What the register says of a household that makes it more urgent."""

    child: bool = False
    elders_alone: bool = False
    disabled: bool = False
    low_income: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: so many of something, and their points together."""

    code: str
    count: int
    points: int

    @property
    def label(self) -> str:
        """What it is for, in the language of the page."""
        return str(LABELS.get(self.code, self.code))

    def plain(self) -> dict[str, str | int]:
        """Return the part as the alert keeps it."""
        return {"code": self.code, "count": self.count, "points": self.points}


def weights(book: Book, area: str, on: datetime.date) -> Weights:
    """Read the points and bands in force in an area; what is silent weighs nothing."""

    def amount(key: str) -> int:
        return int(book.resolve(key, area, on).amount or 0)

    codes = [item["code"] for item in book.resolve("warning_bands", area, on).items]
    least = [amount(key) for key in _THRESHOLDS]
    last = len(codes) - 1
    bands = tuple(
        (code, least[place] if place < min(last, len(least)) else 0) for place, code in enumerate(codes)
    )
    return Weights({code: amount(f"warning_points_{code}") for code in LABELS}, bands)


def parts_of(
    causes: Collection[CauseFacts], channels: int, household: HouseholdFacts, points: dict[str, int]
) -> tuple[Part, ...]:
    """Return the parts of a score, in a fixed order; parts without points are left out."""
    counts: dict[str, int] = {}
    for severity, code in _OF_SEVERITY.items():
        counts[code] = sum(cause.severity is severity for cause in causes)
    over = max((cause.ratio for cause in causes if cause.ratio is not None), default=Decimal(0))
    if reached := next((code for code, times in _OVER if over >= times), ""):
        counts[reached] = 1
    counts["further_cause"] = max(len(causes) - 1, 0)
    counts["further_channel"] = max(channels - 1, 0)
    counts |= {code: int(getattr(household, code)) for code in _HOUSEHOLD}
    weighing = (code for code in LABELS if counts.get(code) and points.get(code))
    return tuple(Part(code, counts[code], counts[code] * points[code]) for code in weighing)


def read_parts(kept: Sequence[dict[str, str | int]]) -> list[Part]:
    """Return the parts that an alert keeps."""
    return [Part(str(part["code"]), int(part["count"]), int(part["points"])) for part in kept]


def band_names(book: Book, area: str, on: datetime.date) -> dict[str, tuple[str, str]]:
    """Return name and colour of each band of an area, by code."""
    items = book.resolve("warning_bands", area, on).items
    return {each["code"]: (in_language(each["zh"], each["en"]), each.get("colour", "")) for each in items}
