"""Months, named by their first day. Pure: no queries, no people, no clock."""

import datetime
from collections.abc import Iterable, Iterator

_YEAR = 12


def month_of(day: datetime.date) -> datetime.date:
    """Return the month of a day."""
    return day.replace(day=1)


def moved(month: datetime.date, by: int) -> datetime.date:
    """Return the month so many months later (earlier, if negative)."""
    number = month.year * _YEAR + month.month - 1 + by
    return datetime.date(number // _YEAR, number % _YEAR + 1, 1)


def count(first: datetime.date, last: datetime.date) -> int:
    """Return how many months there are from `first` to `last`, both included; 0 where `last` comes before."""
    return max((last.year - first.year) * _YEAR + last.month - first.month + 1, 0)


def between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Yield the months from `first` to `last`, both included."""
    return (moved(first, number) for number in range(count(first, last)))


def runs(months: Iterable[datetime.date]) -> list[tuple[datetime.date, datetime.date]]:
    """Return the runs of months without a gap: first and last month of each, in order of time."""
    found: list[tuple[datetime.date, datetime.date]] = []
    for month in sorted(set(months)):
        if found and moved(found[-1][1], 1) == month:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found
