"""Which value holds: nearest area, then local before shipped, class before everybody, then the latest day."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.regulations import revision
from foundation.regulations.lookup import book, mark_used, value
from foundation.regulations.models import Value
from foundation.regulations.models.values import Origin
from tests.foundation.regulations.made import says, subject
from tests.people import COUNTY, NEIGHBOUR_COUNTY, TOWNSHIP, VILLAGE

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 4)


@pytest.fixture(autouse=True)
def _line() -> None:
    subject("line", classes=["low_income", "other"])
    says("line", "", "2020-01-01", "4000")
    says("line", "99", "2021-01-01", "5000")
    says("line", "99", "2026-01-01", "8000")
    says("line", COUNTY, "2022-01-01", "6000")


def holds(area: str, on: datetime.date = DAY, klass: str = "") -> int | None:
    amount = value("line", area=area, on=on, klass=klass).amount
    return None if amount is None else int(amount)


def test_the_nearest_area_wins_though_its_day_is_earlier() -> None:
    assert holds(VILLAGE) == 6000
    assert holds(NEIGHBOUR_COUNTY) == 8000
    assert holds("11") == 4000


def test_in_one_area_the_latest_day_that_has_come_wins() -> None:
    assert holds("99", datetime.date(2025, 12, 31)) == 5000
    assert holds("99", datetime.date(2026, 1, 1)) == 8000


def test_before_the_first_day_there_is_silence_and_not_zero() -> None:
    answer = value("line", area=VILLAGE, on=datetime.date(2019, 12, 31))
    assert answer.silent
    assert answer.amount is None
    assert answer.why_silent
    assert answer.text == ""


def test_zero_is_an_answer() -> None:
    says("line", COUNTY, "2026-01-01", "0")
    answer = value("line", area=COUNTY)
    assert not answer.silent
    assert answer.amount == 0


def test_an_ended_line_lets_the_area_above_hold_again() -> None:
    says("line", COUNTY, "2026-06-01", "ended")
    assert holds(VILLAGE, datetime.date(2026, 5, 31)) == 6000
    assert holds(VILLAGE, datetime.date(2026, 6, 1)) == 8000


def test_a_local_value_goes_before_a_shipped_one_of_its_own_area_only() -> None:
    says("line", "99", "2024-01-01", "7000", Origin.LOCAL)
    assert holds(NEIGHBOUR_COUNTY) == 7000  # the shipped one of 2026 is of the same area
    assert holds(VILLAGE) == 6000  # the county's shipped one is nearer


def test_an_ended_local_value_lets_the_shipped_one_hold_again() -> None:
    says("line", COUNTY, "2025-01-01", "7500", Origin.LOCAL)
    says("line", COUNTY, "2026-01-01", "ended", Origin.LOCAL)
    assert holds(COUNTY, datetime.date(2025, 6, 1)) == 7500
    assert holds(COUNTY) == 6000


def test_a_class_goes_before_everybody_in_the_same_area() -> None:
    says("line", "99", "2023-01-01", "5500", population="low_income")
    assert holds("9999", klass="low_income") == 5500
    assert holds("9999", klass="other") == 8000
    assert holds("9999") == 8000
    assert holds(VILLAGE, klass="low_income") == 6000  # nearer, for everybody


def test_a_sum_is_worked_out_for_the_area_that_asks() -> None:
    subject("double")
    says("double", "", "2021-01-01", "line * 2")
    assert value("double", area=VILLAGE).worked.startswith("6,000 × 2 = 12,000.00")
    assert value("double", area="99").amount == 16000


def test_last_year_is_the_very_year_before_where_values_are_yearly() -> None:
    subject("income", yearly=True)
    subject("half")
    says("income", "99", "2024-01-01", "20001.01")
    says("half", "", "2021-01-01", "0.5 * last_year(income)")
    assert str(value("half", area="99", on=datetime.date(2025, 3, 1)).amount) == "10000.51"
    assert value("half", area="99", on=datetime.date(2024, 3, 1)).silent
    stale = value("half", area="99", on=datetime.date(2026, 3, 1))
    assert stale.silent
    assert "income" in stale.why_silent


def test_a_yearly_value_of_an_earlier_year_holds_and_says_how_old_it_is() -> None:
    subject("income", yearly=True)
    says("income", "99", "2024-01-01", "20000")
    assert not value("income", area="99", on=datetime.date(2024, 12, 31)).needs_renewal
    assert value("income", area="99", on=datetime.date(2025, 1, 1)).needs_renewal


def test_use_marks_the_row_and_every_term_of_its_sum() -> None:
    subject("double")
    says("double", "", "2021-01-01", "line * 2")
    mark_used(value("double", area=TOWNSHIP))
    used = Value.objects.filter(used_on=DAY).values_list("subject", "area")
    assert set(used) == {("double", ""), ("line", COUNTY)}
    mark_used(value("double", area=TOWNSHIP))


def test_what_is_marked_for_good_is_not_marked_again(
    django_capture_on_commit_callbacks: Any, django_assert_num_queries: Any
) -> None:
    with django_capture_on_commit_callbacks() as committed:
        mark_used(value("line", area=COUNTY))
    again = value("line", area=COUNTY)
    with django_assert_num_queries(1):  # what is not committed may still be undone
        mark_used(again)
    for each in committed:
        each()
    with django_assert_num_queries(0):
        mark_used(again)


def test_inside_one_reading_the_marks_are_read_once_together(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1), revision.one_reading(), revision.one_reading():
        held = revision.current(revision.VALUES), revision.current(revision.HOLIDAYS)
        assert held == (revision.current(revision.VALUES), revision.current(revision.HOLIDAYS))


def test_a_question_costs_one_short_query_until_something_changes() -> None:
    book()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for _ in range(3):
            holds(VILLAGE)
    assert len(queries) == 3
    says("line", COUNTY, "2026-02-01", "6100")
    assert holds(VILLAGE) == 6100


def test_an_unknown_subject_is_a_fault_of_the_caller() -> None:
    with pytest.raises(KeyError):
        value("no_such_thing", area=COUNTY)
