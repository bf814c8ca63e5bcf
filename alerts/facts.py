"""What the register says of many households at once: who lives there, and what the household counts as."""

import datetime
from collections.abc import Collection

from alerts.priority import HouseholdFacts
from households.ages import age
from households.low_income import low_income
from households.models import Household, Resident, Standing

#: Code of “disabled” in the list health_states.
_DISABLED = "2"
_GROWN, _OLD = 16, 60


def facts_of(households: Collection[int], area: str, on: datetime.date) -> dict[int, HouseholdFacts]:
    """Return what makes each of the households under `area` more urgent on a day; two queries."""
    poor = set(low_income(Household.objects.filter(pk__in=households), area, on).values_list("pk", flat=True))
    members: dict[int, list[tuple[int | None, list[str]]]] = {}
    present = Resident.objects.present(on).filter(household__in=households)
    for household, born_on, health in present.values_list("household_id", "born_on", "health"):
        members.setdefault(household, []).append((age(born_on, on), health))
    return {each: _facts(members.get(each, []), each in poor) for each in households}


def monitored(households: Collection[int], on: datetime.date) -> set[int]:
    """Return which of the households are monitored objects on a day; one query."""
    rows = Standing.objects.in_force(on).filter(
        household__in=households, kind__in=Standing.MONITORED, resident__isnull=True
    )
    return set(rows.values_list("household_id", flat=True))


def _facts(members: list[tuple[int | None, list[str]]], poor: bool) -> HouseholdFacts:
    ages = [years for years, _health in members]
    return HouseholdFacts(
        child=any(years is not None and years < _GROWN for years in ages),
        elders_alone=bool(ages) and all(years is not None and years >= _OLD for years in ages),
        disabled=any(_DISABLED in health for _years, health in members),
        low_income=poor,
    )
