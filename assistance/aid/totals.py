"""What a household got in a calendar year: yuan by the month up to today, and how many services.

Months count whole and both ends are included: aid from May to August is four months, whatever the days.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistance.aid.months import between, month_of
from assistance.models import AidRecord

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Year:
    """The sum of one calendar year, and of how many aids: `services` are those without an amount."""

    year: int
    yuan: Decimal
    aids: int
    services: int


def landed_months(row: AidRecord, today: datetime.date) -> list[datetime.date]:
    """Return the months for which an aid has landed by `today`: one for what was given once, none if struck out."""
    if row.state != "recorded" or row.landed_on > today:
        return []
    first = month_of(row.landed_on)
    if row.per == AidRecord.Per.ONCE:
        return [first]
    last = row.last_month
    return list(between(first, min(month_of(today), last) if last else month_of(today)))


def by_year(rows: Iterable[AidRecord], today: datetime.date) -> list[Year]:
    """Return the sums of each calendar year in which anything landed, the newest first."""
    yuan: dict[int, Decimal] = {}
    aids: dict[int, set[int]] = {}
    services: dict[int, set[int]] = {}
    for number, row in enumerate(rows):
        for month in landed_months(row, today):
            aids.setdefault(month.year, set()).add(number)
            if row.amount is None:
                services.setdefault(month.year, set()).add(number)
            else:
                yuan[month.year] = yuan.get(month.year, NOTHING) + row.amount
    return [
        Year(year, yuan.get(year, NOTHING), len(aids[year]), len(services.get(year, ())))
        for year in sorted(aids, reverse=True)
    ]
