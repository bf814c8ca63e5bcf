"""The outcome of a warning flows back: to its findings, to the department of the rows, to who reported."""

import datetime

import pytest

from alerts import deciding
from alerts.deciding import Closing
from alerts.models import Alert
from alerts.reporting import Told, report
from alerts.verification.outcomes import flow_back
from foundation.accounts.models import User
from foundation.inbox.models import Notice
from foundation.workflow.move import Request
from households.models import Household
from monitoring.models import FindingOutcome, RowOutcome, RunStandard
from tests.alerts.made import find, follow, run_of, the_alert
from tests.house.planted_feeds import delivery_of
from tests.households.families import make_household
from tests.people import COUNTY

DAY = datetime.date(2026, 11, 4)
STAY = "medical_single_stay"


@pytest.fixture
def alert(home: Household, people: dict[str, User]) -> Alert:
    """Return the alert of a household with a stay of two delivered rows, and an unsafe house."""
    delivery = delivery_of(COUNTY, people["yibao"], "medical_settlement")
    rows = [
        {"delivery": delivery.pk, "line": line, "sheet": "", "day": f"2026-10-0{line}"} for line in (4, 2)
    ]
    run = run_of(people["xian"])
    RunStandard.objects.create(run=run, standard_id=STAY, digest="d" * 64)
    find(run, STAY, home, home.residents.get(relation="01"), evidence=rows, rows=2)
    find(run, "house_unsafe", home)
    follow(run)
    return the_alert(home)


def close(alert: Alert, by: User, outcome: str = "not_eligible", reason: str = "收入稳定") -> Alert:
    return deciding.close(alert, Closing(outcome, reason, 0), by=by)


def test_an_ended_warning_writes_its_outcome_to_its_findings(alert: Alert, people: dict[str, User]) -> None:
    assert not FindingOutcome.objects.exists()
    close(alert, people["xian"])
    written = FindingOutcome.objects.get(standard=STAY)
    assert (written.outcome, written.on, written.alert) == ("not_eligible", DAY, alert.pk)
    assert (written.version, written.area_id, written.reason) == ("d" * 64, alert.area_id, "收入稳定")
    assert FindingOutcome.objects.get(standard="house_unsafe").outcome == "not_eligible"


def test_the_department_learns_of_its_rows_and_of_no_others(alert: Alert, people: dict[str, User]) -> None:
    close(alert, people["xian"])
    told = RowOutcome.objects.get()
    assert told.outcome.standard_id == STAY
    assert [each["line"] for each in told.rows] == [2, 4]
    notice = Notice.objects.get(kind="rows_concluded")
    assert (notice.recipient, notice.count) == (people["yibao"], 1)


def test_numbers_of_people_are_masked_before_a_department_reads_the_reason(
    alert: Alert, people: dict[str, User]
) -> None:
    close(alert, people["xian"], reason="身份证号999901196001011234有误")
    assert "999901196001011234" not in FindingOutcome.objects.get(standard=STAY).reason


def test_written_again_it_keeps_its_day_and_tells_nobody(alert: Alert, people: dict[str, User]) -> None:
    close(alert, people["xian"])
    FindingOutcome.objects.update(on=DAY - datetime.timedelta(days=9))
    flow_back([alert.pk], by=people["xian"])
    assert FindingOutcome.objects.get(standard=STAY).on == DAY - datetime.timedelta(days=9)
    assert FindingOutcome.objects.count() == 2
    assert Notice.objects.get(kind="rows_concluded").count == 1


def test_a_warning_that_is_reopened_has_no_outcome(alert: Alert, people: dict[str, User]) -> None:
    close(alert, people["xian"])
    deciding.reopen(alert, Request("reopen", reason="办错了"), by=people["xian"])
    assert not FindingOutcome.objects.exists()
    assert not RowOutcome.objects.exists()


def test_what_was_joined_away_says_nothing_of_its_findings(
    alert: Alert, home: Household, people: dict[str, User]
) -> None:
    other = make_household("YS000002", "沈立夏", by=people["xian"])
    run = run_of(people["xian"])
    find(run, "water_unsafe", other)
    follow(run)
    deciding.join(the_alert(other), alert, by=people["xian"], reason="一户两号")
    assert not FindingOutcome.objects.exists()
    alert.refresh_from_db()
    close(alert, people["xian"])
    assert FindingOutcome.objects.get(standard="water_unsafe").alert == alert.pk


@pytest.mark.parametrize("state", ["proposed", "watched", "referred", "unauthorised"])
def test_where_a_checked_warning_stands_is_said_before_it_ends(
    alert: Alert, people: dict[str, User], state: str
) -> None:
    Alert.objects.filter(pk=alert.pk).update(state=state)
    flow_back([alert.pk], by=people["zhen"])
    assert set(FindingOutcome.objects.values_list("outcome", flat=True)) == {state}
    Alert.objects.filter(pk=alert.pk).update(state="dispatched")
    flow_back([alert.pk], by=people["zhen"])
    assert not FindingOutcome.objects.exists()


def test_a_finding_that_was_warned_about_twice_has_two_outcomes(
    alert: Alert, home: Household, people: dict[str, User]
) -> None:
    close(alert, people["xian"])
    run = run_of(people["xian"], DAY + datetime.timedelta(days=1))
    find(run, STAY, home, home.residents.get(relation="01"), measured="50000")
    follow(run)
    second = the_alert(home)
    assert second.pk != alert.pk
    close(second, people["xian"], outcome="solved_by_policy")
    found = FindingOutcome.objects.filter(standard=STAY).order_by("pk").values_list("alert", "outcome")
    assert list(found) == [(alert.pk, "not_eligible"), (second.pk, "solved_by_policy")]


def test_who_reported_is_told_and_who_decides_is_not(
    alert: Alert, home: Household, people: dict[str, User]
) -> None:
    for name in ("cun", "xian"):
        report(home, Told("visit", DAY, "illness", "住院"), by=people[name])
    alert.refresh_from_db()
    close(alert, people["xian"])
    notice = Notice.objects.get(kind="report_concluded")
    assert (notice.recipient, notice.place) == (people["cun"], f"/alerts/{alert.pk}/")


def test_thousands_cost_a_few_statements(
    alert: Alert, people: dict[str, User], django_assert_max_num_queries: object
) -> None:
    run = run_of(people["xian"])
    for number in range(20):
        find(run, "water_unsafe", make_household(f"YS0001{number:02d}", "沈立夏", by=people["xian"]))
    follow(run)
    Alert.objects.update(state="closed", outcome="not_eligible", closed_on=DAY)
    keys = list(Alert.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        flow_back(keys, by=people["xian"])
    assert FindingOutcome.objects.count() == 22
