"""What is missing of cases from before this platform, village by village, and whether it becomes less.

The rules are those of data quality (households.quality): they doubt, and wait; nothing here is demanded.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from assistance.lifecycle import HELD
from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.accounts.scope import covers
from households.models import Household, QualityFinding
from households.quality.selectors import DAYS_BACK, Tally, below


@dataclass(frozen=True, slots=True)
class Missing:
    """One area: cases from before this platform, how many of them lack something, and what waits now and before."""

    area: Area
    cases: int
    lacking: int
    tally: Tally


def imported(user: User) -> QuerySet[Case]:
    """Return the cases from before this platform that are held today."""
    return Case.objects.visible_to(user).filter(origin=Case.Origin.IMPORT, state__in=HELD)


def findings(user: User) -> QuerySet[QualityFinding]:
    """Return what data quality doubts of their households, gone or not."""
    cases = Case.objects.filter(origin=Case.Origin.IMPORT, state__in=HELD, household=OuterRef("household"))
    return QualityFinding.objects.visible_to(user).filter(Exists(cases))


def waiting(user: User) -> QuerySet[QualityFinding]:
    """Return what waits of it."""
    return findings(user).filter(gone_on__isnull=True, judged_on__isnull=True)


def lacking(user: User, code: str) -> QuerySet[Household]:
    """Return the households of a village from before this platform of which something waits."""
    some = waiting(user).filter(household=OuterRef("pk"))
    homes = Household.objects.filter(
        pk__in=imported(user).filter(area__code__startswith=code).values("household")
    )
    return homes.filter(Exists(some))


def by_area(user: User, area: Area) -> list[Missing]:
    """Return the areas below one, most missing first; those without a case from before are left out."""
    level, then = below(area.level), clock.today() - datetime.timedelta(days=DAYS_BACK)
    # django-stubs knows no annotations by expansion.
    part = Left("area_id", level)
    inside = {"area__code__startswith": area.code}
    cases = imported(user).filter(**inside).annotate(part=part).order_by().values("part")
    counts: dict[str, int] = {row["part"]: row["cases"] for row in cases.annotate(cases=Count("pk"))}
    rows: Any = findings(user).filter(**inside).annotate(part=part).order_by().values("part")
    told = {
        row["part"]: row
        for row in rows.annotate(
            now=Count("pk", filter=_waits_on(clock.today())),
            before=Count("pk", filter=_waits_on(then)),
            homes=Count("household", distinct=True, filter=_waits_on(clock.today())),
        )
    }
    empty = {"now": 0, "before": 0, "homes": 0}
    made = [
        Missing(each, counts[each.code], row["homes"], Tally(row["now"], row["before"]))
        for each in Area.objects.filter(code__in=counts)
        for row in [told.get(each.code, empty)]
    ]
    return sorted(made, key=lambda each: (-each.tally.now, each.area.code))


def may_correct(user: User, area: str) -> bool:
    """Say whether a reader corrects the register there."""
    return covers(user, Right.EDIT_HOUSEHOLDS, area)


def _waits_on(day: datetime.date) -> Q:
    """Return the condition that a finding waited at the end of a day."""
    gone = Q(gone_on__isnull=True) | Q(gone_on__gt=day)
    judged = Q(judged_on__isnull=True) | Q(judged_on__gt=day)
    return Q(found_on__lte=day) & gone & judged
