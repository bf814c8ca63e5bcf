"""Sums of values: what the grammar knows, how units agree, and how the sum is shown."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.regulations.expressions import (
    ExpressionError,
    NoResultError,
    Quantity,
    Reference,
    check_units,
    references,
    work_out,
)
from foundation.regulations.units import Unit

UNITS = {
    "dibao": Unit.YUAN_MONTH,
    "income": Unit.YUAN_YEAR,
    "share": Unit.SHARE,
    "days": Unit.DAYS,
    "mixed": None,
}
AMOUNTS = {"dibao": Decimal(815), "income": Decimal("21691.50"), "share": Decimal("0.5"), "days": Decimal(0)}


def find(reference: Reference) -> Quantity:
    amount = AMOUNTS[reference.name]
    return Quantity(amount, UNITS[reference.name], f"{amount:,f}")


@pytest.mark.parametrize(
    ("expression", "amount", "worked", "unit"),
    [
        ("dibao * 12 * 2", "19560", "815 × 12 × 2", Unit.YUAN_YEAR),
        ("0.5 * last_year(income)", "10845.750", "0.5 × 21,691.50", Unit.YUAN_YEAR),
        ("(dibao + dibao) * 12", "19560", "(815 + 815) × 12", Unit.YUAN_YEAR),
        ("income / 12", "1807.625", "21,691.50 ÷ 12", Unit.YUAN_MONTH),
        ("income - (income - income)", "21691.50", "21,691.50 − (21,691.50 − 21,691.50)", Unit.YUAN_YEAR),
        ("2 / 3 * share", None, "2 ÷ 3 × 0.5", Unit.SHARE),
        ("round_half_up(income / 7, 0)", "3099", "21,691.50 ÷ 7 ≈ 3,099", Unit.YUAN_YEAR),
        ("-share * income", "-10845.750", "−0.5 × 21,691.50", Unit.YUAN_YEAR),
    ],
)
def test_a_sum_is_worked_out_and_shown(expression: str, amount: str | None, worked: str, unit: Unit) -> None:
    result = work_out(expression, find)
    assert result.worked == worked
    assert result.unit is unit
    assert amount is None or result.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("dibao + income", Unit.YUAN_YEAR),
        ("dibao + 5", Unit.YUAN_MONTH),
        ("dibao * income", Unit.YUAN_YEAR),
        ("dibao * 24", Unit.YUAN_YEAR),
        ("1 / dibao", Unit.YUAN_MONTH),
        ("income", Unit.YUAN_MONTH),
        ("mixed * 2", Unit.DAYS),
        ("unknown * 2", Unit.DAYS),
        ("days + 1", Unit.DAYS),
    ],
)
def test_units_that_do_not_agree_are_refused(expression: str, wanted: Unit) -> None:
    with pytest.raises(ExpressionError):
        check_units(expression, wanted, UNITS)


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os')", "dibao.real", "dibao ** 9", "lambda: 1", "[1]", "dibao if 1 else 2", "1 < 2", "'a'",
        "True", "round(dibao)", "last_year(2)", "last_year(dibao, 2)", "round_half_up(1.5, -1)", "1e999", "dibao *",
        "(" * 150 + "1" + ")" * 150, "1j", "dibao; 1", "f'{dibao}'", "1" + "+1" * 120,
    ],
)  # fmt: skip
def test_nothing_else_is_read(expression: str) -> None:
    with pytest.raises(ExpressionError):
        work_out(expression, find)


def test_a_sum_that_divides_by_zero_has_no_result() -> None:
    with pytest.raises(NoResultError):
        work_out("days / days", find)


def test_names_are_found_with_the_year_they_mean() -> None:
    assert references("0.5 * last_year(income) + dibao * 12") == {
        Reference("income", last_year=True),
        Reference("dibao", last_year=False),
    }


def test_names_are_found_where_nothing_can_be_worked_out() -> None:
    assert references("0/0") == frozenset()
    assert {each.name for each in references("income / (dibao - days)")} == {"income", "dibao", "days"}


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    with suppress(ExpressionError):
        assert isinstance(references(text), frozenset)
