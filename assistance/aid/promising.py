"""What was promised or recorded to households, as promises that payments are compared with (assistance.aid.gaps)."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from assistance.aid.feeds import Feed
from assistance.aid.gaps import Promise, Told
from assistance.aid.months import month_of, moved
from assistance.aid.reading import LOOK_BACK
from assistance.catalogue.paying import expected
from assistance.catalogue.terms import Per
from assistance.lifecycle import HELD
from assistance.lifecycle_of_help import STANDING
from assistance.models import AidExplanation, AidRecord, Case, Measure

#: Cases whose aid is compared: monitored, or removed while promised aid runs on (field.md 3.16).
COMPARED = (*HELD, "removed")


class Promises:
    """Measures, records and explanations of many cases, read in three queries."""

    def __init__(self, cases: Collection[int], today: datetime.date) -> None:
        """Read what is known of these cases."""
        self._today = month_of(today)
        self._measures: dict[int, list[Measure]] = defaultdict(list)
        self._records: dict[int, list[AidRecord]] = defaultdict(list)
        self._told: dict[tuple[int, str], list[Told]] = defaultdict(list)
        for row in Measure.objects.filter(case__in=cases, state__in=STANDING).select_related("case"):
            self._measures[row.case_id].append(row)
        for record in AidRecord.objects.living().filter(case__in=cases):
            self._records[record.case_id].append(record)
        for each in AidExplanation.objects.in_force().filter(case__in=cases):
            self._told[each.case_id, each.feed].append(
                Told(each.side, each.resident_id, each.first_month, each.last_month)
            )

    def of(self, case: Case, feed: Feed) -> list[Promise]:
        """Return the promises of a case that a feed knows."""
        records = [row for row in self._records[case.pk] if row.code in feed.measures]
        measures = [row for row in self._measures[case.pk] if row.code in feed.measures]
        recorded = {row.measure_id for row in records}
        found = [self._record(row) for row in records]
        for row in measures:
            found += self._measure(row, feed, since=since(case, self._today), binds=row.pk not in recorded)
        return [each for each in found if each.first <= each.last]

    def told(self, case: Case, feed: Feed) -> Sequence[Told]:
        """Return what was said to differences of a case with a feed."""
        return self._told[case.pk, feed.code]

    def _record(self, row: AidRecord) -> Promise:
        first = month_of(row.landed_on)
        if row.per == AidRecord.Per.ONCE:
            return Promise(row.resident_id, first, first, row.amount)
        earliest = moved(self._today, -LOOK_BACK)
        last = min(row.last_month or self._today, self._today)
        return Promise(row.resident_id, max(first, earliest), last, row.amount)

    def _measure(self, row: Measure, feed: Feed, *, since: datetime.date, binds: bool) -> Iterator[Promise]:
        """Yield that a measure explains payments, and from when on it binds: landed, or its answer overdue."""
        last = min((day for day in (row.until_day, row.stopped_on) if day), default=None)
        ends = min(month_of(last), self._today) if last else self._today
        answered = month_of(row.landed_on) if row.landed_on else ends
        explains = (since, ends) if feed.monthly else (month_of(row.ticked_on), answered)
        yield Promise(row.resident_id, *explains, row.amount, binds=False)
        day = row.landed_on if row.state == "landed" else row.due_on if row.state == "asked" else None
        if not binds or day is None or (row.state == "asked" and month_of(day) >= self._today):
            return
        # Of what is paid by the month, the month of the answer itself is often not in the list yet. An office that
        # did not answer by its last day is held to the list of that month: it had the days before it.
        begins = moved(month_of(day), 1) if row.state == "landed" else month_of(day)
        first = max(begins, moved(self._today, -LOOK_BACK)) if feed.monthly else month_of(day)
        yield Promise(row.resident_id, first, ends if feed.monthly else first, _expected(row, feed))


def _expected(row: Measure, feed: Feed) -> Decimal | None:
    """Return what a payment should be: as the office said, else what is paid here for such a time."""
    if row.amount is not None:
        return row.amount
    here = expected(row.code, row.case.area_id, row.landed_on or row.ticked_on)
    return here.yuan if here is not None and (here.per == Per.MONTH) == feed.monthly else None


def since(case: Case, today: datetime.date) -> datetime.date:
    """Return the month from which payments to a household ask for a record: since it is monitored."""
    begun = month_of(case.decided_on or case.opened_on)
    return max(begun, moved(month_of(today), -LOOK_BACK))
