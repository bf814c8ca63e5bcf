"""How it went on with the households that a standard found: checked, enrolled, removed, come back within a year.

Households are counted once in each group, whatever number of findings and warnings they had. What was enrolled and
what became of it stands above this storey and is asked for when it is counted, so that it is never behind the cases.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.db.models import Count, F, Q
from django.db.models.functions import Left, TruncMonth

from foundation.accounts.composition import parts
from foundation.accounts.roles import Level
from monitoring.deliveries.looks import share_of
from monitoring.models import RowOutcome
from monitoring.outcomes.terms import ENROLLED, NOT_CHECKED
from monitoring.querysets import OutcomeQuerySet

_AT_ONCE = 5_000


class Course(NamedTuple):
    """What became of an enrolled household: whether its risk was ever removed, and whether it came back in a year."""

    removed: bool
    returned: bool


class CoursesOfWarnings(Protocol):
    """Knows what became of the households of warnings (COURSES_OF_WARNINGS of config/composition.py)."""

    def __call__(self, alerts: Collection[int]) -> Mapping[int, Course]:
        """Return the course of each warning whose household was enrolled and not corrected; a few queries."""


@dataclass(frozen=True, slots=True)
class Homes:
    """Households of some findings: checked, of them enrolled, of those removed, of those returned within a year."""

    checked: int = 0
    enrolled: int = 0
    removed: int = 0
    returned: int = 0

    @property
    def share(self) -> str:
        """Enrolled of checked, in per cent; empty where nobody was checked."""
        return share_of(self.enrolled, self.checked)


class _Enrolled(NamedTuple):
    household: int
    course: Course


#: The dimensions of findings as expressions; "" takes them all together.
_KEYS = {
    "version": F("version"),
    "month": TruncMonth("on"),
    "township": Left("area_id", Level.TOWNSHIP.value),
}


class HomesOf:
    """The households of some outcomes, by dimension; what was enrolled is read once for all of them."""

    def __init__(self, rows: OutcomeQuerySet) -> None:
        """Count of `rows`, the outcomes of one standard that a reader may see."""
        self._rows = rows.order_by()
        enrolled = self._rows.filter(outcome=ENROLLED)
        told = enrolled.values_list("alert", "finding__household").distinct()
        homes = dict(told)
        known = _courses(homes)
        self._enrolled = {key: _Enrolled(homes[key], course) for key, course in known.items()}

    def whole(self) -> Homes:
        """Return all of them together."""
        checked = self._rows.exclude(outcome__in=NOT_CHECKED)
        told = checked.aggregate(homes=Count("finding__household", distinct=True))
        return _counted(told["homes"], self._enrolled.values())

    def by(self, dimension: str) -> dict[str, Homes]:
        """Return them by version, month (2026-11) or township."""
        keyed = self._rows.annotate(key=_KEYS[dimension])
        checked = keyed.exclude(outcome__in=NOT_CHECKED).values_list("key")
        homes = dict(checked.annotate(homes=Count("finding__household", distinct=True)))
        enrolled = keyed.filter(outcome=ENROLLED).values_list("key", "alert").distinct()
        return self._grouped(homes, enrolled)

    def by_dataset(self) -> dict[str, Homes]:
        """Return them by dataset: a finding that rests on rows of two counts for both."""
        told = RowOutcome.objects.filter(outcome__in=self._rows.values("pk")).order_by()
        is_checked = ~Q(outcome__outcome__in=NOT_CHECKED)
        groups = told.filter(is_checked).values_list("delivery__dataset")
        homes = dict(groups.annotate(homes=Count("outcome__finding__household", distinct=True)))
        enrolled = told.filter(outcome__outcome=ENROLLED).values_list("delivery__dataset", "outcome__alert")
        return self._grouped(homes, enrolled.distinct())

    def _grouped(
        self, homes: Mapping[object, int], enrolled: Iterable[tuple[object, int]]
    ) -> dict[str, Homes]:
        found: dict[object, list[_Enrolled]] = defaultdict(list)
        for key, alert in enrolled:
            if alert in self._enrolled:
                found[key].append(self._enrolled[alert])
        return {_named(key): _counted(count, found[key]) for key, count in homes.items()}


def _named(key: object) -> str:
    return key if isinstance(key, str) else f"{key:%Y-%m}"


def _counted(checked: int, enrolled: Iterable[_Enrolled]) -> Homes:
    """Count households once: one that was enrolled twice is removed, and returned, where one of both was."""
    rows = list(enrolled)
    return Homes(
        checked,
        len({row.household for row in rows}),
        len({row.household for row in rows if row.course.removed}),
        len({row.household for row in rows if row.course.returned}),
    )


def _courses(alerts: Iterable[int]) -> dict[int, Course]:
    keys = sorted(alerts)
    found: dict[int, Course] = {}
    for first in range(0, len(keys), _AT_ONCE):
        for part in parts("COURSES_OF_WARNINGS"):
            found |= part(keys[first : first + _AT_ONCE])
    return found
