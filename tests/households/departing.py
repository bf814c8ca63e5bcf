"""A member dies or leaves, in one call: the family event of the register, for tests that begin after it."""

import datetime

from foundation.accounts.models import User
from households.lineage.acting import perform
from households.lineage.planning import Told, plan_departure
from households.models import Resident, Revision


def depart(
    resident: Resident,
    departure: Resident.Departure,
    left_on: datetime.date,
    *,
    by: User,
    seen: int,
    reason: str = "",
    new_head: Resident | None = None,
    kind: str = Revision.Kind.HAND,
    paper: str = "",
) -> Revision:
    """Let a member be gone from the day `left_on` on. Where the head goes and others stay, `new_head` follows.

    `kind` is where it is known from: by hand, or from a department's delivery.
    """
    told = Told(left_on, reason, paper, kind)
    plan = plan_departure(resident, departure, told, by=by, new_head=new_head, seen=seen)
    made: Revision = perform(plan, by=by).revision
    return made
