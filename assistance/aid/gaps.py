"""Where promise and payment disagree. Pure: facts in, runs of months out; no queries, no clock.

A promise by the month is kept in a month in which the member's row is in the data. A promise of one payment is kept by
a row of up to `grace` months before or after it, and is broken only when the data cover all the months up to that.
What is paid by the year stands in `paid` under January of its year; a promise is kept by a year whose payments fall
around its month. Lists that tell all that is (`lasting`) need to cover a later month only, not each one.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistance.aid.months import between, moved, runs
from assistance.aid.reading import Paid
from assistance.models.aid_gaps import Side

Months = Collection[datetime.date]
#: The premium of a year is collected from this month of the year before on (field knowledge; no document was seen).
COLLECTED_FROM = 9
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Way:
    """How a feed pays: by the month or by the year (neither: once), whether its lists last, months of grace."""

    monthly: bool
    grace: int
    yearly: bool = False
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised or recorded for a member (None: for the household, any member may get it).

    `first` to `last` are months. `binds`: somebody must have been paid; without it, it only explains a payment.
    """

    resident: int | None
    first: datetime.date
    last: datetime.date
    amount: Decimal | None = None
    binds: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """An explanation: of one side, for a member, from a month up to another (None: on and on)."""

    side: str
    resident: int | None
    first: datetime.date
    last: datetime.date | None

    def covers(self, side: str, resident: int | None, month: datetime.date) -> bool:
        """Say whether it explains a month."""
        ends = self.last is None or month <= self.last
        return self.side == side and self.resident == resident and self.first <= month and ends


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of months of one side for a member, with the amount of its last month and the row of its first."""

    side: str
    resident: int | None
    first: datetime.date
    last: datetime.date
    amount: Decimal | None = None
    row: Paid | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """What is known of one household for one feed: members, promises, payments by member and month, explanations.

    `covered` are the months that the data know; `since` is the month from which payments ask for a record.
    """

    members: Collection[int]
    promises: Collection[Promise]
    paid: Mapping[tuple[int, datetime.date], Paid]
    covered: Months
    since: datetime.date
    told: Collection[Told] = ()
    #: Members of whom a list of debts has a row that names no day of payment.
    undated: Collection[int] = ()


def gaps_of(home: Home, way: Way, sides: Collection[str]) -> list[Gap]:
    """Return what disagrees in one household, of the sides that are asked for."""
    found: list[Gap] = []
    if Side.UNPAID in sides:
        found += _unpaid(home, way)
    if Side.UNRECORDED in sides:
        found += _unrecorded(home, way)
    return found


def _unpaid(home: Home, way: Way) -> list[Gap]:
    lacking: dict[int | None, dict[datetime.date, Decimal | None]] = {}
    for promise in home.promises:
        if not promise.binds:
            continue
        due = between(promise.first, promise.last) if way.monthly else [promise.first]
        for month in due:
            if (
                _known(home, way, month)
                and not _got(home, promise.resident, _window(way, month))
                and not _told(home, Side.UNPAID, promise.resident, month)
            ):
                lacking.setdefault(promise.resident, {})[month] = promise.amount
    return [
        Gap(Side.UNPAID, resident, first, last, months[last])
        for resident, months in lacking.items()
        for first, last in runs(months)
    ]


def _known(home: Home, way: Way, month: datetime.date) -> bool:
    """Say whether the data tell of a payment that was due in a month, also one that comes later by the grace."""
    if way.monthly:
        return month in home.covered
    last = moved(month, way.grace)
    if way.lasting:
        return any(each >= last for each in home.covered)
    return set(between(month, last)) <= set(home.covered)


def _window(way: Way, month: datetime.date) -> list[datetime.date]:
    """Return the months of payments that keep a promise of this month."""
    if way.monthly:
        return [month]
    if way.yearly:
        january = month.replace(month=1)
        return [january] if month.month < COLLECTED_FROM else [january, moved(january, _YEAR)]
    return list(between(moved(month, -way.grace), moved(month, way.grace)))


def _unrecorded(home: Home, way: Way) -> list[Gap]:
    paid: dict[int, dict[datetime.date, Paid]] = {}
    for (resident, month), row in home.paid.items():
        if (
            resident not in home.members
            or month < home.since
            or _told(home, Side.UNRECORDED, resident, month)
        ):
            continue
        if not any(_answers(promise, resident, month, way) for promise in home.promises):
            paid.setdefault(resident, {})[month] = row
    return [
        Gap(Side.UNRECORDED, resident, first, last, months[last].yuan, months[first])
        for resident, months in paid.items()
        for first, last in (runs(months) if way.monthly else [(month, month) for month in sorted(months)])
    ]


def _got(home: Home, resident: int | None, months: Iterable[datetime.date]) -> bool:
    people = home.members if resident is None else [resident]
    if any(person in home.undated for person in people):
        return True
    return any((person, month) in home.paid for month in months for person in people)


def _answers(promise: Promise, resident: int, month: datetime.date, way: Way) -> bool:
    """Say whether a promise or record explains a payment; what was promised once explains payments around it."""
    mine = promise.resident in (None, resident)
    first, last = promise.first, promise.last
    if way.yearly:
        begins = moved(month, COLLECTED_FROM - 1 - _YEAR)
        return mine and first <= moved(month, _YEAR - 1) and last >= begins
    grace = 0 if way.monthly else way.grace
    return mine and moved(first, -grace) <= month <= moved(last, grace)


def _told(home: Home, side: Side, resident: int | None, month: datetime.date) -> bool:
    return any(each.covers(side, resident, month) for each in home.told)
