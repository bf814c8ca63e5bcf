"""What the pages of codes and leaflets read: how many households of a village have one, and which."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import readings
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import within
from foundation.accounts.tabular import plain
from households.codes.groups import group_order
from households.leaflets.texts import edition_of
from households.models import Household, HouseholdCode, LeafletTick, Resident
from households.models.households import HEAD


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a group, or a whole village, is; `older` are households with a leaflet of an earlier text alone."""

    name: str
    households: int
    with_code: int
    with_leaflet: int
    older: int

    @property
    def without_code(self) -> int:
        """How many have no code."""
        return self.households - self.with_code

    @property
    def without_leaflet(self) -> int:
        """How many have no leaflet at all."""
        return self.households - self.with_leaflet

    @property
    def everybody(self) -> bool:
        """Whether every household has a leaflet."""
        return self.households > 0 and self.without_leaflet == 0


def villages(user: User) -> QuerySet[Area]:
    """Return the living villages in which `user` may see households, each with its counts as annotations."""
    here = Household.objects.living().filter(area=OuterRef("pk")).order_by().values("area")
    return (
        Area.objects.visible_to(user, Right.VIEW_HOUSEHOLDS)
        .living()
        .filter(level=Level.VILLAGE)
        .annotate(
            households_here=_count(here),
            with_code=_count(here.filter(_has_code())),
            with_leaflet=_count(here.filter(_has_leaflet())),
        )
    )


def in_or_named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Keep the villages that lie under a code, or that are called (or whose township is called) what was typed."""
    typed = plain(text)
    if typed.isdecimal():
        return rows.filter(within("code", [readings(typed)[-1]]))
    return rows.filter(
        Q(name__icontains=text) | Q(initials__startswith=typed.lower()) | Q(parent__name__icontains=text)
    )


def progress(village: Area, user: User) -> tuple[Progress, list[Progress]]:
    """Return how far a village is, and each of its groups (none where the register names no group); one query."""
    edition = edition_of(village.code)
    rows = (
        _living_in(village, user)
        .order_by()
        .values("group_name")
        .annotate(
            households=Count("pk"),
            with_code=Count("pk", filter=_has_code()),
            with_leaflet=Count("pk", filter=_has_leaflet()),
            present=Count("pk", filter=_has_leaflet(edition)),
        )
    )
    groups = [
        Progress(
            row["group_name"],
            row["households"],
            row["with_code"],
            row["with_leaflet"],
            row["with_leaflet"] - row["present"],
        )
        for row in rows
    ]
    groups.sort(key=lambda each: group_order(each.name))
    whole = Progress(
        village.name,
        sum(each.households for each in groups),
        sum(each.with_code for each in groups),
        sum(each.with_leaflet for each in groups),
        sum(each.older for each in groups),
    )
    return whole, groups if any(each.name for each in groups) else []


def households_of(village: Area, user: User) -> QuerySet[Household]:
    """Return the living households of a village that `user` may see, with head, code and leaflet; 4 queries."""
    ticks = LeafletTick.objects.standing().select_related("given_by").order_by("-edition", "-pk")
    return (
        _living_in(village, user)
        .select_related("area", "phone")
        .prefetch_related(
            Prefetch("residents", Resident.objects.present().filter(relation=HEAD), to_attr="heads"),
            Prefetch("codes", HouseholdCode.objects.in_force(), to_attr="codes_in_force"),
            Prefetch("leaflets", ticks, to_attr="leaflets_standing"),
        )
    )


def with_code(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    """Keep the households that have a code in force, or those that have none."""
    return rows.filter(_has_code() if wanted else ~_has_code())


def with_leaflet(rows: QuerySet[Any], wanted: bool, edition: datetime.date | None = None) -> QuerySet[Any]:
    """Keep the households that have a leaflet (of this edition), or those that have none."""
    return rows.filter(_has_leaflet(edition) if wanted else ~_has_leaflet(edition))


def newest_tick(household: Household) -> LeafletTick | None:
    """Return the standing tick of the newest text that a household was handed, or None."""
    ticks = household.leaflets.standing().select_related("given_by")
    return ticks.order_by("-edition", "-pk").first()


def head_name(household: Any) -> str:
    """Return the name of the head of a household of `households_of`; empty where nobody is head."""
    return household.heads[0].shown_name if household.heads else ""


def _living_in(village: Area, user: User) -> QuerySet[Household]:
    return Household.objects.visible_to(user).living().filter(area__code__startswith=village.code)


def _has_code() -> Q:
    return Q(Exists(HouseholdCode.objects.in_force().filter(household=OuterRef("pk"))))


def _has_leaflet(edition: datetime.date | None = None) -> Q:
    ticks = LeafletTick.objects.standing().filter(household=OuterRef("pk"))
    return Q(Exists(ticks.filter(edition__gte=edition) if edition else ticks))


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)
