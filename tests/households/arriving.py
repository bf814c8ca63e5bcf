"""A member comes, in one call: the family event of the register, for tests that begin after it."""

import datetime

from foundation.accounts.models import User
from households.lineage.acting import perform
from households.lineage.planning import Told, plan_arrival
from households.lineage.plans import Kind, Newcomer
from households.models import Household, Resident


def arrive(
    household: Household,
    newcomer: Newcomer,
    came_on: datetime.date,
    *,
    by: User,
    reason: str = "",
    kind: str = Kind.CAME,
    paper: str = "",
) -> Resident:
    """Make somebody a member of a household; `came_on` is the day it happened, today at the latest."""
    plan = plan_arrival(household, kind, newcomer, Told(came_on, reason, paper), by=by)
    act = perform(plan, by=by)
    return Resident.objects.select_related("household").get(lineage_came__act=act)
