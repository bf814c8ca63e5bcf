"""Where promise and payment disagree, month by month, at the edges."""

import datetime
from decimal import Decimal

import pytest

from assistance.aid.gaps import Gap, Home, Promise, Told, Way, gaps_of
from assistance.aid.months import between
from assistance.aid.reading import Paid
from assistance.models.aid_gaps import Side

HEAD, SON = 1, 2


def month(number: int) -> datetime.date:
    """Return a month of 2026."""
    return datetime.date(2026, number, 1)


def found(
    *promises: Promise,
    paid: dict[int, list[int]] | None = None,
    covered: tuple[int, int] = (1, 10),
    monthly: bool = True,
    told: tuple[Told, ...] = (),
    since: int = 1,
) -> list[tuple[str, int | None, int, int]]:
    """Return side, member, first and last month of what disagrees; `paid` names months by member."""
    rows = {
        (member, month(each)): Paid(Decimal(420))
        for member, months in (paid or {}).items()
        for each in months
    }
    home = Home(
        [HEAD, SON], promises, rows, set(between(month(covered[0]), month(covered[1]))), month(since), told
    )
    gaps = gaps_of(home, Way(monthly, 1), list(Side.values))
    return sorted((str(each.side), each.resident, each.first.month, each.last.month) for each in gaps)


def test_months_without_a_row_are_named_as_one_run() -> None:
    assert found(Promise(HEAD, month(6), month(10)), paid={HEAD: [6, 9]}) == [
        ("unpaid", HEAD, 7, 8), ("unpaid", HEAD, 10, 10),
    ]  # fmt: skip


def test_a_month_that_no_list_covers_is_not_asked_about() -> None:
    assert found(Promise(HEAD, month(9), month(12)), covered=(1, 10)) == [("unpaid", HEAD, 9, 10)]


def test_the_row_of_another_member_does_not_keep_a_promise_to_one() -> None:
    assert found(Promise(HEAD, month(10), month(10)), paid={SON: [10]}) == [
        ("unpaid", HEAD, 10, 10), ("unrecorded", SON, 10, 10),
    ]  # fmt: skip
    assert found(Promise(None, month(10), month(10)), paid={SON: [10]}) == []


def test_payments_before_the_household_was_monitored_ask_for_no_record() -> None:
    assert found(paid={HEAD: [7, 8, 9]}, since=8) == [("unrecorded", HEAD, 8, 9)]


def test_a_promise_that_does_not_bind_explains_a_payment_and_asks_for_none() -> None:
    assert found(Promise(HEAD, month(8), month(10), binds=False), paid={HEAD: [8]}) == []


@pytest.mark.parametrize(
    ("paid", "covered", "gaps"),
    [
        (7, 10, [("unpaid", HEAD, 9, 9), ("unrecorded", HEAD, 7, 7)]),
        (8, 10, []),
        (9, 10, []),
        (10, 10, []),
        # October is not delivered yet: the row may still come.
        (None, 9, []),
        (None, 10, [("unpaid", HEAD, 9, 9)]),
    ],
)
def test_a_single_payment_may_come_a_month_before_or_after(
    paid: int | None, covered: int, gaps: list[object]
) -> None:
    rows = {HEAD: [paid]} if paid else {}
    assert found(Promise(HEAD, month(9), month(9)), paid=rows, covered=(1, covered), monthly=False) == gaps


def test_what_is_explained_is_asked_no_more_until_its_last_month() -> None:
    told = (Told("unpaid", HEAD, month(6), month(8)), Told("unrecorded", SON, month(7), None))
    assert found(Promise(HEAD, month(6), month(10)), paid={SON: [6, 7, 10]}, told=told) == [
        ("unpaid", HEAD, 9, 10), ("unrecorded", SON, 6, 6),
    ]  # fmt: skip


def test_the_amount_is_that_of_the_last_month_and_the_row_that_of_the_first() -> None:
    rows = {(HEAD, month(9)): Paid(Decimal(400), None, 5), (HEAD, month(10)): Paid(Decimal(420), None, 6)}
    home = Home([HEAD], [], rows, {month(9), month(10)}, month(1))
    (gap,) = gaps_of(home, Way(monthly=True, grace=1), ["unrecorded"])
    assert gap == Gap(Side.UNRECORDED, HEAD, month(9), month(10), Decimal(420), rows[HEAD, month(9)])


@pytest.mark.parametrize(
    ("promised", "years", "broken"),
    [
        (8, [2026], False), (8, [2027], True), (8, [], True),  # before the collection of the year to come
        (9, [2027], False), (10, [2026], False), (10, [2025], True),
    ],
)  # fmt: skip
def test_a_premium_of_the_year_or_from_september_of_the_next_one_keeps_a_promise(
    promised: int, years: list[int], *, broken: bool
) -> None:
    paid = {(HEAD, datetime.date(year, 1, 1)): Paid(Decimal(240)) for year in years}
    home = Home([HEAD], [Promise(HEAD, month(promised), month(promised))], paid, {month(12)}, month(12))
    way = Way(monthly=False, grace=1, yearly=True, lasting=True)
    assert bool(gaps_of(home, way, ["unpaid"])) is broken
    answered = {year for year in years if year == 2026 or (year == 2027 and promised >= 9)}
    home = Home([HEAD], home.promises, paid, {month(12)}, datetime.date(2025, 1, 1))
    assert {gap.first.year for gap in gaps_of(home, way, ["unrecorded"])} == set(years) - answered


def test_a_list_that_tells_all_that_is_need_not_have_come_every_month() -> None:
    promise = Promise(HEAD, month(6), month(6))
    for covered, asked in (({month(6)}, False), ({month(9)}, True)):
        home = Home([HEAD], [promise], {}, covered, month(1))
        assert bool(gaps_of(home, Way(monthly=False, grace=1, lasting=True), ["unpaid"])) is asked
        assert not gaps_of(home, Way(monthly=False, grace=1), ["unpaid"])


def test_a_debt_without_its_day_keeps_a_promise_and_asks_for_no_record() -> None:
    home = Home([HEAD, SON], [Promise(None, month(6), month(6))], {}, {month(9)}, month(1), undated={SON})
    assert gaps_of(home, Way(monthly=False, grace=1, lasting=True), list(Side.values)) == []
