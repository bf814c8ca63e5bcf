"""Working days of China: weekdays, but for holidays and the Saturdays and Sundays worked instead (调休).

The table of holidays decides; it is kept per process and read anew when it changes. A year that nobody has
declared complete counts by weekdays alone, and every answer that touched it says that it is provisional.
"""

import calendar
import datetime
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock

from django.utils.translation import gettext as _

from foundation.accounts.models.areas import ancestors
from foundation.accounts.refusals import Refused
from foundation.regulations import revision
from foundation.regulations.lookup import value
from foundation.regulations.models import CalendarYear, Holiday
from foundation.regulations.models.values import WHOLE_COUNTRY
from foundation.regulations.units import Unit

ONE_DAY = datetime.timedelta(days=1)
_SATURDAY = 5
#: No deadline of the trade is longer; a wrong figure must not count for ever.
LONGEST = 3660
MOVES = "deadline_moves_off_rest_day"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a period; `provisional` where it rests on a year without published holidays."""

    day: datetime.date
    provisional: bool = False


class Calendar:
    """Holidays of all areas in memory, and the years that are complete."""

    def __init__(self) -> None:
        """Read both tables."""
        self._kinds: dict[tuple[str, datetime.date], str] = {
            (area, day): kind for area, day, kind in Holiday.objects.values_list("area", "day", "kind")
        }
        self._complete = frozenset(CalendarYear.objects.values_list("year", "area"))

    def works(self, day: datetime.date, area: str) -> bool:
        """Say whether `day` is a working day in `area`; the nearest area's row decides, else the weekday."""
        for here in _upward(area):
            if kind := self._kinds.get((here, day)):
                return kind == Holiday.Kind.WORK
        return day.weekday() < _SATURDAY

    def provisional(self, year: int, area: str) -> bool:
        """Say whether nobody has declared the holidays of `year` complete in `area` or above it."""
        return not any((year, here) in self._complete for here in _upward(area))


_lock = Lock()
_kept: tuple[uuid.UUID, Calendar] | None = None


def the_calendar() -> Calendar:
    """Return the calendar as the table stands now; one short query."""
    global _kept  # noqa: PLW0603  (one calendar per process is the point)
    mark = revision.current(revision.HOLIDAYS)
    kept = _kept
    if kept is None or kept[0] != mark:
        with _lock:
            kept = _kept = (mark, Calendar())
    return kept[1]


def is_working_day(day: datetime.date, area: str = WHOLE_COUNTRY) -> bool:
    """Say whether people work on `day` in `area`."""
    return the_calendar().works(day, area)


def add_working_days(start: datetime.date, n: int, area: str = WHOLE_COUNTRY) -> Deadline:
    """Return the `n`-th working day after `start`; the day of the start itself does not count."""
    if not 0 <= n <= LONGEST:
        raise Refused(_("A period must lie between 0 and %(n)d days.") % {"n": LONGEST})
    known = the_calendar()
    day, left, provisional = start, n, known.provisional(start.year, area)
    while left:
        day += ONE_DAY
        provisional = provisional or known.provisional(day.year, area)
        left -= known.works(day, area)
    return Deadline(day, provisional if n else False)


def working_days_between(start: datetime.date, end: datetime.date, area: str = WHOLE_COUNTRY) -> int:
    """Count the working days after `start` up to and including `end`; 0 where `end` is not later."""
    known = the_calendar()
    return sum(known.works(day, area) for day in days_after(start, end))


def days_after(start: datetime.date, end: datetime.date) -> Iterator[datetime.date]:
    """Go through the days after `start` up to and including `end`."""
    day = start
    while day < end:
        day += ONE_DAY
        yield day


def add_months(start: datetime.date, n: int) -> datetime.date:
    """Return the same day `n` months later, or the last day of that month where it is shorter."""
    months = start.year * 12 + start.month - 1 + n
    year, month = divmod(months, 12)
    return datetime.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def deadline(
    start: datetime.date,
    length: int | Decimal,
    unit: Unit,
    area: str = WHOLE_COUNTRY,
    on: datetime.date | None = None,
) -> Deadline:
    """Return the last day of a period that begins with an event on `start` (which does not count itself).

    A period in calendar days or months that ends on a rest day moves to the next working day where the
    area's value of `deadline_moves_off_rest_day` on the day `on` (default: the start) says so.
    """
    n = int(length)
    if n != length or not 0 <= n <= LONGEST:
        raise Refused(_("A period must be a whole number between 0 and %(n)d.") % {"n": LONGEST})
    if unit is Unit.WORKING_DAYS:
        return add_working_days(start, n, area)
    if unit not in (Unit.DAYS, Unit.MONTHS):
        raise Refused(_("A period runs in days, working days or months."))
    end = start + n * ONE_DAY if unit is Unit.DAYS else add_months(start, n)
    if n and value(MOVES, area=area, on=on or start).yes:
        return _next_working_day(end, area)
    return Deadline(end)


def _next_working_day(day: datetime.date, area: str) -> Deadline:
    """Return `day` itself where people work, else the first working day after it."""
    known = the_calendar()
    provisional = known.provisional(day.year, area)
    while not known.works(day, area):
        day += ONE_DAY
        provisional = provisional or known.provisional(day.year, area)
    return Deadline(day, provisional)


def _upward(area: str) -> tuple[str, ...]:
    """Return `area`, the areas above it, and the whole country, nearest first."""
    return (area, *reversed(ancestors(area)), WHOLE_COUNTRY) if area else (WHOLE_COUNTRY,)
