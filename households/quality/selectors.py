"""What the pages of data quality read: households with findings, counts by area and rule, and their course."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Left

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import CODE_LENGTHS
from households.models import Household, QualityCount, QualityFinding, Resident
from households.models.households import HEAD
from households.quality.asked import by_code
from households.quality.declaring import Rule
from households.quality.wording import Told, Words

#: How far back a page looks to say whether it gets better.
DAYS_BACK = 30
_WEEKS = 12


@dataclass(frozen=True, slots=True)
class HouseholdFindings:
    """One household of a worklist: who its head is, and what is doubted."""

    household: Household
    head: str
    findings: list[Told]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings wait somewhere now, and how many did DAYS_BACK days ago (None: nobody counted then)."""

    now: int
    before: int | None

    @property
    def shown(self) -> str:
        """The present number as people read it."""
        return f"{self.now:,}"

    @property
    def change(self) -> str:
        """The difference with its sign; a dash where it is not known."""
        if self.before is None:
            return "—"
        return f"{self.now - self.before:+,}" if self.now != self.before else "0"

    @property
    def better(self) -> bool:
        """Whether fewer wait than before."""
        return self.before is not None and self.now < self.before


@dataclass(frozen=True, slots=True)
class AreaTally:
    """The tally of one area."""

    area: Area
    tally: Tally


@dataclass(frozen=True, slots=True)
class RuleTally:
    """The tally of one rule."""

    rule: Rule
    tally: Tally


@dataclass(frozen=True, slots=True)
class Point:
    """How many findings waited on a day."""

    day: datetime.date
    waiting: int

    @property
    def shown(self) -> str:
        """The number as people read it."""
        return f"{self.waiting:,}"


def with_findings(households: QuerySet[Household], findings: QuerySet[QualityFinding]) -> QuerySet[Household]:
    """Keep the households that one of `findings` is about."""
    return households.filter(Exists(findings.filter(household=OuterRef("pk"))))


def grouped(
    households: Iterable[Household], findings: QuerySet[QualityFinding], user: User | None = None
) -> list[HouseholdFindings]:
    """Return households with their heads and what is doubted, in the given order; two queries.

    `user` is the reader, who may judge some of it right as it is.
    """
    found = list(households)
    of: dict[int, list[QualityFinding]] = {household.pk: [] for household in found}
    rows = findings.filter(household__in=of).select_related("resident", "judged_by")
    for row in rows.order_by("household", "rule", "pk"):
        of[row.household_id].append(row)
    heads = dict(
        Resident.objects.present()
        .filter(household__in=of, relation=HEAD)
        .order_by("-pk")
        .values_list("household", "name")
    )
    words = Words(user)
    return [HouseholdFindings(each, heads.get(each.pk, ""), words.told(of[each.pk])) for each in found]


def rules_of(findings: QuerySet[QualityFinding]) -> list[tuple[Rule, int]]:
    """Return the rules that findings are of, each with their number."""
    rows = findings.order_by("rule").values_list("rule").annotate(count=Count("pk"))
    known = by_code()
    return [(known[code], count) for code, count in rows if code in known]


def whole(counts: QuerySet[QualityCount]) -> Tally:
    """Return the tally of everything."""
    found = counts.aggregate(**_sums())
    return _tally(found, counted=_counted_then(counts))


def by_area(counts: QuerySet[QualityCount], level: int) -> list[AreaTally]:
    """Return the tallies of the areas of a level (length of code), most first; those without any are left out."""
    # django-stubs knows no annotations by expansion.
    parts = counts.annotate(part=Left("area_id", level)).order_by().values("part")
    rows: Iterable[dict[str, Any]] = parts.annotate(**_sums())  # type: ignore[assignment]
    counted = _counted_then(counts)
    tallies = {row["part"]: _tally(row, counted=counted) for row in rows if row["now"] or row["before"]}
    areas = Area.objects.filter(code__in=tallies)
    made = [AreaTally(area, tallies[area.code]) for area in areas]
    return sorted(made, key=lambda each: (-each.tally.now, each.area.code))


def by_rule(counts: QuerySet[QualityCount]) -> list[RuleTally]:
    """Return the tallies of the rules, most first."""
    rows: Iterable[dict[str, Any]] = counts.order_by().values("rule").annotate(**_sums())  # type: ignore[assignment]
    counted, known = _counted_then(counts), by_code()
    made = [
        RuleTally(known[row["rule"]], _tally(row, counted=counted))
        for row in rows
        if row["rule"] in known and (row["now"] or row["before"])
    ]
    return sorted(made, key=lambda each: (-each.tally.now, each.rule.code))


def course(counts: QuerySet[QualityCount]) -> list[Point]:
    """Return how many waited, week by week up to today, from the first week that was counted."""
    today = clock.today()
    first = counts.order_by("since").values_list("since", flat=True).first()
    days = [today - datetime.timedelta(weeks=back) for back in range(_WEEKS, -1, -1)]
    days = [day for day in days if first is not None and day >= first]
    sums = {f"on_{number}": _sum(_held_on(day)) for number, day in enumerate(days)}
    found = counts.aggregate(**sums) if days else {}
    return [Point(day, found[f"on_{number}"]) for number, day in enumerate(days)]


def below(level: int) -> int:
    """Return the level under a level, down to the village."""
    return next((length for length in CODE_LENGTHS if length > level and length <= 12), 12)


def _counted_then(counts: QuerySet[QualityCount]) -> bool:
    """Say whether anybody had counted DAYS_BACK days ago."""
    return counts.filter(since__lte=_then()).exists()


def _then() -> datetime.date:
    return clock.today() - datetime.timedelta(days=DAYS_BACK)


def _tally(row: dict[str, int], *, counted: bool) -> Tally:
    return Tally(row["now"], row["before"] if counted else None)


def _sums() -> dict[str, Coalesce]:
    return {"now": _sum(Q(until__isnull=True)), "before": _sum(_held_on(_then()))}


def _sum(condition: Q) -> Coalesce:
    return Coalesce(Sum("waiting", filter=condition), 0)


def _held_on(day: datetime.date) -> Q:
    """Return the condition that a count held on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
