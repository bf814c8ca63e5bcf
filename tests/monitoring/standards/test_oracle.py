"""The oracle over whole worlds: order plays no part, areas bound it, people move, more money is never less."""

import datetime
import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.regulations.units import Comparator
from monitoring.periods import read_period
from monitoring.screening.book import standard
from tests.monitoring.standards.facts import Answer, Day, Delivery, Household, Person, Row, World
from tests.monitoring.standards.law import ShippedLaw
from tests.monitoring.standards.oracle import Oracle

ON = Day(2026, 10, 31)
HERE, THERE = "999901001001", "999902001001"
MONTH = read_period("2026-10")


def paid(*payments: tuple[str, str, Day], homes: tuple[Household, ...]) -> World:
    """Return a world in which people of `homes` paid sums on days."""
    assert MONTH is not None
    rows = []
    for number, (person, amount, day) in enumerate(payments, start=1):
        delivery = Delivery(number, "medical_settlement", "9999", MONTH)
        values = {"结算流水号": str(number), "结算日期": day, "个人自付": Decimal(amount), "就诊类别": "住院"}
        rows.append(Row(delivery, 2, person, values))
    return World(homes, tuple(row.delivery for row in rows), tuple(rows))


def asked(code: str, world: World, under: str = "9999") -> Answer:
    """Return what a shipped standard answers on the day."""
    return Oracle(world, ON, ShippedLaw()).ask(standard(code), under)


def home(code: str, *people: Person, area: str = HERE) -> Household:
    """Return a household."""
    return Household(code, area, people)


def said(answer: Answer) -> set[tuple[str, str, Decimal, Day]]:
    """Return the findings without their rows."""
    return {(each.household, each.person, each.measured, each.day) for each in answer.findings}


def test_only_households_under_the_area_are_asked() -> None:
    world = paid(
        ("甲", "30000", ON),
        ("乙", "40000", ON),
        homes=(home("一", Person("甲")), home("二", Person("乙"), area=THERE)),
    )
    assert said(asked("medical_self_paid_year", world, "999901")) == {("一", "甲", Decimal(30000), ON)}
    assert said(asked("medical_self_paid_year", world, "999902")) == {("二", "乙", Decimal(40000), ON)}
    assert asked("medical_self_paid_year", world).subjects == 2


def test_who_moved_is_named_where_they_live_and_their_bills_count_where_they_lived() -> None:
    moved = Day(2026, 9, 1)
    old = home("旧", Person("甲", left_on=moved), Person("乙"))
    new = home("新", Person("甲"), area=THERE)
    world = paid(("甲", "30000", Day(2026, 8, 1)), ("甲", "31000", Day(2026, 9, 1)), homes=(new, old))
    assert said(asked("medical_self_paid_year", world)) == {("新", "甲", Decimal(61000), moved)}
    assert said(asked("medical_self_paid_half_year", world)) == {
        ("旧", "", Decimal(30000), Day(2026, 8, 1)),
        ("新", "", Decimal(31000), moved),
    }


def test_a_row_about_nobody_of_the_register_changes_nothing() -> None:
    world = paid(("无名", "90000", ON), homes=(home("一", Person("甲")),))
    answer = asked("medical_self_paid_year", world)
    assert (answer.findings, answer.subjects, answer.silent) == ([], 0, False)


def test_every_finding_has_rows_and_stands_on_its_side_of_the_line() -> None:
    world = paid(("甲", "26000", ON), ("乙", "25999.99", ON), homes=(home("一", Person("甲"), Person("乙")),))
    (found,) = asked("medical_self_paid_year", world).findings
    assert found.rows
    assert found.line.comparator is Comparator.AT_LEAST
    assert found.line.comparator.reached(found.measured, found.line.amount)


PAYMENTS = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙", "丙"]),
        st.decimals(0, 40_000, places=2).map(str),
        st.dates(datetime.date(2025, 10, 1), datetime.date(2026, 11, 10)),
    ),
    max_size=12,
)
HOMES = (home("一", Person("甲"), Person("乙", left_on=Day(2026, 7, 1), died=True)), home("二", Person("丙")))
MEDICAL = ("medical_self_paid_year", "medical_self_paid_half_year", "medical_single_stay")


@settings(deadline=None, max_examples=40)
@given(PAYMENTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_households_plays_no_part(
    payments: list[tuple[str, str, Day]], chance: random.Random
) -> None:
    world = paid(*payments, homes=HOMES)
    rows = list(world.rows)
    chance.shuffle(rows)
    shuffled = World(HOMES[::-1], world.deliveries[::-1], tuple(rows))
    for code in MEDICAL:
        one, other = asked(code, world), asked(code, shuffled)
        assert (said(one), one.subjects) == (said(other), other.subjects)


@settings(deadline=None, max_examples=40)
@given(PAYMENTS, PAYMENTS)
def test_more_payments_never_take_a_finding_away(
    payments: list[tuple[str, str, Day]], more: list[tuple[str, str, Day]]
) -> None:
    for code in MEDICAL:
        before = {(each[0], each[1]) for each in said(asked(code, paid(*payments, homes=HOMES)))}
        after = {(each[0], each[1]) for each in said(asked(code, paid(*payments, *more, homes=HOMES)))}
        assert before <= after
