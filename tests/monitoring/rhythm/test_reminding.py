"""What is due, and who is reminded: once for each span, and no longer when the file came."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from foundation.accounts import clock
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.roles import Role
from foundation.desk.home import State
from foundation.inbox.models import Notice
from monitoring.deliveries.worklists import due_deliveries, rejects_to_correct, waiting_deliveries
from monitoring.models import Dataset
from monitoring.rhythm.expecting import Expectations, Standing, expected_in, places_of_officers
from monitoring.rhythm.reminding import LATE, night_work, remind, settle
from tests.monitoring.intake.conftest import own_folders
from tests.monitoring.intake.files import row, taken
from tests.monitoring.made import delivered
from tests.people import COUNTY, FIRST_DAY, NEIGHBOUR_COUNTY

SignedIn = Callable[[str], Client]
D = datetime.date
__all__ = ["own_folders"]
SETTLEMENT, INSURED = "medical_settlement", "medical_insurance_status"


def standings(dataset: str, area: str = COUNTY) -> dict[str, Standing]:
    """Return where the spans of a dataset stand in an area, by period."""
    row = Dataset.objects.get(pk=dataset)
    return {each.slot.period: each.standing for each in Expectations(area, [row]).of(row)}


class TestWhereASpanStands:
    """The calendar of an area."""

    def test_it_begins_with_the_first_officer(self, people: dict[str, User]):
        people["yibao"].postings.update(from_day=D(2026, 8, 20))
        assert list(standings(SETTLEMENT)) == ["2026-11", "2026-10", "2026-09", "2026-08"]

    def test_where_nobody_was_ever_posted_nothing_is_expected(self, people: dict[str, User]):
        assert standings("water_supply") == {}
        assert standings(SETTLEMENT, NEIGHBOUR_COUNTY) == {}

    def test_what_came_is_in_time_late_or_waits(self, people: dict[str, User]):
        delivered(SETTLEMENT, "2026-07", people["yibao"], on=D(2026, 8, 5))
        delivered(SETTLEMENT, "2026-08", people["yibao"], on=D(2026, 9, 6))
        delivered(SETTLEMENT, "2026-09", people["yibao"], on=D(2026, 10, 2), state="waiting")
        found = standings(SETTLEMENT)
        assert found["2026-06"] is Standing.MISSING
        assert found["2026-07"] is Standing.ON_TIME
        assert found["2026-08"] is Standing.LATE
        assert found["2026-09"] is Standing.WAITING
        assert found["2026-10"] is Standing.DUE
        assert found["2026-11"] is Standing.AHEAD

    @pytest.mark.parametrize("state", ["withdrawn", "refused", "failed"])
    def test_what_was_taken_back_never_came(self, people: dict[str, User], state: str):
        delivered(SETTLEMENT, "2026-09", people["yibao"], on=D(2026, 10, 2), state=state)
        assert standings(SETTLEMENT)["2026-09"] is Standing.MISSING

    def test_what_came_for_the_city_counts_for_its_counties(self, people: dict[str, User]):
        city = Area.objects.get(pk="9999")
        people["lin_xian"].postings.update(
            role=Role.DEPARTMENT_OFFICER, area=city, department="medical_insurance"
        )
        person = User.objects.get(username="lin_xian")
        delivered(SETTLEMENT, "2026-09", person, on=D(2026, 10, 2), area="9999")
        assert standings(SETTLEMENT)["2026-09"] is Standing.ON_TIME

    def test_who_stands_lower_delivers(self, people: dict[str, User]):
        assert list(places_of_officers()) == [("medical_insurance", COUNTY)]
        Posting.objects.create(
            user=people["lin_xian"],
            role=Role.DEPARTMENT_OFFICER,
            area_id="9999",
            department_id="medical_insurance",
            from_day=FIRST_DAY,
        )
        assert list(places_of_officers()) == [("medical_insurance", COUNTY)]

    def test_the_whole_area_costs_few_queries(
        self, people: dict[str, User], django_assert_max_num_queries: Callable[[int], object]
    ):
        delivered(SETTLEMENT, "2026-09", people["yibao"], on=D(2026, 10, 2))
        rows = list(Dataset.objects.declared().select_related("department"))
        with django_assert_max_num_queries(2):
            assert expected_in(COUNTY, rows)


class TestReminders:
    """The notice of the officer."""

    def test_each_span_is_reminded_of_once(self, people: dict[str, User]):
        people["yibao"].postings.update(from_day=D(2026, 9, 1))
        night_work(by=User.objects.built_in("system"), on=clock.today())
        assert set(self._groups(people)) == {
            f"{INSURED}:{COUNTY}:2026-09",
            f"{SETTLEMENT}:{COUNTY}:2026-09",
        }
        assert remind() == 0
        Notice.objects.unread().filter(kind=LATE).update(read_at="2026-11-04T08:00+08:00")
        assert remind() == 0

    def test_nothing_is_said_before_the_day_has_passed(self, people: dict[str, User]):
        people["yibao"].postings.update(from_day=D(2026, 10, 1))
        with clock.at(D(2026, 11, 5)):
            assert remind() == 0
        with clock.at(D(2026, 11, 6)):
            assert remind() == 2

    def test_it_is_taken_back_when_the_file_comes(self, people: dict[str, User]):
        people["yibao"].postings.update(from_day=D(2026, 9, 1))
        remind()
        assert settle(delivered(SETTLEMENT, "2026-09", people["yibao"])) == 1
        assert self._groups(people) == [f"{INSURED}:{COUNTY}:2026-09"]
        delivered(INSURED, "2026-09", people["yibao"])
        remind()
        assert self._groups(people) == []

    def test_it_goes_in_the_transaction_that_takes_the_rows(self, people: dict[str, User], own_folders: Path):
        people["yibao"].postings.update(from_day=D(2026, 9, 1))
        remind()
        taken(people["yibao"], row(结算日期="2026-09-05"), period="2026-09")
        assert self._groups(people) == [f"{INSURED}:{COUNTY}:2026-09"]

    def test_another_period_takes_nothing_back(self, people: dict[str, User]):
        people["yibao"].postings.update(from_day=D(2026, 9, 1))
        remind()
        assert settle(delivered(SETTLEMENT, "2026-10", people["yibao"])) == 0

    def test_a_daily_dataset_reminds_once_a_month(self, people: dict[str, User]):
        people["yibao"].postings.update(from_day=D(2026, 10, 20), department="civil_affairs")
        remind()
        cremations = [group for group in self._groups(people) if group.startswith("cremation")]
        assert cremations == [f"cremation:{COUNTY}:2026-10", f"cremation:{COUNTY}:2026-11"]

    def test_the_notice_leads_to_the_form(self, people: dict[str, User]):
        people["yibao"].postings.update(from_day=D(2026, 9, 1))
        remind()
        place = Notice.objects.get(group=f"{SETTLEMENT}:{COUNTY}:2026-09").place
        assert place == f"/deliveries/hand-in/?dataset={SETTLEMENT}&area={COUNTY}&period=2026-09"

    @staticmethod
    def _groups(people: dict[str, User]) -> list[str]:
        rows = Notice.objects.visible_to(people["yibao"]).unread().filter(kind=LATE)
        return sorted(rows.values_list("group", flat=True))


class TestTheListOfWork:
    """The home page of who delivers."""

    def test_an_officer_finds_what_is_due(self, people: dict[str, User]):
        people["yibao"].postings.update(from_day=D(2026, 9, 1))
        items = due_deliveries(people["yibao"])
        assert [(item.due, item.state) for item in items] == [
            (D(2026, 10, 5), State.OVERDUE),
            (D(2026, 10, 5), State.OVERDUE),
            (D(2026, 11, 5), State.WEEK),
            (D(2026, 11, 5), State.WEEK),
        ]

    def test_the_county_gets_one_line(self, people: dict[str, User]):
        (item,) = due_deliveries(people["xian"])
        assert item.url == f"/deliveries/due/?area={COUNTY}"
        assert item.why == "医保局 6"
        assert due_deliveries(people["lin_xian"]) == []
        assert due_deliveries(people["cun"]) == []

    def test_what_waits_stands_on_the_list(self, people: dict[str, User]):
        row = delivered(SETTLEMENT, "2026-10", people["yibao"], state="waiting", rejects={"id_masked": 30})
        for name in ("yibao", "xian"):
            (item,) = waiting_deliveries(people[name])
            assert item.url == f"/deliveries/{row.pk}/"
            assert "30.0 %" in item.why
        assert waiting_deliveries(people["lin_xian"]) == []
        assert waiting_deliveries(people["jingban"]) == []

    def test_rejected_rows_stand_there_until_something_comes_after_them(self, people: dict[str, User]):
        delivered(SETTLEMENT, "2026-10", people["yibao"], rejects={"id_length": 2})
        unread = delivered(INSURED, "2026-10", people["yibao"], state="failed")
        assert len(rejects_to_correct(people["yibao"])) == 2
        assert rejects_to_correct(people["xian"]) == []
        delivered(SETTLEMENT, "2026-10", people["yibao"])
        (item,) = rejects_to_correct(people["yibao"])
        assert item.title.endswith("2026-10")
        assert item.url == f"/deliveries/{unread.pk}/"


class TestThePages:
    """The calendar on the page."""

    def test_the_county_sees_every_department(self, signed_in: SignedIn, people: dict[str, User]):
        shown = signed_in("xian").get("/deliveries/due/").content.decode()
        assert "Medical insurance" in shown
        assert "nobody is posted" in shown
        assert "2026-09 missing" in shown

    def test_a_department_sees_its_own(self, signed_in: SignedIn):
        shown = signed_in("yibao").get("/deliveries/due/").content.decode()
        assert "2 found" in shown
        assert signed_in("yibao").get("/deliveries/due/dibao_roll/").status_code == 404
        assert signed_in("cun").get("/deliveries/due/").status_code == 403

    def test_the_calendar_of_a_dataset_leads_to_report_and_form(
        self, signed_in: SignedIn, people: dict[str, User]
    ):
        row = delivered(SETTLEMENT, "2026-09", people["yibao"], on=D(2026, 10, 2))
        shown = signed_in("yibao").get(f"/deliveries/due/{SETTLEMENT}/").content.decode()
        assert f"/deliveries/{row.pk}/" in shown
        assert "period=2026-10" in shown
        assert "period=2026-11" not in shown
        assert "hand-in" not in signed_in("jingban").get("/deliveries/due/dibao_roll/").content.decode()

    def test_another_area_does_not_exist(self, signed_in: SignedIn):
        assert signed_in("xian").get(f"/deliveries/due/?area={NEIGHBOUR_COUNTY}").status_code == 404


def test_days_that_are_missing_stand_as_one_month_on_the_list(people: dict[str, User]):
    people["yibao"].postings.update(from_day=D(2026, 10, 20), department="civil_affairs")
    cremations = [item for item in due_deliveries(people["yibao"]) if "dataset=cremation" in item.url]
    assert [item.url.split("period=")[1] for item in cremations] == ["2026-10", "2026-11", "2026-11-03"]
