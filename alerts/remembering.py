"""What is remembered of households that data named wrongly: what is found again goes to the right one by itself."""

from collections.abc import Collection
from typing import Any

from alerts.attaching import attach
from alerts.models import Relocation, Signal
from alerts.opening_one import open_for
from alerts.planning import Plan
from alerts.silence import silences
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household
from monitoring.models import Run
from monitoring.querysets import FindingQuerySet

#: A standard, the household that the data name, and the member, None where it is about all.
Named = tuple[str, int, int | None]


def brought_elsewhere(
    waiting: FindingQuerySet, households: Collection[int], run: Run, *, columns: Collection[str], by: User
) -> tuple[set[int], set[int]]:
    """Bring findings to the households that they really mean; returns their keys, and the alerts that changed.

    A cool-down of the right household holds for them too. Few households have such findings: they go one by one.
    """
    known = _remembered(households)
    done: set[int] = set()
    touched: set[int] = set()
    if not known:
        return done, touched
    rows = waiting.filter(household__in={household for _standard, household, _member in known})
    for finding in rows.order_by("pk").values(*columns):
        right = known.get((finding["standard_id"], finding["household_id"], finding["resident_id"]))
        if right is None:
            continue
        done.add(finding["id"])
        touched |= _bring(finding | {"resident_id": None}, right, run, by)
    return done, touched


def _bring(finding: dict[str, Any], right: int, run: Run, by: User) -> set[int]:
    household = Household.objects.select_for_update(no_key=True).get(pk=right)
    quiet = silences([right], run.as_of)
    if quiet.silences(right, finding["standard_id"], None, finding["measured"]):
        return set()
    actor = by.authority(Right.DISPATCH_ALERTS, household.area_id)
    alert = open_for(household, by=by, actor=actor)
    attach([Plan(right, alert=alert, attach=[finding])])
    return {alert.pk}


def _remembered(households: Collection[int]) -> dict[Named, int]:
    """Return the right household of what the data said of these; of several answers the newest counts."""
    moves = list(
        Relocation.objects.remembered_of(households).select_related("source", "target").order_by("pk")
    )
    keys = [key for move in moves for key in move.signals]
    standards = dict(Signal.objects.filter(pk__in=keys).values_list("pk", "standard_id")) if keys else {}
    return {
        (standard, move.source.household_id, move.residents.get(str(key))): move.target.household_id
        for move in moves
        for key in move.signals
        if (standard := standards.get(key)) is not None
    }
