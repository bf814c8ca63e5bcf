"""What words about standards let follow when an area gives way: they stay visible where they were said."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.accounts.area_followers import in_its_place
from foundation.accounts.models import Area, User
from monitoring.models import TuningRequest


@dataclass(frozen=True, slots=True)
class TuningsFollow:
    """They take the one area that takes the place of the one they were said in; else they stay with the old."""

    claims = ("monitoring.TuningRequest.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Move what names the old area."""
        codes = in_its_place(predecessor, on)
        if len(codes) == 1:
            TuningRequest.objects.filter(area=predecessor).update(area=codes[0])


areas = TuningsFollow()
