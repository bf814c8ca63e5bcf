"""What workflow lets follow when an area gives way: the paths it has declared."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.accounts.area_followers import in_its_place
from foundation.accounts.models import Area, User
from foundation.workflow.models import Path


@dataclass(frozen=True, slots=True)
class PathsFollow:
    """The paths of an area hold in the areas that take its place; what runs keeps the path it began with."""

    claims = ("workflow.Path.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Copy the path in force on the day for every kind, where the successor has none of its own."""
        newest = {
            path.kind: path
            for path in Path.objects.filter(area=predecessor, from_day__lte=on).order_by("from_day")
        }
        for code in in_its_place(predecessor, on):
            own = set(Path.objects.filter(area=code).values_list("kind", flat=True))
            Path.objects.bulk_create(
                Path(
                    kind=path.kind,
                    area_id=code,
                    from_day=on,
                    steps=path.steps,
                    digest=path.digest,
                    source=path.source,
                )
                for path in newest.values()
                if path.kind not in own
            )


paths = PathsFollow()
