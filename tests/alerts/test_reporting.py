"""A report typed by staff is a signal like any other."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from alerts.deciding import Closing, close
from alerts.models import Signal
from alerts.reporting import Told, report
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from households.models import Household
from tests.alerts.made import find, follow, run_of, the_alert

DAY = datetime.date(2026, 11, 4)


def told(**said: Any) -> Told:
    return Told(**{"channel": "visit", "day": DAY, "event_kind": "illness", "text": "女儿住院"} | said)


def test_a_report_opens_an_alert_and_tells_the_dispatcher(home: Household, people: dict[str, User]) -> None:
    report(home, told(), by=people["cun"])
    alert = the_alert(home)
    assert (alert.state, alert.channels, alert.run) == ("raised", ["visit"], None)
    assert {part["code"] for part in alert.parts} == {"serious", "child", "disabled"}
    assert Notice.objects.get(kind="alerts_raised").recipient == people["xian"]


def test_a_report_joins_the_open_alert_and_confirms_it(home: Household, people: dict[str, User]) -> None:
    head = home.residents.get(relation="01")
    run = run_of(people["xian"])
    find(run, "medical_single_stay", home, head)
    follow(run)
    before = the_alert(home).priority
    report(home, told(channel="self_report", resident=head), by=people["rexian"])
    alert = the_alert(home)
    assert alert.channels == ["feed", "self_report"]
    assert alert.priority == before + 15, "one cause, two proofs, a second channel"
    assert alert.signals.count() == 2


def test_a_finding_joins_what_was_reported_before(home: Household, people: dict[str, User]) -> None:
    report(home, told(), by=people["cun"])
    run = run_of(people["xian"])
    find(run, "medical_single_stay", home, home.residents.get(relation="01"))
    taken = follow(run)
    assert (taken.alerts_raised, taken.signals_attached) == (0, 1)


def test_a_cool_down_does_not_hush_people(home: Household, people: dict[str, User]) -> None:
    report(home, told(), by=people["cun"])
    first = close(the_alert(home), Closing("not_eligible", "查过了", 90), by=people["xian"])
    report(home, told(text="又住院了"), by=people["cun"])
    alert = the_alert(home)
    assert (alert.woke, alert.follows) == ("reported", first)


def test_numbers_of_people_are_masked_before_they_are_kept(home: Household, people: dict[str, User]) -> None:
    report(home, told(text="身份证 999901198003050017 住院"), by=people["cun"])
    assert Signal.objects.get().text == "身份证 9999************17 住院"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"channel": "feed"}, "channel"),
        ({"event_kind": "weather"}, "event_kind"),
        ({"text": "  "}, "text"),
        ({"day": DAY + datetime.timedelta(days=1)}, "day"),
    ],
)
def test_what_is_missing_is_asked_for(
    home: Household, people: dict[str, User], said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        report(home, told(**said), by=people["cun"])
    assert refusal.value.field == field


@pytest.mark.parametrize("username", ["bangfu", "shending", "lin_cun"])
def test_who_may_not_report_does_not(home: Household, people: dict[str, User], username: str) -> None:
    with pytest.raises(Refused):
        report(home, told(), by=people[username])


def test_nobody_reports_their_own_household(home: Household, people: dict[str, User]) -> None:
    Kin.objects.create(user=people["cun"], household=home.code, relation="own", declared_on=DAY)
    with pytest.raises(Refused):
        report(home, told(), by=people["cun"])


def test_the_form_of_the_household_page_leads_to_the_warning(
    home: Household, people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("cun")
    assert f"/alerts/report/{home.pk}/" in client.get(f"/households/{home.pk}/").content.decode()
    typed = {
        "channel": "visit",
        "day": "2026-11-04",
        "event_kind": "disaster",
        "text": "屋顶塌了",
        "resident": "",
    }
    answer = client.post(f"/alerts/report/{home.pk}/", typed)
    assert answer["Location"] == f"/alerts/{the_alert(home).pk}/"
    assert "屋顶塌了" in client.get(answer["Location"]).content.decode()
    empty = client.post(f"/alerts/report/{home.pk}/", typed | {"text": ""})
    assert "This field is required" in empty.content.decode()


def test_the_number_of_a_household_leads_to_its_form(
    home: Household, people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("rexian")
    assert (
        client.post("/alerts/report/", {"household": " YS000001 "})["Location"]
        == f"/alerts/report/{home.pk}/"
    )
    lost = signed_in("lin_xian").post("/alerts/report/", {"household": "YS000001"})
    assert "No household of your areas has this number" in lost.content.decode()
