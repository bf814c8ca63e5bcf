"""How many households of an assessment come to what, by area and by where they stand; each leads to its list."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, F, When
from django.db.models.functions import Left
from django.urls import reverse

from assistance.assessment.lifecycle import ASSESSED
from assistance.models import AssessedHousehold, Assessment
from assistance.querysets_of_assessments import AssessedHouseholdQuerySet
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes

Result = AssessedHousehold.Result


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, the list that it counts, and what is counted: a phone shows no head of a column."""

    count: int
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One area: a number for each result, and all."""

    area: Area
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True, slots=True)
class Counts:
    """Results by area, their sums, and how many stand in which state."""

    heads: list[str]
    rows: list[Row]
    sums: list[Cell]
    total: Cell
    states: list[tuple[str, Cell]]


def holding(rows: AssessedHouseholdQuerySet) -> Any:
    """Give every row `now`: what the township said, as long as it has not what the rule proposed."""
    # django-stubs knows no annotations by expansion.
    return rows.annotate(
        now=Case(When(result="", then=F("proposed")), default=F("result"), output_field=CharField())
    )


def counts(assessment: Assessment, user: User) -> Counts:
    """Count what `user` may see of an assessment, those taken out left apart; three queries."""
    rows: Any = holding(AssessedHousehold.objects.visible_to(user).filter(assessment=assessment))
    standing = rows.exclude(state="dropped")
    level = _level(assessment, user)
    parted = standing.annotate(part=Left("household__area_id", level)).order_by()
    found: dict[tuple[str, str], int] = {
        (row["part"], row["now"]): row["count"]
        for row in parted.values("part", "now").annotate(count=Count("pk"))
    }
    areas = Area.objects.filter(code__in={part for part, _now in found}).order_by("code")
    states = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    sums = {result: sum(n for (_part, now), n in found.items() if now == result) for result in Result.values}
    return Counts(
        [str(label) for label in Result.labels],
        [_row(assessment, area, {now: n for (part, now), n in found.items() if part == area.code}) for area in areas],
        [Cell(sums[result], _url(assessment, result=result), str(label)) for result, label in Result.choices],
        Cell(sum(sums.values()), _url(assessment)),
        [
            (str(label), Cell(states[state], _url(assessment, state=state)))
            for state, label in ASSESSED.states.items()
            if states.get(state)
        ],
    )  # fmt: skip


def _level(assessment: Assessment, user: User) -> int:
    """Return how long the codes of the areas are that are told apart: townships of a county, else villages."""
    wide = any(len(code) <= Level.COUNTY for code in prefixes(user, Right.VIEW_CASES))
    return Level.TOWNSHIP if wide and len(assessment.area_id) <= Level.COUNTY else Level.VILLAGE


def _row(assessment: Assessment, area: Area, found: dict[str, int]) -> Row:
    cells = [
        Cell(found.get(result, 0), _url(assessment, area=area.code, result=result), str(label))
        for result, label in Result.choices
    ]
    return Row(area, cells, Cell(sum(found.values()), _url(assessment, area=area.code)))


def _url(assessment: Assessment, **filters: str) -> str:
    address = reverse("cases:assessment", args=[assessment.pk])
    return f"{address}?{urlencode(filters)}#households" if filters else f"{address}#households"
