"""The scorecard of departments: what was in time, what was rejected, what found its household."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from foundation.accounts.models import Area, User
from foundation.desk.exports import Wanted, select
from monitoring.deliveries.scorecard import Score, months, scores
from tests.monitoring.made import delivered
from tests.people import COUNTY, NEIGHBOUR_COUNTY

SignedIn = Callable[[str], Client]
D = datetime.date
SETTLEMENT, INSURED = "medical_settlement", "medical_insurance_status"


def score(viewer: User, month: str = "2026-10", department: str = "medical_insurance") -> Score:
    """Return the score of a department in the county, as somebody sees it."""
    return scores(Area.objects.get(pk=COUNTY), month, viewer).get(department, Score())


def test_spans_are_told_by_the_month_of_their_last_day(people: dict[str, User]):
    delivered(SETTLEMENT, "2026-09", people["yibao"], on=D(2026, 10, 5))
    delivered(INSURED, "2026-09", people["yibao"], on=D(2026, 10, 6))
    found = score(people["xian"])
    assert (found.expected, found.on_time, found.late, found.missing) == (2, 1, 1, 0)
    assert found.in_time == "50.0 %"
    assert score(people["xian"], "2026-09").missing == 2
    assert score(people["xian"], "2026-11").in_time == ""


def test_rows_are_counted_in_the_month_they_came(people: dict[str, User]):
    delivered(
        SETTLEMENT, "2026-09", people["yibao"], on=D(2026, 10, 5), rejects={"id_length": 10}, corrections=4
    )
    delivered(INSURED, "2026-09", people["yibao"], on=D(2026, 10, 5), state="withdrawn")
    delivered(INSURED, "2026-09", people["yibao"], on=D(2026, 10, 5), state="failed")
    found = score(people["xian"])
    assert (found.deliveries, found.withdrawn, found.corrections) == (2, 1, 4)
    assert (found.rejected, found.match_rate) == ("10.0 %", "77.8 %")


def test_each_sees_what_is_theirs(people: dict[str, User]):
    delivered("dibao_roll", "2026-09", people["xian"], on=D(2026, 10, 5))
    assert score(people["yibao"], department="civil_affairs") == Score()
    assert score(people["xian"], department="civil_affairs").deliveries == 1
    assert score(people["lin_xian"], department="civil_affairs").deliveries == 0


def test_the_page_has_a_line_for_each_department(signed_in: SignedIn, people: dict[str, User]):
    delivered(SETTLEMENT, "2026-09", people["yibao"], on=D(2026, 10, 5))
    shown = signed_in("xian").get("/deliveries/scorecard/?month=2026-10").content.decode()
    assert "50.0 %" in shown
    assert "民政局" in shown
    assert "1 found" in signed_in("yibao").get("/deliveries/scorecard/").content.decode()


@pytest.mark.parametrize("month", ["", "2026-13", "1999-01", "雀"])
def test_what_is_no_month_is_this_one(signed_in: SignedIn, month: str):
    shown = signed_in("xian").get(f"/deliveries/scorecard/?month={month}").content.decode()
    assert "Scorecard of departments 2026-11" in shown


def test_another_area_does_not_exist(signed_in: SignedIn):
    assert signed_in("xian").get(f"/deliveries/scorecard/?area={NEIGHBOUR_COUNTY}").status_code == 404
    assert signed_in("cun").get("/deliveries/scorecard/").status_code == 403


def test_it_is_exported(people: dict[str, User]):
    chosen = select(Wanted("/deliveries/scorecard/", "month=2026-10", "", "xlsx"), by=people["xian"])
    assert "2026-10" in chosen.title
    assert chosen.count > 10


def test_twelve_months_can_be_chosen():
    assert months(D(2026, 1, 31))[:3] == ["2026-01", "2025-12", "2025-11"]
