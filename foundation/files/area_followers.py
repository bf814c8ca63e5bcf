"""What files let follow when an area gives way: attachments go where the rows go that they belong to."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.accounts.models import Area, User
from foundation.files.models import Attachment
from foundation.files.owners import owners


@dataclass(frozen=True, slots=True)
class AttachmentsFollow:
    """Attachments take the area of their row. Stands last of the followers: by then the rows have moved."""

    claims = ("files.Attachment.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Look at each row that has attachments in the old area, and write its area where it is another now."""
        there = Attachment.objects.filter(area=predecessor.code)
        for owner in owners().values():
            mine = there.filter(owner_model=owner.label)
            keys = set(mine.values_list("owner_id", flat=True))
            for row in owner.model._base_manager.filter(pk__in=keys):
                if owner.area(row) != predecessor.code:
                    mine.filter(owner_id=str(row.pk)).update(area=owner.area(row))


attachments = AttachmentsFollow()
