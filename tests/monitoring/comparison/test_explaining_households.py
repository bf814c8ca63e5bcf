"""Why is there no warning? Story S16: 600 short, and a row with two wrong digits that may be the wife's."""

import datetime
import io
import json
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.ledger.models import Entry
from households.models import Household
from monitoring.candidates.deciding import confirm
from monitoring.candidates.finding import find
from monitoring.comparison.why_not import Reason, why_not
from monitoring.intake.taking import take
from monitoring.models import RowCandidate
from tests.households.families import SPOUSE, make_household, stand
from tests.monitoring.comparison.found import AS_OF, compared, member, of_nobody, settled
from tests.monitoring.feeds import delivered, number_of

People = dict[str, User]
SignedIn = Callable[[str], Client]
HALF = "medical_self_paid_half_year"


@pytest.fixture
def home(people: People) -> Household:
    """陶夏至 paid 15,300.00 and his wife 14,100.00, no stay above 9,000; 1,900.00 stand under a wrong number."""
    made = make_household("YS000016", "陶夏至", "苏小满", by=people["xian"])
    head, wife = member(made), member(made, SPOUSE)
    rows = [
        settled(head, "2026-09-03", "8000.00"), settled(head, "2026-09-20", "7300.00"),
        settled(wife, "2026-09-08", "9000.00"), settled(wife, "2026-09-25", "5100.00"),
        settled(wife, "2026-09-28", "1900.00", 身份证号=of_nobody(number_of(wife))),
    ]  # fmt: skip
    find(delivered("medical_settlement", rows, by=people["yibao"], period="2026-09"), by=people["yibao"])
    return made


def asked(on: str = "2026-11-04", *more: str) -> dict[str, object]:
    out = io.StringIO()
    call_command("explain", "--household", "YS000016", "--as-of", on, "--json", *more, stdout=out)
    said: dict[str, object] = json.loads(out.getvalue())
    return said


def reasons(home: Household, by: User, on: datetime.date = AS_OF) -> dict[str, Reason]:
    return {each.standard.pk: each.reason for each in why_not(home, on, by=by).answers}


def test_the_command_says_six_hundred_short_and_one_row_of_nobody(home: Household) -> None:
    said = asked()
    assert list(said) == ["household", "as_of", "standards", "unmatched_candidates"]
    assert (said["household"], said["as_of"], said["unmatched_candidates"]) == ("YS000016", "2026-11-04", 1)
    assert said["standards"][HALF] == {
        "fires": False, "measured": "29400.00", "line": "30000.00", "short_by": "600.00", "reason": "below_line",
    }  # fmt: skip
    assert said["standards"]["medical_single_stay"]["measured"] == "9000.00"
    assert len(said["standards"]) >= 18


def test_the_command_needs_no_worker_for_the_row_of_nobody(people: People, home: Household) -> None:
    RowCandidate.objects.all().delete()
    assert asked()["unmatched_candidates"] == 1


def test_the_accepted_match_makes_it_fire(people: People, home: Household) -> None:
    rows = RowCandidate.objects.select_related("delivery__dataset", "delivery__area", "resident__household")
    made, _results = confirm(list(rows), by=people["yibao"])
    take(made.delivery, by=people["yibao"])
    said = asked()
    assert said["standards"][HALF] == {
        "fires": True, "measured": "31300.00", "line": "30000.00", "short_by": None, "reason": "fires",
    }  # fmt: skip
    assert said["unmatched_candidates"] == 0


def test_without_any_row_nothing_is_measured(people: People, home: Household) -> None:
    alone = make_household("YS000098", "祁立冬", by=people["xian"])
    (half,) = (
        each for each in why_not(alone, datetime.date(2026, 9, 30), by=people["xian"]).answers
        if each.standard.pk == HALF
    )  # fmt: skip
    assert (half.reason, half.measured, half.amount, half.short_by) == (Reason.NO_DATA, None, 30000, None)


