"""Sums of calendar years are right for aid of one day and of every month, whenever it began, ends or was stopped."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistance.aid.months import count, month_of, moved, runs
from assistance.aid.totals import Year, by_year
from assistance.models import AidRecord

TODAY = datetime.date(2026, 11, 4)
DAYS = some.dates(datetime.date(2023, 1, 1), TODAY)
MONTHS = some.none() | some.dates(datetime.date(2023, 1, 1), datetime.date(2027, 12, 31)).map(month_of)
CENTS = some.decimals(Decimal("0.01"), Decimal("99999.99"), places=2)


def record(**given: object) -> AidRecord:
    """Return a record that no database keeps."""
    usual: dict[str, object] = {"state": "recorded", "per": "month", "amount": Decimal(100), "service": ""}
    return AidRecord(**usual | given)


def month(text: str) -> datetime.date:
    """Return the first day of a month written as 2026-05."""
    return datetime.date.fromisoformat(f"{text}-01")


@given(
    some.lists(
        some.tuples(some.booleans(), DAYS, MONTHS, MONTHS, CENTS | some.none(), some.booleans()), max_size=6
    )
)
def test_sums_are_those_of_going_through_every_day(rows: list[tuple[object, ...]]) -> None:
    records, yuan, aids = [], dict[int, Decimal](), dict[int, set[int]]()
    for number, (monthly, since, until, stopped, amount, struck) in enumerate(rows):
        ends = {"until_month": until, "stopped_month": stopped} if monthly else {}
        records.append(
            record(
                per="month" if monthly else "once", landed_on=since, amount=amount,
                state="struck" if struck else "recorded", **ends,
            )
        )  # fmt: skip
        if struck:
            continue
        # The oracle walks day by day, and pays once on the day, or on the first day seen of each month.
        seen, day = set(), since
        while day <= TODAY:  # type: ignore[operator]
            name = f"{day:%Y-%m}"
            allowed = all(name <= f"{last:%Y-%m}" for last in ends.values() if last)
            if name not in seen and ((monthly and allowed) or (day == since and not monthly)):
                seen.add(name)
                aids.setdefault(day.year, set()).add(number)  # type: ignore[attr-defined]
                yuan[day.year] = yuan.get(day.year, Decimal(0)) + (amount or 0)  # type: ignore[attr-defined,operator]
            day += datetime.timedelta(days=1)  # type: ignore[operator]
    found = {each.year: each for each in by_year(records, TODAY)}
    assert {year: each.yuan for year, each in found.items()} == {year: yuan[year] for year in aids}
    assert {year: each.aids for year, each in found.items()} == {
        year: len(each) for year, each in aids.items()
    }


@pytest.mark.parametrize(
    ("given_", "sums"),
    [
        ({"landed_on": datetime.date(2026, 5, 31), "until_month": month("2026-08")}, {2026: "400"}),
        ({"landed_on": datetime.date(2025, 11, 1), "until_month": month("2026-02")}, {2025: "200", 2026: "200"}),
        ({"landed_on": datetime.date(2026, 9, 15)}, {2026: "300"}),
        ({"landed_on": datetime.date(2026, 3, 1), "stopped_month": month("2026-03")}, {2026: "100"}),
        ({"landed_on": datetime.date(2026, 3, 1), "until_month": month("2026-12"),
          "stopped_month": month("2026-05")}, {2026: "300"}),
        ({"landed_on": datetime.date(2025, 12, 31), "per": "once"}, {2025: "100"}),
        ({"landed_on": datetime.date(2026, 3, 1), "state": "struck"}, {}),
    ],
)  # fmt: skip
def test_partial_years_and_early_ends(given_: dict[str, object], sums: dict[int, str]) -> None:
    assert {each.year: each.yuan for each in by_year([record(**given_)], TODAY)} == {
        year: Decimal(yuan) for year, yuan in sums.items()
    }


def test_services_are_counted_and_add_no_yuan() -> None:
    rows = [
        record(landed_on=TODAY, per="once", amount=None, service="技能培训五天"),
        record(landed_on=TODAY, per="once"),
    ]
    assert by_year(rows, TODAY) == [Year(2026, Decimal(100), 2, 1)]


def test_months_without_a_gap_are_one_run() -> None:
    named = [month(each) for each in ("2026-02", "2025-12", "2026-01", "2026-04")]
    assert runs(named) == [(month("2025-12"), month("2026-02")), (month("2026-04"), month("2026-04"))]
    assert (moved(month("2026-01"), -1), count(month("2025-12"), month("2026-02"))) == (month("2025-12"), 3)
