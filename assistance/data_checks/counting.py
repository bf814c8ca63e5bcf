"""How many doubts wait in monitored households: by area and rule, and how that went on from day to day.

Every finding keeps the day it was found, the day it went and the day somebody judged it right: the trend is counted
from them, so it cannot say something else than the list, and a check that runs twice or is killed changes nothing.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Least, Left

from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level
from foundation.regulations.working_days import add_months
from households.models import QualityFinding
from households.quality.asked import rules
from households.quality.declaring import Rule
from households.quality.selectors import Point, below
from households.quality.unasked import UNASKED

#: The rules of the handbook that are data checks of monitored households (domain.md 2.10).
FIRST, LAST = "R-12", "R-37"
#: States of a case that is or was monitored; one on its way is judged by its chain.
CHECKED = ("enrolled", "correcting", "removed", "ended")
#: How far the trend goes back: so many days, or so many months.
DAYS, MONTHS = 30, 12


@cache
def checks() -> tuple[Rule, ...]:
    """Return the rules of data checks, in the order of their numbers."""
    return tuple(rule for rule in rules() if FIRST <= rule.number <= LAST)


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the rules of data checks."""
    return tuple(rule.code for rule in checks())


def unasked() -> list[Any]:
    """Return what cannot be asked, with the fields that are missing."""
    return [each for each in UNASKED if FIRST <= each.number <= LAST]


def partly() -> list[str]:
    """Return the numbers of rules of which one part is asked and another cannot be."""
    return sorted({each.number for each in unasked()} & {rule.number for rule in checks()})


def findings(user: User, area: str, *, before: bool = False) -> QuerySet[QualityFinding]:
    """Return what was ever doubted below an area of households that are or were monitored, as far as `user` sees it.

    `before` keeps those whose case is from before this platform.
    """
    cases = Case.objects.filter(household=OuterRef("household"), state__in=CHECKED)
    if before:
        cases = cases.filter(origin=Case.Origin.IMPORT)
    rows = QualityFinding.objects.visible_to(user).filter(area__code__startswith=area, rule__in=codes())
    return rows.filter(Exists(cases))


@dataclass(frozen=True, slots=True)
class Cell:
    """How many doubts of one rule wait in one area."""

    number: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """One area of the matrix: households with a doubt, all doubts, and those of each column."""

    area: Area
    households: int
    total: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """What waits by area and rule: a column for each rule of which anything waits, and the rules without any."""

    numbers: list[str]
    silent: list[str]
    rows: list[Row]
    sums: list[Cell]
    total: int
    households: int


def matrix(found: QuerySet[QualityFinding], area: Area) -> Matrix:
    """Count what waits of `found` by the areas below one (a village stands for itself) and by rule; three queries."""
    level = below(area.level) if area.level < Level.VILLAGE else Level.VILLAGE
    # django-stubs knows no annotations by expansion.
    waiting: Any = (
        found.filter(_waits()).annotate(part=Left("area_id", level), number=Left("rule", 4)).order_by()
    )
    counts: dict[tuple[str, str], int] = {
        (row["part"], row["number"]): row["count"]
        for row in waiting.values("part", "number").annotate(count=Count("pk"))
    }
    homes: dict[str, int] = {
        row["part"]: row["homes"]
        for row in waiting.values("part").annotate(homes=Count("household", distinct=True))
    }
    numbers = sorted({number for _part, number in counts})
    rows = [
        _row(each, homes[each.code], {number: counts.get((each.code, number), 0) for number in numbers})
        for each in Area.objects.filter(code__in=homes).order_by("code")
    ]
    sums = [Cell(number, sum(row.cells[at].count for row in rows)) for at, number in enumerate(numbers)]
    every = sorted({rule.number for rule in checks()})
    return Matrix(
        numbers, [number for number in every if number not in numbers], rows, sums,
        sum(cell.count for cell in sums), sum(row.households for row in rows),
    )  # fmt: skip


def _row(area: Area, households: int, counts: dict[str, int]) -> Row:
    return Row(
        area, households, sum(counts.values()), [Cell(number, count) for number, count in counts.items()]
    )


def days(span: str) -> list[datetime.date]:
    """Return the days of a trend up to today: every day of DAYS, or the same day of each of MONTHS."""
    today = clock.today()
    if span == "months":
        return [add_months(today, -back) for back in range(MONTHS, -1, -1)]
    return [today - datetime.timedelta(days=back) for back in range(DAYS, -1, -1)]


def trend(found: QuerySet[QualityFinding], wanted: Sequence[datetime.date]) -> list[Point]:
    """Return how many of `found` waited on each day, from the first on which any was found; one query."""
    spans = (
        found.annotate(over=Least("gone_on", "judged_on"))
        .filter(Q(over__isnull=True) | Q(over__gt=wanted[0]))
        .order_by()
        .values_list("found_on", "over")
        .annotate(count=Count("pk"))
    )
    periods = list(spans)
    first = min((began for began, _over, _count in periods), default=None)
    return [
        Point(
            day,
            sum(count for began, over, count in periods if began <= day and (over is None or over > day)),
        )
        for day in wanted
        if first is not None and day >= first
    ]


def _waits() -> Q:
    return Q(gone_on__isnull=True, judged_on__isnull=True)
