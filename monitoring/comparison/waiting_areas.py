"""What waits for an area that gives way, and the trials that were made there."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.accounts.area_followers import in_its_place
from foundation.accounts.models import Area, User
from monitoring.comparison.rhythm import request
from monitoring.models import Run, RunRequest, Trial


@dataclass(frozen=True, slots=True)
class WaitingFollow:
    """What waits for an area waits for each in its place; trials take the one area in its place, as runs do."""

    claims = ("monitoring.RunRequest.area", "monitoring.Trial.area")

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Ask anew where the households went, and write the new code of trials."""
        for waiting in RunRequest.objects.filter(area=predecessor):
            waiting.delete()
            for area in successors:
                request(area.code, waiting.standards, cause=Run.Cause(waiting.cause))
        codes = in_its_place(predecessor, on)
        if len(codes) == 1:
            Trial.objects.filter(area=predecessor).update(area=codes[0])


areas = WaitingFollow()
