"""Where promise and payment disagree, month by month, at the edges."""

import datetime
from decimal import Decimal

import pytest

from assistance.aid.gaps import Gap, Home, Promise, Told, gaps_of
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
    gaps = gaps_of(home, monthly=monthly, grace=1, sides=list(Side.values))
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
    (gap,) = gaps_of(home, monthly=True, grace=1, sides=["unrecorded"])
    assert gap == Gap(Side.UNRECORDED, HEAD, month(9), month(10), Decimal(420), rows[HEAD, month(9)])
