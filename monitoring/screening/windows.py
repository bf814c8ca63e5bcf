"""From which day rows count."""

import datetime

from monitoring.screening.standard import Window
from monitoring.screening.terms import Span

_SCHOOL_YEAR_BEGINS = 9


def first_day(window: Window, as_of: datetime.date) -> datetime.date | None:
    """Return the first day that counts; None where rows count whenever they were."""
    match window.span:
        case Span.CALENDAR_YEAR:
            return as_of.replace(month=1, day=1)
        case Span.SCHOOL_YEAR:
            year = as_of.year if as_of.month >= _SCHOOL_YEAR_BEGINS else as_of.year - 1
            return datetime.date(year, _SCHOOL_YEAR_BEGINS, 1)
        case Span.HALF_YEAR:
            return as_of.replace(month=1 if as_of.month <= 6 else 7, day=1)
        case Span.MONTHS:
            return months_before(as_of, window.months) + datetime.timedelta(days=1)
        case _:
            return None


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months back; where that month is shorter, its last day."""
    place = day.year * 12 + day.month - 1 - months
    first = datetime.date(place // 12, place % 12 + 1, 1)
    after = datetime.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(day.day, (after - datetime.timedelta(days=1)).day))
