"""The two sides of a pair: which outcomes it has, which area lies above both, until when that area decides."""

import datetime

from foundation.accounts import clock
from foundation.accounts.models import Area
from foundation.accounts.roles import Level
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.units import SPANS
from foundation.regulations.working_days import deadline
from households.models import Duplicate, PairDecision
from households.moving.proposing import common_parent

DAYS, TAKEN_UP_DAYS = "pair_decision_days", "pair_taken_up_days"
Outcome = PairDecision.Outcome
_OF_NUMBERS = (Outcome.KEEP, Outcome.MOVED, Outcome.MARRIED_OUT, Outcome.WRONG_NUMBER)
_OF_LIKENESS = (*_OF_NUMBERS, Outcome.DIFFERENT)


def by_likeness(pair: Duplicate) -> bool:
    """Say whether two members look like one person, rather than one number in two households."""
    return pair.basis == Duplicate.Basis.LIKENESS


def outcomes_of(pair: Duplicate) -> tuple[str, ...]:
    """Return what may be decided: one number is one person; two numbers may be two people."""
    return _OF_LIKENESS if by_likeness(pair) else _OF_NUMBERS


def parent_of(pair: Duplicate) -> Area | None:
    """Return the nearest area that holds both villages: where both are one, the village itself."""
    here, there = pair.household.area_id, pair.claimed_area_id
    if by_likeness(pair) and here == there:
        found: Area | None = Area.objects.filter(pk=here).first()
        return found
    return common_parent(here, there)


def last_day(area: str, day_one: datetime.date, rule: str = DAYS) -> datetime.date | None:
    """Return the last day by a rule (default: of the area above both), the day itself being day 1; None without one."""
    found = value(rule, area=area[: Level.COUNTY], on=day_one)
    if found.silent or found.amount is None or found.unit not in SPANS:
        return None
    mark_used(found)
    return deadline(day_one, max(int(found.amount) - 1, 0), found.unit, area[: Level.COUNTY]).day


def is_overdue(row: PairDecision) -> bool:
    """Say whether the area above both should have decided before today."""
    return row.state == "passed" and row.due_on is not None and row.due_on < clock.today()


def is_late(pair: Duplicate) -> bool:
    """Say whether somebody should have decided a pair, or passed it up, before today."""
    return pair.decided_on is None and pair.due_on is not None and pair.due_on < clock.today()
