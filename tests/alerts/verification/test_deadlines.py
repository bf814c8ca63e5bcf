"""What queue and page say of deadlines: near, past, paused, urged, not opened."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from alerts.models import Alert
from alerts.verification.deadlines import deadlines_of
from alerts.verification.due import set_due
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.workflow.move import Request, move
from households.models import Household
from tests.alerts.made import find, follow, run_of, the_alert
from tests.monitoring.runs.made import switched_off

D = datetime.date
SignedIn = Callable[[str], Client]


@pytest.fixture
def alert(home: Household, people: dict[str, User]) -> Alert:
    run = run_of(people["xian"])
    find(run, "house_unsafe", home)
    follow(run)
    return the_alert(home)


def with_a_department(alert: Alert, people: dict[str, User], until: D) -> None:
    for verb, who, on, given in (
        ("dispatch", "xian", D(2026, 11, 4), {}),
        ("assign", "zhen", D(2026, 11, 4), {"visitor": people["cun"]}),
        ("report", "cun", D(2026, 11, 6), {"visit": "1"}),
        ("refer", "zhen", D(2026, 11, 9), {}),
        ("resume", "zhen", until, {}),
    ):
        with clock.at(on):
            move(alert, Request(verb, reason="如实", given=given), by=people[who])
    set_due([alert], until)


def test_gross_days_are_shown_beside_the_days_without_pauses(alert: Alert, people: dict[str, User]) -> None:
    with_a_department(alert, people, D(2026, 11, 13))
    said = deadlines_of(alert, D(2026, 11, 14))
    assert said.whole is not None
    assert (said.whole.gross, said.whole.net, said.whole.due.day) == (10, 6, D(2026, 11, 23))
    assert [(each.since, each.until) for each in said.pauses] == [(D(2026, 11, 9), D(2026, 11, 13))]


def test_without_pauses_by_the_area_there_is_one_count(alert: Alert, people: dict[str, User]) -> None:
    switched_off("total_clock_pauses")
    with_a_department(alert, people, D(2026, 11, 13))
    said = deadlines_of(alert, D(2026, 11, 14))
    assert said.whole is not None
    assert (said.whole.net, said.whole.due.day) == (10, alert.total_due_on) == (10, D(2026, 11, 19))


def test_the_page_warns_when_the_notice_no_longer_fits(alert: Alert, signed_in: SignedIn) -> None:
    said = deadlines_of(alert, D(2026, 11, 14))
    assert (said.notice_by, said.notice_late) == (D(2026, 11, 14), False)
    assert deadlines_of(alert, D(2026, 11, 15)).notice_late
    with clock.at(D(2026, 11, 15)):
        shown = signed_in("xian").get(f"/alerts/{alert.pk}/").content.decode()
    assert "no longer fits" in shown
    assert "10 days overdue" in shown


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (D(2026, 11, 4), {"soon"}),
        (D(2026, 11, 5), {"soon", "today"}),
        (D(2026, 11, 6), {"overdue"}),
        (D(2026, 11, 3), {"later"}),
    ],
)
def test_the_queue_finds_what_is_due(alert: Alert, signed_in: SignedIn, day: D, fits: set[str]) -> None:
    with clock.at(day):
        found = {
            asked
            for asked in ("overdue", "today", "soon", "later", "none")
            if listed(signed_in, f"due={asked}")
        }
    assert found == fits


def test_what_stands_still_has_no_deadline(alert: Alert, signed_in: SignedIn) -> None:
    Alert.objects.update(step_due_on=None, total_due_on=None)
    assert listed(signed_in, "due=none")
    assert not listed(signed_in, "due=overdue")


def test_the_queue_finds_who_was_urged_and_who_has_not_looked(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    assert (listed(signed_in, "urged=yes"), listed(signed_in, "unopened=yes")) == (False, False)
    Alert.objects.update(urged=2, state="assigned", visitor=people["cun"])
    assert (listed(signed_in, "urged=yes"), listed(signed_in, "unopened=yes")) == (True, True)
    Alert.objects.update(opened_by_visitor_at=timezone.now())
    assert not listed(signed_in, "unopened=yes")


def listed(signed_in: SignedIn, query: str) -> bool:
    shown = signed_in("xian").get(f"/alerts/?{query}").content.decode()
    return "YS000001" in shown
