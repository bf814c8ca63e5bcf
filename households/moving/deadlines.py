"""Until when the receiving area answers, and which day of the clock it is.

The day of the proposal is day 1: “day 3 of 10” on a Wednesday is a proposal of Monday. This is the platform's reading
of its own proposal; no national rule was found (domain.md 5.9).
"""

import datetime

from foundation.accounts import clock
from foundation.accounts.roles import Level
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.units import SPANS
from foundation.regulations.working_days import deadline, working_days_between
from households.models import HouseholdMove

DAYS, BY_ACCEPTANCE = "move_answer_days", "move_within_county_accepted"


def last_day(area: str, day_one: datetime.date) -> datetime.date | None:
    """Return the last day for the answer of an area; None where it has no such value in force."""
    found = value(DAYS, area=area[: Level.COUNTY], on=day_one)
    if found.silent or found.amount is None or found.unit not in SPANS:
        return None
    mark_used(found)
    return deadline(day_one, max(int(found.amount) - 1, 0), found.unit, area[: Level.COUNTY]).day


def asks_within_county(area: str) -> bool:
    """Say whether an area wants moves between its own villages to be accepted by somebody else."""
    found = value(BY_ACCEPTANCE, area=area[: Level.COUNTY])
    return bool(found.yes)


def day_of(move: HouseholdMove) -> tuple[int, int] | None:
    """Return which working day of how many today is, while a move waits for its answer; None without a clock."""
    if move.state != "proposed" or move.counts_from is None or move.due_on is None:
        return None
    area = move.to_area_id[: Level.COUNTY]
    now = max(clock.today(), move.counts_from)
    return (
        1 + working_days_between(move.counts_from, now, area),
        1 + working_days_between(move.counts_from, move.due_on, area),
    )
