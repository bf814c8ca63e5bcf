"""Counts go down over the weeks where people correct, and the course can be looked at."""

import datetime

from foundation.accounts import clock
from foundation.accounts.models import Area
from households.models import Household, QualityCount, Resident
from households.quality.selectors import Tally, by_area, by_rule, course, whole
from tests.households.quality.made import checked, family, person
from tests.people import NEIGHBOUR_VILLAGE, TOWNSHIP, VILLAGE

TODAY = datetime.date(2026, 11, 4)


def on(day: datetime.date) -> None:
    """Check on a day."""
    with clock.at(day):
        checked("999901")


def correct(code: str) -> None:
    Resident.objects.filter(household=Household.objects.get(code=code)).update(health=["1"])


def test_a_count_is_kept_where_it_changes_and_nowhere_else(areas: dict[str, Area]) -> None:
    family("A", person(health=[]))
    family("B", person(health=[]))
    for days in (28, 21, 14):
        on(TODAY - datetime.timedelta(days=days))
    correct("A")
    on(TODAY - datetime.timedelta(days=7))
    on(TODAY)
    kept = list(
        QualityCount.objects.order_by("since").values_list("area", "rule", "waiting", "since", "until")
    )
    first, second = TODAY - datetime.timedelta(days=28), TODAY - datetime.timedelta(days=7)
    assert kept == [(VILLAGE, "R-07a", 2, first, second), (VILLAGE, "R-07a", 1, second, None)]


def test_two_checks_of_one_day_leave_one_count(areas: dict[str, Area]) -> None:
    family("A", person(health=[]))
    checked()
    family("B", person(health=[]))
    checked()
    assert QualityCount.objects.get().waiting == 2


def test_the_course_goes_down_week_by_week(areas: dict[str, Area]) -> None:
    for code in "ABC":
        family(code, person(health=[]))
    for days, code in ((21, "A"), (14, "B"), (7, "C"), (0, "")):
        on(TODAY - datetime.timedelta(days=days))
        if code:
            correct(code)
    assert [point.waiting for point in course(QualityCount.objects.all())] == [3, 2, 1, 0]


def test_tallies_compare_with_thirty_days_ago(areas: dict[str, Area]) -> None:
    family("A", person(health=[]))
    family("B", person(insured=None), area="999901002001")
    on(TODAY - datetime.timedelta(days=30))
    correct("A")
    family("C", person(insured=None), area="999901002001")
    on(TODAY)
    counts = QualityCount.objects.all()
    assert whole(counts) == Tally(2, 2)
    assert {each.area.code: each.tally.change for each in by_area(counts, 9)} == {
        TOWNSHIP: "-1",
        "999901002": "+1",
    }
    assert [(each.rule.code, each.tally) for each in by_rule(counts)] == [
        ("R-07b", Tally(2, 1)),
        ("R-07a", Tally(0, 1)),
    ]


def test_a_county_sees_its_own_counts_only(areas: dict[str, Area], people: dict) -> None:  # type: ignore[type-arg]
    family("A", person(health=[]))
    family("B", person(health=[]), area=NEIGHBOUR_VILLAGE)
    checked("999901")
    checked("999902")
    seen = QualityCount.objects.visible_to(people["xian"]).values_list("area", flat=True)
    assert list(seen) == [VILLAGE]
