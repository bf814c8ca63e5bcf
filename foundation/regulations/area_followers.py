"""What regulations let follow when an area gives way: its values, and its holidays."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.accounts import clock
from foundation.accounts.area_followers import in_its_place
from foundation.accounts.models import Area, User
from foundation.regulations.models import CalendarYear, Holiday, Value
from foundation.regulations.models.values import Origin
from foundation.regulations.revision import HOLIDAYS, VALUES, hold, renew


@dataclass(frozen=True, slots=True)
class ValuesFollow:
    """The values of an area hold in the areas that take its place, each from its own day, as their own values.

    An area that another one merges into goes on under its own values.
    """

    claims = ("regulations.Value.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Copy the values, where the successor has none of the subject and class."""
        rows = _own_values(predecessor.code)
        heirs = in_its_place(predecessor, on) if rows else []
        if not heirs:
            return
        hold(VALUES)
        for code in heirs:
            there = {(row.subject_id, row.population) for row in Value.objects.filter(area=code)}
            Value.objects.bulk_create(
                _copied(row, code) for row in rows if (row.subject_id, row.population) not in there
            )
        renew(VALUES)


@dataclass(frozen=True, slots=True)
class HolidaysFollow:
    """The holidays of an area are those of the areas that take its place."""

    claims = ("regulations.Holiday.area", "regulations.CalendarYear.area")

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Copy days and complete years, where the successor has none of its own for that day or year."""
        days = list(Holiday.objects.filter(area=predecessor.code))
        years = list(CalendarYear.objects.filter(area=predecessor.code))
        heirs = in_its_place(predecessor, on) if days or years else []
        if not heirs:
            return
        hold(HOLIDAYS)
        for code in heirs:
            Holiday.objects.bulk_create(
                [Holiday(day=row.day, area=code, kind=row.kind, name=row.name) for row in days],
                ignore_conflicts=True,
            )
            CalendarYear.objects.bulk_create(
                [
                    CalendarYear(year=row.year, area=code, source=row.source, completed_on=row.completed_on)
                    for row in years
                ],
                ignore_conflicts=True,
            )
        renew(HOLIDAYS)


def _own_values(code: str) -> list[Value]:
    """Return the values of an area that count: of a subject and class its local ones, else the shipped ones."""
    rows = list(Value.objects.filter(area=code))
    local = {(row.subject_id, row.population) for row in rows if row.origin == Origin.LOCAL}
    return [
        row for row in rows if row.origin == Origin.LOCAL or (row.subject_id, row.population) not in local
    ]


def _copied(row: Value, code: str) -> Value:
    """Return the same value as a local one of another area, not used by anybody yet."""
    columns = {
        each.attname: getattr(row, each.attname)
        for each in Value._meta.concrete_fields
        if not each.primary_key
    }
    return Value(
        **columns | {"area": code, "origin": Origin.LOCAL, "loaded_on": clock.today(), "used_on": None}
    )


values = ValuesFollow()
holidays = HolidaysFollow()
