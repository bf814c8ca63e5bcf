"""The rule of income is the area's, of the day: period, who counts, shares of cost."""

import datetime
from decimal import Decimal

import pytest

from households.income.periods import Period, Variant
from households.income.rules import rule_for

DAY = datetime.date


@pytest.mark.parametrize(
    ("variant", "on", "first", "last"),
    [
        ("before_month", DAY(2026, 11, 4), DAY(2025, 11, 1), DAY(2026, 10, 31)),
        ("before_month", DAY(2024, 3, 31), DAY(2023, 3, 1), DAY(2024, 2, 29)),
        ("october", DAY(2023, 9, 30), DAY(2021, 10, 1), DAY(2022, 9, 30)),
        ("october", DAY(2023, 10, 1), DAY(2022, 10, 1), DAY(2023, 9, 30)),
        ("calendar_year", DAY(2026, 1, 1), DAY(2025, 1, 1), DAY(2025, 12, 31)),
    ],
)
def test_the_newest_period_that_is_over(
    variant: str, on: datetime.date, first: datetime.date, last: datetime.date
) -> None:
    assert Variant(variant).period(on) == Period(first, last)


@pytest.mark.django_db
def test_an_area_without_a_rule_of_its_own_has_the_country_s() -> None:
    rule = rule_for("999901001001", DAY(2026, 11, 4))
    assert (rule.variant, rule.who_counts) == (Variant.BEFORE_MONTH, "common_life")
    assert not rule.cost_ratios
    assert not rule.left_out
    assert not rule.work_cost


@pytest.mark.django_db
def test_guizhou_collects_from_october_and_chuxiong_takes_shares_of_cost() -> None:
    assert rule_for("520102001001", DAY(2023, 11, 1)).variant is Variant.OCTOBER
    assert rule_for("520102001001", DAY(2022, 11, 1)).variant is Variant.BEFORE_MONTH
    chuxiong = rule_for("532301001001", DAY(2023, 11, 1))
    assert chuxiong.cost_ratios == {"B1": Decimal("0.4"), "B2": Decimal("0.4"), "B3": Decimal("0.15")}


@pytest.mark.django_db
def test_what_was_used_is_kept_beside_the_result() -> None:
    told = rule_for("500101001001", DAY(2023, 11, 1)).told()
    assert {"income_period", "income_members"} == {each["subject"] for each in told}
    assert all(each["value"] for each in told)
