"""Rules follow their area when it gives way (foundation.accounts.areas.AreaFollower)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from alerts.models import Rule
from foundation.accounts.models import Area, User


@dataclass(frozen=True, slots=True)
class RulesFollow:
    """A rule goes on in the first successor; for the others it is made anew, because its keeper decides that."""

    claims = ("alerts.Rule.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Write the successor, or end the rules of an area without one."""
        rows = Rule.objects.filter(area=predecessor)
        if successors:
            rows.update(area=successors[0])
        else:
            rows.filter(until_day__isnull=True).update(until_day=on)


areas = RulesFollow()
