"""Standing as people see it: badges of today, and the time line of periods with their basis."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from foundation.accounts import clock
from foundation.desk.columns import Badge
from households.models import Household, Standing
from households.words import Words

_ORDER = [kind.value for kind in Standing.Kind]


@dataclass(frozen=True, slots=True)
class Period:
    """One standing on the time line; `whose` is empty for the household as a whole.

    `until` is its last day, or the day on which its member died or left.
    """

    standing: Standing
    until: datetime.date | None
    name: str
    whose: str
    risks: str
    removal: str
    in_force: bool


def periods(household: Household, words: Words) -> list[Period]:
    """Return the standings of a household and its members: those of today first, then the newest; one query."""
    rows = household.standings.select_related("resident").order_by(F("from_day").desc(nulls_last=True), "-pk")
    found = [_period(row, words, household.area_id) for row in rows]
    return sorted(found, key=lambda period: not period.in_force)


def badges(standings: Iterable[Standing], words: Words, area: str) -> list[Badge]:
    """Return a badge for each kind of standing among `standings`, in the order of the kinds."""
    kinds = {row.kind for row in standings}
    return [
        Badge(words.standing(kind, area), "action" if kind in Standing.MONITORED else "plain")
        for kind in _ORDER
        if kind in kinds
    ]


def in_force(row: Standing) -> bool:
    """Say whether a standing holds today, and its member, where it has one, is still there."""
    today = clock.today()
    began = row.from_day is None or row.from_day <= today
    over = row.until_day is not None and row.until_day < today
    gone = row.resident is not None and row.resident.left_on is not None and row.resident.left_on <= today
    return began and not over and not gone


def _period(row: Standing, words: Words, area: str) -> Period:
    return Period(
        standing=row,
        until=row.until_day or (row.resident.left_on if row.resident else None),
        name=words.standing(row.kind, area),
        whose=row.resident.shown_name if row.resident else "",
        risks=words.word("risk_types", row.risk_types, area),
        removal=words.word("removal_way", row.removal_way, area),
        in_force=in_force(row),
    )
