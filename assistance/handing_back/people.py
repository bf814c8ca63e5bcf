"""The people whom a household's category counts, in the month in which it began or ended."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import within
from households.models import Resident, Standing, StandingMember
from households.models.households import HEAD


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is newly monitored (`begins`) or no longer, since a day."""

    resident: Resident
    begins: bool
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar: its first and its last day."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def of(cls, day: datetime.date) -> "Month":
        """Return the month that a day lies in."""
        first = day.replace(day=1)
        later = (first + datetime.timedelta(days=31)).replace(day=1)
        return cls(first, later - datetime.timedelta(days=1))

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month.of(self.first - datetime.timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


def people_of(user: User, area: str, month: Month, *, heads_only: bool) -> list[Person]:
    """Return who came and who went in a month in an area that `user` may see; those who came first.

    Whoever came and went within the month stands there twice. A wrong identification that was corrected has ended like
    any other. Dead people and those who left their household are not told.
    """
    rows = StandingMember.objects.filter(
        within("standing__household__area__code", [area]),
        Q(standing__from_day__range=(month.first, month.last))
        | Q(standing__until_day__range=(month.first, month.last))
        | Q(from_day__range=(month.first, month.last)),
        standing__in=Standing.objects.visible_to(user, Right.VIEW_CASES).filter(kind__in=Standing.MONITORED),
        resident__in=Resident.objects.present(),
    )
    if heads_only:
        rows = rows.filter(resident__relation=HEAD)
    rows = rows.select_related("standing", "resident__identity", "resident__household__area__parent")
    ordered = rows.order_by("resident__household__area", "resident__household", "resident")
    found = [person for row in ordered for person in _told(row, month)]
    return sorted(found, key=lambda each: not each.begins)


def _told(row: StandingMember, month: Month) -> Iterator[Person]:
    for day, begins in ((row.from_day or row.standing.from_day, True), (row.standing.until_day, False)):
        if day is not None and month.first <= day <= month.last:
            yield Person(row.resident, begins, day)
