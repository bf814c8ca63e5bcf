"""What was paid, as the data in force say it: by member and month, and which months they cover at all."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from assistance.aid.feeds import Feed
from assistance.aid.months import between, month_of, moved
from foundation.accounts import clock
from foundation.tables.duck import Tables
from households.models import Standing
from monitoring.intake import archive
from monitoring.models import Batch, Dataset

#: How many months back payments and promises are looked at: what is older was settled or explained.
LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Person:
    """A member who is looked for: id, subject (None: no number is known), and the household."""

    resident: int
    subject: UUID | None
    household: int


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment: yuan (None: the data say no amount), its first day, and the row that says so."""

    yuan: Decimal | None
    day: datetime.date | None = None
    delivery: int | None = None
    row_key: UUID | None = None


@dataclass(slots=True)
class Payments:
    """What one feed says: payments by member and month; `covered` are the months it knows, by delivering area.

    `undated`: members of whom there is a row without the day on which it was paid.
    """

    paid: dict[int, dict[datetime.date, Paid]] = field(default_factory=dict)
    covered: dict[str, set[datetime.date]] = field(default_factory=dict)
    undated: set[int] = field(default_factory=set)

    def covers(self, area: str) -> set[datetime.date]:
        """Return the months that the data know of a village."""
        return {month for code, months in self.covered.items() if area.startswith(code) for month in months}


def payments_of(feed: Feed, people: Collection[Person], area: str) -> Payments:
    """Return what `feed` says of `people` who live under `area`; for stage functions, nothing is checked here.

    Raises foundation.files.stores.Missing where the file of a delivery is gone.
    """
    if feed.standing:
        return _standings(feed, people)
    dataset = Dataset.objects.filter(pk=feed.dataset, withdrawn=False).first()
    lately = moved(month_of(clock.today()), -LOOK_BACK)
    rows = archive.in_force(dataset, area=area) if dataset is not None else Batch.objects.none()
    batches = list(rows.filter(delivery__period_last__gte=lately))
    found = Payments(covered=_covered(batches))
    known = {each.subject: each.resident for each in people if each.subject is not None}
    if dataset is None or not batches or not known:
        return found
    with archive.opened() as tables:
        tables.load("asked_for", {"subject": "UUID"}, [(str(subject),) for subject in known])
        for subject, month, *row in _rows(tables, feed, dataset, batches):
            if month is None:
                found.undated.add(known[subject])
            else:
                found.paid.setdefault(known[subject], {})[month] = Paid(*row)
    return found


def _rows(tables: Tables, feed: Feed, dataset: Dataset, batches: Iterable[Batch]) -> list[tuple[Any, ...]]:
    """Return subject, month, yuan, first day, delivery and row of what was paid; the rows of one month are one.

    What is paid by the year stands under January of the year, with a day on which it was known, if that was before.
    """
    view = archive.effective(tables, dataset, batches, subjects="asked_for")
    day = f'"{feed.day}"' if feed.day else "period_last"
    month = day
    if feed.year:
        month = f'make_date(CAST("{feed.year}" AS INTEGER), 1, 1)'
        day = f"least({month}, period_last)"
    # Two lists of one month say the same payment twice, two events are two payments.
    yuan = "NULL::DECIMAL(15, 2)"
    if feed.amount:
        yuan = f'{"max" if feed.monthly else "sum"}("{feed.amount}")'
    kept = f'WHERE "{feed.amount}" > 0' if feed.amount else ""
    return tables.all(
        f"""SELECT subject, CAST(date_trunc('month', {month}) AS DATE) AS month, {yuan}, min({day}),
            max(delivery), arg_max(row_key, delivery)
        FROM {view} SEMI JOIN asked_for USING (subject) {kept} GROUP BY subject, month"""  # noqa: S608  (columns of the contract)
    )


def _covered(batches: Iterable[Batch]) -> dict[str, set[datetime.date]]:
    """Return by delivering area the months of which the data are there to the last day, or a list of any day."""
    found: dict[str, set[datetime.date]] = {}
    for batch in batches:
        delivery = batch.delivery
        last = month_of(delivery.period_last)
        whole_year = len(delivery.period) == len("2026")
        months = between(last.replace(month=1) if whole_year else last, last)
        found.setdefault(delivery.area_id, set()).update(months)
    return found


def _standings(feed: Feed, people: Collection[Person]) -> Payments:
    """Read a standing of the register as what is paid month by month; the register knows every month that is over."""
    by_home: dict[int, list[int]] = {}
    for each in people:
        by_home.setdefault(each.household, []).append(each.resident)
    today = clock.today()
    last = moved(month_of(today), -1)
    first = moved(last, -LOOK_BACK)
    found = Payments(covered={"": set(between(first, last))})
    rows = Standing.objects.filter(kind=feed.standing, household__in=by_home)
    for home, resident, begins, ends in rows.values_list("household", "resident", "from_day", "until_day"):
        months = between(
            max(month_of(begins), first) if begins else first, min(month_of(ends), last) if ends else last
        )
        for month in months:
            for person in [resident] if resident else by_home[home]:
                found.paid.setdefault(person, {})[month] = Paid(None)
    return found
