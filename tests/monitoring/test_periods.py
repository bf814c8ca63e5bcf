"""Periods of deliveries, and which datasets are delivered by which."""

import datetime

import pytest
from django.utils import translation

from foundation.accounts.refusals import Refused
from monitoring.contracts.book import contract
from monitoring.periods import period_for, read_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2026-10", (2026, 10, 1), (2026, 10, 31)), ("2024-02", (2024, 2, 1), (2024, 2, 29)),
     ("2026", (2026, 1, 1), (2026, 12, 31)), ("2026-10-05", (2026, 10, 5), (2026, 10, 5))],
)  # fmt: skip
def test_the_last_day_of_a_period_counts(text: str, first: tuple[int, int, int], last: tuple[int, int, int]):
    period = read_period(text)
    assert period is not None
    assert (period.first, period.last) == (datetime.date(*first), datetime.date(*last))


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-2-3", "2026-02-30", "26-10", "0000", "2026年10月", "2026-10\n"]
)
def test_what_is_no_period_is_none(text: str):
    assert read_period(text) is None


def test_a_year_is_for_states_alone():
    assert period_for(contract("farm_income"), "2026").last == datetime.date(2026, 12, 31)
    with translation.override("en"), pytest.raises(Refused, match="is no period of this dataset"):
        period_for(contract("cremation"), "2026")