def test_an_overdue_delivery_is_late_where_nothing_was_measured(people: People, home: Household) -> None:
    said = asked("2026-09-02")
    assert said["standards"][HALF] == {
        "fires": False, "measured": None, "line": "30000.00", "short_by": None, "reason": "late",
    }  # fmt: skip


def test_what_nobody_is_posted_to_deliver_is_not_overdue(people: People, home: Household) -> None:
    assert reasons(home, people["xian"])["water_unsafe"] is Reason.NO_DATA


def test_a_standard_without_a_line_is_silent(people: People, home: Household) -> None:
    with clock.at(datetime.date(2026, 11, 4)):
        said = asked("2020-10-31")
    assert said["standards"][HALF] == {
        "fires": False, "measured": None, "line": None, "short_by": None, "reason": "silent",
    }  # fmt: skip


def test_who_is_left_out_is_said(people: People, home: Household) -> None:
    head = member(home)
    row = {"身份证号": number_of(head), "姓名": head.name, "就业状态": "失业", "登记日期": "2026-10-01"} | {
        "本年务工月数": "3"
    }
    delivered("employment", [row], by=people["xian"])
    assert reasons(home, people["xian"])["work_lost"] is Reason.FIRES
    type(head).objects.filter(pk=head.pk).update(born_on=datetime.date(1950, 1, 1))
    assert reasons(home, people["xian"])["work_lost"] is Reason.EXCLUDED


def test_the_class_of_the_household_decides_the_line(people: People, home: Household) -> None:
    stand(home, "unstable", from_day=datetime.date(2026, 1, 1))
    assert asked()["standards"][HALF]["line"] == "15000.00"
    assert asked()["standards"][HALF]["reason"] == "fires"


def test_looking_stands_in_the_record(people: People, home: Household) -> None:
    why_not(home, AS_OF, by=people["zhen"])
    assert Entry.objects.filter(verb="household.opened", object_id=str(home.pk)).count() == 1
    assert Entry.objects.filter(verb="delivery.rows_explained").count() == 1


class TestPage:
    def test_the_page_shows_the_distance_and_the_row_of_nobody(
        self, signed_in: SignedIn, home: Household
    ) -> None:
        page = signed_in("xian").get(f"/findings/of-household/{home.pk}/").content.decode()
        for part in ("Why is there no warning?", "29,400.00 yuan", "600.00 yuan", "/candidates/?delivery="):
            assert part in page, part

    def test_who_does_not_deliver_sees_the_row_without_the_way(
        self, signed_in: SignedIn, home: Household
    ) -> None:
        page = signed_in("zhen").get(f"/findings/of-household/{home.pk}/").content.decode()
        assert "may mean somebody of this household: 1" in page
        assert "/candidates/" not in page

    def test_names_are_masked_for_an_auditor(self, signed_in: SignedIn, home: Household) -> None:
        page = signed_in("wenshen").get(f"/findings/of-household/{home.pk}/").content.decode()
        assert "苏**" in page
        assert "苏小满" not in page

    @pytest.mark.parametrize("typed", ["31.10.2026", "2027-01-01"])
    def test_a_wrong_day_is_said_and_today_is_shown(
        self, signed_in: SignedIn, home: Household, typed: str
    ) -> None:
        answer = signed_in("xian").get(f"/findings/of-household/{home.pk}/?on={typed}")
        assert "Today is shown." in answer.content.decode()
        assert answer.context["on"] == AS_OF

    def test_where_it_fires_the_page_leads_to_the_finding(
        self, signed_in: SignedIn, people: People, home: Household
    ) -> None:
        stand(home, "unstable", from_day=datetime.date(2026, 1, 1))
        run = compared(HALF)
        page = signed_in("xian").get(f"/findings/of-household/{home.pk}/").content.decode()
        assert f"/findings/{run.findings.get().pk}/" in page

    def test_a_household_without_any_row_has_an_empty_page(self, signed_in: SignedIn, people: People) -> None:
        alone = make_household("YS000098", "祁立冬", by=people["xian"])
        page = signed_in("zhen").get(f"/findings/of-household/{alone.pk}/").content.decode()
        assert "No department has delivered a row about this household" in page
