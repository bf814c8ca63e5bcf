"""Working days: the published years against the library, 调休, year ends, provisional years, local holidays."""

import datetime

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.regulations import holidays
from foundation.regulations.models import CalendarYear, Holiday
from foundation.regulations.units import Unit
from foundation.regulations.working_days import (
    add_months,
    add_working_days,
    deadline,
    is_working_day,
    working_days_between,
)
from tests.foundation.regulations.made import says
from tests.people import COUNTY, NEIGHBOUR_COUNTY, VILLAGE

pytestmark = pytest.mark.django_db
D = datetime.date
PUBLISHED = st.dates(D(2004, 1, 1), D(2026, 12, 31))


@pytest.mark.parametrize("year", [2020, 2024, 2025, 2026])
def test_every_day_of_a_published_year_is_what_the_library_says(year: int) -> None:
    day = D(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) is chinese_calendar.is_workday(day), day
        day += datetime.timedelta(days=1)


@pytest.mark.parametrize("moved", [D(2026, 2, 14), D(2026, 10, 10), D(2026, 2, 28), D(2026, 1, 4)])
def test_a_weekend_worked_instead_is_a_working_day(moved: D) -> None:
    assert moved.weekday() >= 5
    assert is_working_day(moved)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (D(2026, 9, 30), 1, D(2026, 10, 8)),
        (D(2026, 9, 30), 3, D(2026, 10, 10)),
        (D(2026, 2, 13), 1, D(2026, 2, 14)),
        (D(2026, 2, 14), 1, D(2026, 2, 24)),
        (D(2025, 12, 31), 1, D(2026, 1, 4)),
        (D(2026, 11, 4), 0, D(2026, 11, 4)),
    ],
)
def test_working_days_are_counted_over_holidays(start: D, n: int, end: D) -> None:
    found = add_working_days(start, n)
    assert (found.day, found.provisional) == (end, False)


def test_a_year_without_data_goes_by_weekdays_and_says_so() -> None:
    found = add_working_days(D(2026, 12, 31), 1)
    assert (found.day, found.provisional) == (D(2027, 1, 1), True)
    assert not add_working_days(D(2026, 12, 30), 1).provisional
    assert deadline(D(2026, 12, 30), 5, Unit.WORKING_DAYS).provisional


@settings(max_examples=60, deadline=None)
@given(start=PUBLISHED, n=st.integers(0, 40))
def test_adding_and_counting_agree(start: D, n: int) -> None:
    end = add_working_days(start, n).day
    assert working_days_between(start, end) == n
    assert n == 0 or is_working_day(end)


@settings(max_examples=60, deadline=None)
@given(start=PUBLISHED, one=st.integers(0, 20), two=st.integers(0, 20))
def test_a_period_can_be_cut_in_two(start: D, one: int, two: int) -> None:
    assert (
        add_working_days(add_working_days(start, one).day, two).day == add_working_days(start, one + two).day
    )


@settings(max_examples=60, deadline=None)
@given(start=st.dates(D(2004, 1, 1), D(2030, 12, 31)), n=st.integers(0, 120))
def test_months_end_on_the_same_day_or_the_last_of_the_month(start: D, n: int) -> None:
    end = add_months(start, n)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == n
    assert end.day == start.day or (end.day < start.day and (end + datetime.timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("start", "length", "unit", "end"),
    [
        (D(2026, 10, 30), 30, Unit.DAYS, D(2026, 11, 29)),
        (D(2026, 6, 11), 6, Unit.MONTHS, D(2026, 12, 11)),
        (D(2024, 1, 31), 1, Unit.MONTHS, D(2024, 2, 29)),
        (D(2023, 12, 31), 2, Unit.MONTHS, D(2024, 2, 29)),
        (D(2026, 11, 4), 5, Unit.WORKING_DAYS, D(2026, 11, 11)),
    ],
)
def test_deadlines(start: D, length: int, unit: Unit, end: D) -> None:
    assert deadline(start, length, unit, VILLAGE).day == end


def test_a_deadline_on_a_rest_day_moves_where_the_area_says_so() -> None:
    sunday = D(2026, 11, 29)
    says_yes = says("deadline_moves_off_rest_day", COUNTY, "2026-01-01", "1")
    assert says_yes.amount == 1
    assert deadline(D(2026, 10, 30), 30, Unit.DAYS, COUNTY).day == D(2026, 11, 30)
    assert deadline(D(2026, 10, 30), 30, Unit.DAYS, NEIGHBOUR_COUNTY).day == sunday
    assert deadline(sunday, 0, Unit.DAYS, COUNTY).day == sunday


@pytest.mark.parametrize(("length", "unit"), [(-1, Unit.DAYS), (9999, Unit.DAYS), (1, Unit.PERSONS)])
def test_what_is_no_period_is_refused(length: int, unit: Unit) -> None:
    with pytest.raises(Refused):
        deadline(D(2026, 11, 4), length, unit)


def test_an_area_keeps_its_own_festival(people: dict[str, User], areas: dict[str, Area]) -> None:
    day = D(2026, 11, 5)
    holidays.set_day(areas[COUNTY], day, Holiday.Kind.REST, "三月三", by=people["xian"])
    assert not is_working_day(day, VILLAGE)
    assert is_working_day(day, NEIGHBOUR_COUNTY)
    holidays.remove_day(areas[COUNTY], day, by=people["xian"])
    assert is_working_day(day, VILLAGE)


def test_a_year_is_complete_once_somebody_names_its_notice(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    with pytest.raises(Refused) as refusal:
        holidays.complete_year(areas[COUNTY], 2027, "通知", by=people["xian"])
    assert refusal.value.field == "year"
    holidays.set_day(areas[COUNTY], D(2027, 1, 1), Holiday.Kind.REST, "元旦", by=people["xian"])
    assert add_working_days(D(2026, 12, 31), 1, COUNTY).provisional
    holidays.complete_year(areas[COUNTY], 2027, "国务院办公厅通知", by=people["xian"])
    assert add_working_days(D(2026, 12, 31), 1, COUNTY) == add_working_days(D(2026, 12, 31), 1, VILLAGE)
    assert add_working_days(D(2026, 12, 31), 1, COUNTY).day == D(2027, 1, 4)
    assert not add_working_days(D(2026, 12, 31), 1, COUNTY).provisional
    assert add_working_days(D(2026, 12, 31), 1, NEIGHBOUR_COUNTY).provisional


@pytest.mark.parametrize("who", ["cun", "shending", "lin_xian", "yibao"])
def test_others_leave_the_calendar_alone(who: str, people: dict[str, User], areas: dict[str, Area]) -> None:
    with pytest.raises(Refused):
        holidays.set_day(areas[COUNTY], D(2026, 11, 5), Holiday.Kind.REST, "x", by=people[who])


def test_seeding_again_adds_nothing_and_overwrites_nothing() -> None:
    Holiday.objects.filter(area="", day=D(2026, 10, 10)).update(kind=Holiday.Kind.REST)
    assert holidays.seed() == []
    assert Holiday.objects.get(area="", day=D(2026, 10, 10)).kind == Holiday.Kind.REST
    CalendarYear.objects.filter(year=2026).delete()
    assert holidays.seed() == [2026]
    assert Holiday.objects.get(area="", day=D(2026, 10, 10)).kind == Holiday.Kind.REST
