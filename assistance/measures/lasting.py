"""How long help stands: what waits, what goes on, and what landed and is over. In Python for one row, as Q for lists.

A measure that landed is over after the day that its office named, or on which it was stopped, whichever comes first.
Where neither is known, an amount for a year or a term is over with that year or term: the words of the amount say so.
What was done once stays done: it stands against its risk, and may be asked for again.
"""

import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from assistance.lifecycle_of_help import STANDING, WAITING

if TYPE_CHECKING:
    from assistance.models import Measure

_YEAR = 12
#: Months that an amount of a term or a year is for; a school year has two terms.
SPANS = {"term": 6, "year": _YEAR}


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months earlier; where that month has no such day, its last one."""
    number = day.year * _YEAR + day.month - 1 - months
    first = datetime.date(number // _YEAR, number % _YEAR + 1, 1)
    following = (first + datetime.timedelta(days=31)).replace(day=1)
    return min(first + datetime.timedelta(days=day.day - 1), following - datetime.timedelta(days=1))


def last_day(row: "Measure") -> datetime.date | None:
    """Return the last day of a measure that landed; None where it has not landed, or nobody knows an end."""
    if row.state != "landed":
        return None
    named = [day for day in (row.until_day, row.stopped_on) if day is not None]
    if named or row.landed_on is None or row.per not in SPANS:
        return min(named, default=None)
    number = row.landed_on.year * _YEAR + row.landed_on.month - 1 + SPANS[row.per]
    first = datetime.date(number // _YEAR, number % _YEAR + 1, 1)
    # The day before it began, so many months later; 29 February ends with February.
    following = (first + datetime.timedelta(days=31)).replace(day=1)
    return min(first + datetime.timedelta(days=row.landed_on.day - 1), following) - datetime.timedelta(days=1)


def stands(row: "Measure", on: datetime.date) -> bool:
    """Say whether a measure is help on a day: asked for, or landed and not over."""
    last = last_day(row)
    return row.state in STANDING and (last is None or last >= on)


def runs(row: "Measure", on: datetime.date) -> bool:
    """Say whether asking for the same again would be asking twice.

    It waits, or goes on by the month or up to a day that its office named. What is for a year or a term is asked for
    again before that is over: the next school year begins when the office says so.
    """
    goes_on = row.per == "month" or row.until_day is not None
    return row.state in WAITING or (goes_on and stands(row, on))


def standing_on(on: datetime.date) -> Q:
    """Say of rows what `stands` says of one."""
    over = Q(until_day__lt=on) | Q(stopped_on__lt=on)
    for per, months in SPANS.items():
        endless = Q(until_day__isnull=True, stopped_on__isnull=True, per=per)
        over |= endless & Q(landed_on__lte=months_before(on, months))
    return Q(state__in=WAITING) | Q(state="landed") & ~Q(over)
