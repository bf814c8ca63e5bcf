"""What the comparison follows: an area that gives way takes its runs and findings along; who is erased has none."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from foundation.accounts.area_followers import in_its_place
from foundation.accounts.models import Area, User
from monitoring.models import Finding, FindingOutcome, RowOutcome, Run, StagedFinding


@dataclass(frozen=True, slots=True)
class ComparisonsFollow:
    """Findings take the area of their household, runs the one area that takes the place of theirs.

    Stands behind the follower that moves the households.
    """

    claims = ("monitoring.Finding.area", "monitoring.FindingOutcome.area", "monitoring.Run.area")

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Write the new codes; in a merger or a split runs stay with the area that they were asked for."""
        moved = Finding.objects.filter(area=predecessor).exclude(household__area=F("area"))
        for area in moved.order_by().values_list("household__area", flat=True).distinct():
            Finding.objects.filter(area=predecessor, household__area=area).update(area=area)
        outcomes = FindingOutcome.objects.filter(area=predecessor).exclude(finding__area=F("area"))
        for area in outcomes.order_by().values_list("finding__area", flat=True).distinct():
            FindingOutcome.objects.filter(area=predecessor, finding__area=area).update(area=area)
        codes = in_its_place(predecessor, on)
        if len(codes) == 1:
            Run.objects.filter(area=predecessor).update(area=codes[0])


areas = ComparisonsFollow()


def forget(residents: Collection[int], subjects: Collection[UUID]) -> None:
    """Empty the evidence about a person who is erased (households.followers.ErasureFollower).

    The finding stays as a number: that somebody was over a line is counted, what they paid is gone. Findings of the
    household keep theirs: its rows name nobody.
    """
    Finding.objects.filter(resident__in=residents).update(evidence=[], consulted=[], name_differs=False)
    FindingOutcome.objects.filter(finding__household__residents__in=residents).update(reason="")
    RowOutcome.objects.filter(outcome__finding__resident__in=residents).update(rows=[])
    StagedFinding.objects.filter(resident__in=residents).delete()
