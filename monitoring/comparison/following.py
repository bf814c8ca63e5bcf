"""What the comparison follows: runs and findings of an area that gives way go where it went."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from foundation.accounts.area_followers import in_its_place
from foundation.accounts.models import Area, User
from monitoring.models import Finding, Run


@dataclass(frozen=True, slots=True)
class ComparisonsFollow:
    """Findings take the area of their household, runs the one area that takes the place of theirs.

    Stands behind the follower that moves the households.
    """

    claims = ("monitoring.Finding.area", "monitoring.Run.area")

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Write the new codes; in a merger or a split runs stay with the area that they were asked for."""
        moved = Finding.objects.filter(area=predecessor).exclude(household__area=F("area"))
        for area in moved.order_by().values_list("household__area", flat=True).distinct():
            Finding.objects.filter(area=predecessor, household__area=area).update(area=area)
        codes = in_its_place(predecessor, on)
        if len(codes) == 1:
            Run.objects.filter(area=predecessor).update(area=codes[0])


areas = ComparisonsFollow()
