"""What the desk lets follow when an area gives way: shared views."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.accounts.models import Area, User
from foundation.desk.models import SavedView


@dataclass(frozen=True, slots=True)
class ViewsFollow:
    """A view shared with the people of an area is shared with those of its first successor; with nobody without one."""

    claims = ("desk.SavedView.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Write the successor; one statement."""
        SavedView.objects.filter(area=predecessor).update(area=next(iter(successors), None))


views = ViewsFollow()
