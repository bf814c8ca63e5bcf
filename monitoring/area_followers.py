"""What departmental data lets follow when an area gives way: deliveries and confirmed headers go where it went."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.accounts.area_followers import in_its_place
from foundation.accounts.models import Area, User
from monitoring.intake import kept
from monitoring.models import Delivery, HeaderMeaning


@dataclass(frozen=True, slots=True)
class DeliveriesFollow:
    """Deliveries take the one area that takes the place of theirs; confirmed headers hold in every such area.

    In a merger or a split nobody can say to which area a file belongs: it stays with the one it was delivered for,
    and its rows still find their people wherever they live.
    """

    claims = ("monitoring.Delivery.area", "monitoring.HeaderMeaning.area")

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Move the deliveries, and copy the meanings that the new areas do not have of their own."""
        codes = in_its_place(predecessor, on)
        if len(codes) == 1:
            moving = Delivery.objects.filter(area=predecessor)
            kept.follow(moving.values_list("pk", flat=True), codes[0])
            moving.update(area=codes[0])
        meanings = list(HeaderMeaning.objects.filter(area=predecessor))
        for code in codes:
            HeaderMeaning.objects.bulk_create(
                (
                    HeaderMeaning(
                        dataset_id=each.dataset_id,
                        area_id=code,
                        header=each.header,
                        column=each.column,
                        confirmed_by_id=each.confirmed_by_id,
                        confirmed_on=each.confirmed_on,
                    )
                    for each in meanings
                ),
                ignore_conflicts=True,
            )


deliveries = DeliveriesFollow()
