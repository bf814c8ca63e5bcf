"""Income: worked out one way, exactly, rounded once, and shown as a sum that a person can follow."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.income.calculator import Worked, work_out
from households.income.rules import Rule

#: The household of the first story of the demonstration: wages, production, its cost, property, transfers,
#: a payout, and what the daughter's three stays in hospital left to pay.
S1 = {
    "A1": "52000.00",
    "B1": "9600.00",
    "C2": "800.00",
    "D4": "2200.00",
    "E1": "4120.00",
    "F": "3000.00",
    "G": "31615.50",
}


def sums(parts: dict[str, str], members: int, rule: Rule = Rule()) -> Worked:  # noqa: B008  (frozen)
    return work_out({code: Decimal(amount) for code, amount in parts.items()}, members, rule)


def test_the_first_story_lies_above_the_line_by_income_and_below_it_by_reference() -> None:
    worked = sums(S1, 4)
    assert worked.net_per_head.amount == Decimal("15120.00")
    assert worked.reference_per_head.amount == Decimal("7966.13")


def test_every_result_shows_its_sum() -> None:
    worked = sums(S1, 4)
    assert worked.net.worked == "52,000.00 + 9,600.00 + 800.00 + 2,200.00 − 4,120.00 = 60,480.00"
    assert worked.net_per_head.worked == "60,480.00 ÷ 4 = 15,120.00"
    assert worked.reference.worked == "60,480.00 + 3,000.00 − 31,615.50 = 31,864.50"
    assert worked.reference_per_head.worked == "31,864.50 ÷ 4 ≈ 7,966.13"


def test_a_loss_is_negative_and_written_in_brackets() -> None:
    worked = sums({"B1": "100", "E1": "250"}, 1)
    assert worked.net.amount == Decimal("-150.00")
    assert worked.reference.worked == "(−150.00) + 0.00 − 0.00 = −150.00"


@pytest.mark.parametrize("members", [0, -3])
def test_a_household_without_members_is_divided_by_one(members: int) -> None:
    assert sums({"A": "8000"}, members).net_per_head.amount == Decimal(8000)


def test_half_a_fen_is_rounded_up_and_only_at_the_end() -> None:
    assert sums({"A": "0.03"}, 2).net_per_head.amount == Decimal("0.02")
    # Rounded member by member this would come out higher.
    assert sums({"A1": "0.015", "A2": "0.015"}, 1).net.amount == Decimal("0.03")


def test_what_the_area_leaves_out_is_named_and_does_not_count() -> None:
    worked = sums({"A": "1000", "D6e": "600", "D1": "400"}, 1, Rule(left_out=("D6", "D1")))
    assert worked.net.amount == Decimal(1000)
    assert {term.code: term.why for term in worked.terms} == {
        "A": "stated",
        "D6e": "left_out",
        "D1": "left_out",
    }


CHUXIONG = Rule(cost_ratios={"B1": Decimal("0.40"), "B2": Decimal("0.40"), "B3": Decimal("0.15")})


def test_where_no_cost_is_stated_the_area_s_share_stands_for_it() -> None:
    worked = sums({"B1": "1000", "B3": "200", "B4": "50"}, 1, CHUXIONG)
    assert worked.groups["E"] == Decimal("430.00")


def test_a_stated_cost_goes_before_the_share_even_when_it_is_nothing() -> None:
    assert sums({"B1": "1000", "E1": "0"}, 1, CHUXIONG).groups["E"] == 0
    assert sums({"B1": "1000", "B2": "1000", "E": "90"}, 1, CHUXIONG).groups["E"] == 90


def test_a_cost_of_working_is_taken_off_wages_alone() -> None:
    rule = Rule(work_cost=Decimal("0.10"))
    assert sums({"A1": "5000", "A2": "800", "D2": "100"}, 1, rule).net.amount == Decimal("5400.00")


ITEMS = ("A1", "A2", "B1", "B2", "C1", "D2", "D6a", "E1", "E2", "F", "G")
MONEY = st.decimals(min_value=0, max_value=10_000_000, places=2)
PARTS = st.dictionaries(st.sampled_from(ITEMS), MONEY)


def exact(parts: dict[str, Decimal], letters: str) -> Fraction:
    return sum((Fraction(amount) for code, amount in parts.items() if code[0] in letters), Fraction(0))


@given(PARTS, st.integers(min_value=-1, max_value=15))
def test_the_results_are_those_of_exact_fractions_rounded_once(
    parts: dict[str, Decimal], members: int
) -> None:
    worked, heads = work_out(parts, members, Rule()), max(members, 1)
    net = exact(parts, "ABCD") - exact(parts, "E")
    reference = net + exact(parts, "F") - exact(parts, "G")
    for result, fraction in (
        (worked.net_per_head, net / heads),
        (worked.reference_per_head, reference / heads),
    ):
        hundredths = abs(fraction) * 100
        rounded = (hundredths + Fraction(1, 2)).__floor__()
        assert result.amount == Decimal(rounded if fraction >= 0 else -rounded).scaleb(-2)
        assert result.amount == result.amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(PARTS, st.integers(min_value=1, max_value=15))
def test_the_order_of_items_and_empty_ones_change_nothing(parts: dict[str, Decimal], members: int) -> None:
    turned = dict(reversed(list(parts.items()))) | {each: Decimal(0) for each in ITEMS if each not in parts}
    one, other = work_out(parts, members, Rule()), work_out(turned, members, Rule())
    assert (one.net, one.reference_per_head) == (other.net, other.reference_per_head)


@given(PARTS, st.integers(min_value=1, max_value=15))
def test_more_to_pay_never_raises_what_a_household_is_judged_by(
    parts: dict[str, Decimal], members: int
) -> None:
    before = work_out(parts, members, Rule())
    after = work_out(parts | {"G": parts.get("G", Decimal(0)) + 1}, members, Rule())
    assert after.reference_per_head.amount <= before.reference_per_head.amount
    assert after.net == before.net
