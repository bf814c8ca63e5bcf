"""Who is low-income on a day: a class of warning lines (datasets.md sections 5 and 7).

A household is, when it or one living member has on that day a standing that its area counts as low-income
(regulation value `low_income_standings`). A monitored household is until the month of its removal ends: `until_day`
of its standing is the last day of that month.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from foundation.accounts.scope import within
from foundation.regulations.lookup import book
from households.models import Household, Standing
from households.querysets import HouseholdQuerySet, StandingQuerySet

_SUBJECT = "low_income_standings"


@dataclass(frozen=True, slots=True)
class CountedIn:
    """Which kinds of standing count as low-income under an area, except in `apart`, which have their own list."""

    area: str
    apart: tuple[str, ...]
    kinds: tuple[str, ...]


def kinds_of(area: str, on: datetime.date) -> tuple[str, ...]:
    """Return the kinds of standing that count as low-income in an area on a day."""
    known = {kind.value for kind in Standing.Kind}
    found: list[str] = []
    for item in book().resolve(_SUBJECT, area, on).items:
        if item["code"] == "monitored":
            found += [kind.value for kind in Standing.MONITORED]
        elif item["code"] in known:
            found.append(item["code"])
    return tuple(found)


def counted_in(area: str, on: datetime.date) -> list[CountedIn]:
    """Return what counts where under `area`: the area's own list first, then those of areas below with another."""
    below = sorted(
        {row.area for row in book().values() if row.subject_id == _SUBJECT and row.area.startswith(area)}
        - {area}
    )
    return [
        CountedIn(
            here,
            tuple(each for each in below if each.startswith(here) and each != here),
            kinds_of(here, on),
        )
        for here in (area, *below)
    ]


def low_income(households: HouseholdQuerySet, area: str, on: datetime.date) -> HouseholdQuerySet:
    """Keep the households under `area` that are low-income on a day."""
    condition = Q(pk__in=[])
    for rule in counted_in(area, on):
        here: Q = within("area__code", [rule.area])
        if rule.apart:
            here &= ~within("area__code", rule.apart)
        condition |= here & Q(Exists(_holding(rule.kinds, on)))
    return households.filter(within("area__code", [area]), condition)


def is_low_income(household: Household, on: datetime.date) -> bool:
    """Say whether one household is low-income on a day."""
    return low_income(Household.objects.filter(pk=household.pk), household.area_id, on).exists()


def _holding(kinds: tuple[str, ...], on: datetime.date) -> StandingQuerySet:
    living = Q(resident__isnull=True) | Q(resident__left_on__isnull=True) | Q(resident__left_on__gt=on)
    return Standing.objects.in_force(on).filter(living, household=OuterRef("pk"), kind__in=kinds)
