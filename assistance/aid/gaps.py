"""Where promise and payment disagree. Pure: facts in, runs of months out; no queries, no clock.

A promise by the month is kept in a month in which the member's row is in the data. A promise of one payment is kept by
a row of up to `grace` months before or after it, and is broken only when the data cover all the months up to that.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistance.aid.months import between, moved, runs
from assistance.aid.reading import Paid
from assistance.models.aid_gaps import Side

Months = Collection[datetime.date]


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


def gaps_of(home: Home, *, monthly: bool, grace: int, sides: Collection[str]) -> list[Gap]:
    """Return what disagrees in one household, of the sides that are asked for."""
    found: list[Gap] = []
    if Side.UNPAID in sides:
        found += _unpaid(home, monthly=monthly, grace=grace)
    if Side.UNRECORDED in sides:
        found += _unrecorded(home, monthly=monthly, grace=grace)
    return found


def _unpaid(home: Home, *, monthly: bool, grace: int) -> list[Gap]:
    lacking: dict[int | None, dict[datetime.date, Decimal | None]] = {}
    for promise in home.promises:
        if not promise.binds:
            continue
        due = between(promise.first, promise.last) if monthly else [promise.first]
        for month in due:
            window = [month] if monthly else list(between(moved(month, -grace), moved(month, grace)))
            known = set(window if monthly else between(month, moved(month, grace))) <= set(home.covered)
            if (
                known
                and not _got(home, promise.resident, window)
                and not _told(home, Side.UNPAID, promise.resident, month)
            ):
                lacking.setdefault(promise.resident, {})[month] = promise.amount
    return [
        Gap(Side.UNPAID, resident, first, last, months[last])
        for resident, months in lacking.items()
        for first, last in runs(months)
    ]


def _unrecorded(home: Home, *, monthly: bool, grace: int) -> list[Gap]:
    paid: dict[int, dict[datetime.date, Paid]] = {}
    for (resident, month), row in home.paid.items():
        if (
            resident not in home.members
            or month < home.since
            or _told(home, Side.UNRECORDED, resident, month)
        ):
            continue
        if not any(_answers(promise, resident, month, 0 if monthly else grace) for promise in home.promises):
            paid.setdefault(resident, {})[month] = row
    return [
        Gap(Side.UNRECORDED, resident, first, last, months[last].yuan, months[first])
        for resident, months in paid.items()
        for first, last in (runs(months) if monthly else [(month, month) for month in sorted(months)])
    ]


def _got(home: Home, resident: int | None, months: Iterable[datetime.date]) -> bool:
    people = home.members if resident is None else [resident]
    return any((person, month) in home.paid for month in months for person in people)


def _answers(promise: Promise, resident: int, month: datetime.date, grace: int) -> bool:
    """Say whether a promise or record explains a payment; what was promised once explains payments around it."""
    mine = promise.resident in (None, resident)
    return mine and moved(promise.first, -grace) <= month <= moved(promise.last, grace)


def _told(home: Home, side: Side, resident: int | None, month: datetime.date) -> bool:
    return any(each.covers(side, resident, month) for each in home.told)
