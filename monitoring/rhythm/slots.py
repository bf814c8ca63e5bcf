"""The calendar of a contract: the spans that a delivery is expected for, and the day by which it must be there."""

import calendar
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitoring.contracts.contract import Contract, Rhythm
from monitoring.contracts.terms import Every, Kind, PeriodForm
from monitoring.periods import read_period

_ONE_DAY = datetime.timedelta(days=1)
#: Months in which the second term of a school year begins and ends; the first term fills the other months.
_SPRING = (2, 7)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A span for which one delivery is expected: its first and last day, and the last day on which it is in time.

    `period` is how the officer would write it.
    """

    first: datetime.date
    last: datetime.date
    due: datetime.date
    period: str

    def ended(self, today: datetime.date) -> bool:
        """Whether the span is over: only then can it be delivered whole."""
        return self.last < today

    def past_due(self, today: datetime.date) -> bool:
        """Whether a delivery of today is late."""
        return self.due < today


def is_expected(contract: Contract) -> bool:
    """Say whether a contract has a calendar at all: what happens, and what is asked for, has none."""
    return contract.rhythm.every in _ENDS


def slots(contract: Contract, since: datetime.date, until: datetime.date) -> Iterator[Slot]:
    """Yield the spans that end on `since` or later and begin on `until` or earlier, the oldest first."""
    if not is_expected(contract):
        return
    first = _begin(contract.rhythm.every, since)
    while first <= until:
        last = _ENDS[contract.rhythm.every](first)
        yield Slot(first, last, due_day(contract.rhythm, last), written(contract, first, last))
        first = last + _ONE_DAY


def due_day(rhythm: Rhythm, last: datetime.date) -> datetime.date:
    """Return the last day on which a delivery of the span that ends on `last` is in time.

    Without a day in the contract it is the day after for what is due within a month, else the end of the next month.
    """
    after = _month_end(last) + _ONE_DAY
    if rhythm.by_day is not None:
        return after.replace(day=min(rhythm.by_day, _month_end(after).day))
    if rhythm.every in (Every.DAY, Every.TEN_DAYS):
        return last + _ONE_DAY
    return _month_end(after)


def written(contract: Contract, first: datetime.date, last: datetime.date) -> str:
    """Write a span as a period that the contract accepts: as long as it fits into the span."""
    forms = {
        PeriodForm.YEAR: f"{last:%Y}",
        PeriodForm.MONTH: f"{last:%Y-%m}",
        PeriodForm.DAY: last.isoformat(),
    }
    whole = [
        forms[form]
        for form in (PeriodForm.YEAR, PeriodForm.MONTH, PeriodForm.DAY)
        if form in contract.periods
    ]
    fitting = [
        text
        for text in whole
        if (period := read_period(text)) and first <= period.first and period.last <= last
    ]
    return (fitting or whole)[0]


def fills(
    slot: Slot, contract: Contract, first: datetime.date, last: datetime.date, received_on: datetime.date
) -> bool:
    """Say whether a delivery of the period from `first` to `last`, received on a day, is the one expected for `slot`.

    A period no longer than the span counts where it ends. A longer one (a year of a monthly state) counts for the
    span that had ended when it came; of events and rolls, for every span in it that had ended by then.
    """
    if last - first <= slot.last - slot.first:
        return slot.first <= last <= slot.last
    if not (first <= slot.last and slot.first <= last and slot.last <= received_on):
        return False
    if contract.kind is not Kind.STATE:
        return True
    return received_on <= _ENDS[contract.rhythm.every](slot.last + _ONE_DAY)


def _begin(every: Every, day: datetime.date) -> datetime.date:
    """Return the first day of the span that holds `day`."""
    match every:
        case Every.DAY:
            return day
        case Every.TEN_DAYS:
            return day.replace(day=1 if day.day <= 10 else 11 if day.day <= 20 else 21)
        case Every.MONTH:
            return day.replace(day=1)
        case Every.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case Every.TERM:
            spring, summer = _SPRING
            if spring <= day.month <= summer:
                return day.replace(month=spring, day=1)
            year = day.year if day.month > summer else day.year - 1
            return datetime.date(year, summer + 1, 1)
        case _:
            return day.replace(month=1, day=1)


def _ten_days_end(first: datetime.date) -> datetime.date:
    return _month_end(first) if first.day > 20 else first + 9 * _ONE_DAY


def _term_end(first: datetime.date) -> datetime.date:
    spring, summer = _SPRING
    if first.month == spring:
        return _month_end(first.replace(month=summer))
    return datetime.date(first.year + 1, spring, 1) - _ONE_DAY


def _month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


#: The last day of a span by its first.
_ENDS: dict[Every, Callable[[datetime.date], datetime.date]] = {
    Every.DAY: lambda first: first,
    Every.TEN_DAYS: _ten_days_end,
    Every.MONTH: _month_end,
    Every.QUARTER: lambda first: _month_end(first.replace(month=first.month + 2)),
    Every.TERM: _term_end,
    Every.YEAR: lambda first: first.replace(month=12, day=31),
}
