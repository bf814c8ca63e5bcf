"""What departments' lists say of households in a period: an amount per item, with its lists, months and rows.

    fed = fed_of(household, period)      {"D2": Fed(Decimal("5040.00"), …)}

Only for stage functions and pages that have checked whom they work for: nothing is checked here. Sums of a household
alone are told, no row of a person. A person counts as long as they belonged to the household.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q

from assistance.income.feeds import EVENTS, MONTHS, YEAR, Feed, feeds
from foundation.accounts.roles import Level
from foundation.files.stores import Missing
from foundation.tables.duck import Tables
from households.income.periods import Period
from households.models import Household, Resident
from monitoring.intake import archive
from monitoring.models import Batch, Dataset

_JANUARY = 1


@dataclass(frozen=True, slots=True)
class Fed:
    """What the lists come to for one item: yuan, and a part per list (see `kept`)."""

    amount: Decimal
    parts: Sequence[dict[str, Any]] = field(default_factory=list)

    def kept(self) -> list[dict[str, Any]]:
        """Return where it comes from, as it is stored: dataset, amount, months, rows, and months that have a list."""
        return list(self.parts)


@dataclass(frozen=True, slots=True)
class Person:
    """A member: whose household, under which subject, and until which day (None: still there)."""

    household: int
    subject: str
    gone: datetime.date | None


def fed_of(household: Household, period: Period) -> dict[str, Fed]:
    """Return what the lists in force say of one household, by item; an item that no list knows is not there."""
    return fed_of_many([household.pk], period, household.area_id[: Level.COUNTY]).get(household.pk, {})


def fed_of_many(
    households: Collection[int], period: Period, county: str, *, strict: bool = False
) -> dict[int, dict[str, Fed]]:
    """Do the same for many households of one county, list by list.

    A list whose file is gone is left out; with `strict` it raises Missing, so that nothing seems to have changed.
    """
    people = _people(households, period)
    found: dict[int, dict[str, Fed]] = {}
    if not people:
        return found
    known = {
        row.pk: row
        for row in Dataset.objects.filter(pk__in=[each.dataset for each in feeds()], withdrawn=False)
    }
    for feed in feeds():
        dataset = known.get(feed.dataset)
        batches = _batches(feed, dataset, period, county) if dataset else []
        if dataset is None or not batches:
            continue
        try:
            rows = _rows(feed, dataset, batches, people, period)
        except Missing:
            if strict:
                raise
            continue  # the night tells who watches the installation (monitoring.retention)
        for home, item, part in _parts(feed, rows, batches):
            mine = found.setdefault(home, {})
            before = mine.get(item)
            parts = [*(before.parts if before else ()), part]
            mine[item] = Fed(sum((Decimal(each["amount"]) for each in parts), Decimal(0)), parts)
    return found


def _people(households: Collection[int], period: Period) -> list[Person]:
    there = Resident.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gte=period.first),
        household__in=households,
        identity__isnull=False,
    )
    told = there.values_list("household", "identity", "left_on")
    return [Person(home, str(subject), gone) for home, subject, gone in told]


def _batches(feed: Feed, dataset: Dataset, period: Period, county: str) -> list[Batch]:
    """Return the batches that can say something of the period; of monthly lists the newest of each month."""
    if feed.counts == YEAR and (period.first.month != _JANUARY or period.first.year != period.last.year):
        return []
    every = list(archive.in_force(dataset, area=county))
    if feed.counts != MONTHS:
        return every
    every = [each for each in every if period.first <= each.delivery.period_last <= period.last]
    last: dict[tuple[str, str], datetime.date] = {}
    for each in every:
        key = (each.delivery.area_id, f"{each.delivery.period_last:%Y-%m}")
        last[key] = max(each.delivery.period_last, last.get(key, each.delivery.period_last))
    return [
        each
        for each in every
        if each.delivery.period_last == last[(each.delivery.area_id, f"{each.delivery.period_last:%Y-%m}")]
    ]


def _rows(
    feed: Feed, dataset: Dataset, batches: Sequence[Batch], people: Sequence[Person], period: Period
) -> list[tuple[int, str, str, Decimal, int]]:
    """Return household, item, month (or year), amount and rows."""
    with archive.opened() as tables:
        _load(tables, people)
        view = archive.effective(tables, dataset, batches, subjects="asked_for")
        return tables.all(
            _query(feed, view),
            {"first": period.first, "last": period.last}
            if feed.counts != YEAR
            else {"year": period.first.year},
        )


def _load(tables: Tables, people: Sequence[Person]) -> None:
    columns = {"subject": "UUID", "home": "BIGINT", "gone": "DATE"}
    tables.load("belongs", columns, [(each.subject, each.household, each.gone) for each in people])
    tables.run("CREATE OR REPLACE TABLE asked_for AS SELECT DISTINCT subject FROM belongs")


def _query(feed: Feed, view: str) -> str:
    value, item = _value(feed), _item(feed)
    if feed.counts == EVENTS:
        day = _named(feed.day)
        return f"""SELECT home, {item} AS item, strftime({day}, '%Y-%m') AS month, sum({value}), count(*)
            FROM {view} JOIN belongs USING (subject)
            WHERE {day} BETWEEN $first AND $last AND ({value}) IS NOT NULL AND (gone IS NULL OR {day} <= gone)
            AND ({item}) IS NOT NULL GROUP BY ALL ORDER BY home, month"""  # noqa: S608  (headers of the contract)
    if feed.counts == MONTHS:
        # Two areas may list one person in one month: the larger amount counts, once.
        return f"""SELECT home, {item} AS item, month, sum(most), count(*) FROM (
                SELECT home, subject, strftime(period_last, '%Y-%m') AS month, max({value}) AS most
                FROM {view} JOIN belongs USING (subject)
                WHERE period_last BETWEEN $first AND $last
                AND (gone IS NULL OR date_trunc('month', period_last) <= gone)
                GROUP BY ALL HAVING max({value}) IS NOT NULL
            ) GROUP BY ALL ORDER BY home, month"""  # noqa: S608  (headers of the contract)
    return f"""SELECT home, {item} AS item, CAST({_named(feed.year)} AS VARCHAR) AS month, sum({value}), count(*)
        FROM {view} JOIN belongs USING (subject)
        WHERE {_named(feed.year)} = $year AND ({value}) IS NOT NULL
        GROUP BY ALL ORDER BY home, month"""  # noqa: S608  (headers of the contract)


def _value(feed: Feed) -> str:
    """Return the amount of one row; `less` never makes it negative, `otherwise` stands in where it is empty."""
    amount = _named(feed.amount)
    if feed.less:
        taken = " - ".join(f"coalesce({_named(each)}, 0)" for each in feed.less)
        amount = f"CASE WHEN {amount} IS NOT NULL THEN greatest({amount} - {taken}, 0) END"
    return f"coalesce({amount}, {_named(feed.otherwise)})" if feed.otherwise else amount


def _item(feed: Feed) -> str:
    """Return which item a row fills; NULL for a row of a kind that fills none."""
    if not feed.kind:
        return _text(feed.item)
    whens = (f"WHEN {_text(kind)} THEN {_text(item)}" for kind, item in feed.kinds.items())
    return f"CASE {_named(feed.kind)} {' '.join(whens)} END"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _named(header: str) -> str:
    return '"' + header.replace('"', '""') + '"'


def _parts(
    feed: Feed, rows: Iterable[tuple[int, str, str, Decimal, int]], batches: Sequence[Batch]
) -> Iterable[tuple[int, str, dict[str, Any]]]:
    """Yield what a list says of each household and item."""
    listed = (
        sorted({f"{each.delivery.period_last:%Y-%m}" for each in batches}) if feed.counts == MONTHS else []
    )
    by_item: dict[tuple[int, str], list[tuple[str, Decimal, int]]] = {}
    for home, item, month, amount, count in rows:
        by_item.setdefault((home, item), []).append((month, Decimal(amount), count))
    for (home, item), mine in by_item.items():
        yield (
            home,
            item,
            {
                "dataset": feed.dataset,
                "amount": str(
                    sum((amount for _month, amount, _count in mine), Decimal(0)).quantize(Decimal("0.01"))
                ),
                "months": [month for month, _amount, _count in mine],
                "rows": sum(count for _month, _amount, count in mine),
                "listed": len(listed),
            },
        )
