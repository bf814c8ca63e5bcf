"""Who is counted in a standing on a day."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from foundation.accounts import clock

if TYPE_CHECKING:
    from households.models import StandingMember  # noqa: F401  (named in a string below)


class StandingMemberQuerySet(models.QuerySet["StandingMember"]):
    """People who are counted in standings; found through the standing's own door."""

    def counted(self, on: datetime.date | None = None) -> Self:
        """Keep who is counted on a day (default: the business day)."""
        day = on or clock.today()
        return self.filter(
            Q(from_day__isnull=True) | Q(from_day__lte=day), Q(until_day__isnull=True) | Q(until_day__gt=day)
        )
