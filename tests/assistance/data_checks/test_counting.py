"""The matrix, the trend and who sees them; cases from before this platform apart."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.data_checks.counting import days, findings, matrix, trend, unasked
from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from tests.assistance.data_checks.made import held
from tests.households.quality.made import DAY, checked, family, person
from tests.people import COUNTY, NEIGHBOUR_COUNTY, NEIGHBOUR_VILLAGE, TOWNSHIP, VILLAGE

MANGZHONG, HEKOU = "999901001002", "999901002001"


def _some() -> None:
    """Two doubts in the first village, one of them of a case from before; one in each of two others."""
    held(looked=None)
    held(risks=("99",), origin="import")
    held(looked=None, area=MANGZHONG)
    held(looked=None, area=HEKOU)
    held(looked=None, area=NEIGHBOUR_VILLAGE)
    family("plain", person(labour="5"))
    checked()
    checked(NEIGHBOUR_COUNTY)


def _counted(area: str, user: User, *, before: bool = False) -> dict[str, dict[str, int]]:
    found = matrix(findings(user, area, before=before), Area.objects.get(code=area))
    return {row.area.code: {cell.number: cell.count for cell in row.cells} for row in found.rows}


def test_doubts_are_counted_by_area_and_rule(people: dict[str, User]) -> None:
    _some()
    assert _counted(COUNTY, people["xian"]) == {
        TOWNSHIP: {"R-14": 2, "R-21": 1},
        "999901002": {"R-14": 1, "R-21": 0},
    }
    assert _counted(TOWNSHIP, people["xian"]) == {
        VILLAGE: {"R-14": 1, "R-21": 1},
        MANGZHONG: {"R-14": 1, "R-21": 0},
    }
    assert _counted(VILLAGE, people["cun"]) == {VILLAGE: {"R-14": 1, "R-21": 1}}
    assert _counted(COUNTY, people["xian"], before=True) == {TOWNSHIP: {"R-21": 1}}


def test_sums_and_silent_rules_are_told(people: dict[str, User]) -> None:
    _some()
    found = matrix(findings(people["xian"], COUNTY), Area.objects.get(code=COUNTY))
    assert [(cell.number, cell.count) for cell in found.sums] == [("R-14", 3), ("R-21", 1)]
    assert (found.total, found.households) == (4, 4)
    assert "R-13" in found.silent
    assert not {"R-14", "R-21", "R-33", "R-36"} & set(found.silent)


def test_nobody_counts_what_lies_outside(people: dict[str, User]) -> None:
    _some()
    assert _counted(COUNTY, people["cun"]) == {TOWNSHIP: {"R-14": 1, "R-21": 1}}
    assert _counted(COUNTY, people["lin_xian"]) == {}
    assert _counted(COUNTY, people["bangfu"]) == {}


def test_what_cannot_be_asked_names_its_rule_and_why() -> None:
    told = unasked()
    assert {each.number for each in told} == {"R-30", "R-33", "R-34", "R-36", "R-37"}
    assert all(str(each.why) for each in told)


def test_the_trend_counts_every_day_from_the_findings(people: dict[str, User]) -> None:
    first, second = held(looked=None), held(looked=None, origin="import", risks=("99",))
    with clock.at(DAY - datetime.timedelta(days=10)):
        checked()
    Case.objects.filter(pk=first.pk).update(origin="import")  # nobody asks it any more: the doubt goes
    with clock.at(DAY - datetime.timedelta(days=4)):
        checked()
    checked()
    points = trend(findings(people["xian"], COUNTY), days("days"))
    assert [point.waiting for point in points] == [2] * 6 + [1] * 5
    assert (points[0].day, points[-1].day) == (DAY - datetime.timedelta(days=10), DAY)
    assert [point.waiting for point in trend(findings(people["xian"], COUNTY), days("months"))] == [1]
    second.refresh_from_db()


def test_a_trend_of_months_has_thirteen_days(people: dict[str, User]) -> None:
    wanted = days("months")
    assert (wanted[0], wanted[-1], len(wanted)) == (datetime.date(2025, 11, 4), DAY, 13)
    assert len(days("days")) == 31


def test_checked_again_on_the_same_day_nothing_doubles(people: dict[str, User]) -> None:
    _some()
    before = trend(findings(people["xian"], COUNTY), days("days"))
    checked()
    assert trend(findings(people["xian"], COUNTY), days("days")) == before


def test_counting_needs_as_many_statements_for_many_as_for_few(people: dict[str, User]) -> None:
    counts = []
    for number in (1, 6):
        for _each in range(number):
            held(looked=None)
        checked()
        user = User.objects.get(pk=people["xian"].pk)
        with CaptureQueriesContext(connection) as seen:
            matrix(findings(user, COUNTY), Area.objects.get(code=COUNTY))
            trend(findings(user, COUNTY), days("days"))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8
