"""The queue and the page of an alert: what each role sees, does, and takes along."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alerts.models import Alert
from alerts.reporting import Told, report
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request, move
from households.models import Household, Resident
from tests.alerts.made import DAY, find, follow, run_of, the_alert
from tests.households.families import make_household
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, TOWNSHIP, VILLAGE

SignedIn = Callable[[str], Client]
STAY = "medical_single_stay"


@pytest.fixture
def alert(home: Household, people: dict[str, User]) -> Alert:
    """Return the alert of a household with a stay of 12,600.00 yuan."""
    run = run_of(people["xian"])
    find(run, STAY, home, home.residents.get(relation="01"), name_differs=True)
    follow(run)
    return the_alert(home)


def page(client: Client, url: str, **headers: str) -> str:
    answer = client.get(url, headers=headers)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_an_empty_queue_says_how_warnings_get_there(people: dict[str, User], signed_in: SignedIn) -> None:
    assert "They come from the comparison" in page(signed_in("xian"), "/alerts/")


def test_the_queue_shows_who_why_and_how_urgent(alert: Alert, signed_in: SignedIn) -> None:
    shown = page(signed_in("xian"), "/alerts/")
    for text in (
        "沈立夏",
        "serious illness",
        "to be dispatched",
        "department data",
        "石桥村",
        f"/alerts/{alert.pk}/",
    ):
        assert text in shown


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("state=raised", True), ("state=dispatched", False), ("not=state&state=raised", False), ("theme=illness", True),
        ("theme=work", False), (f"standard={STAY}", True), ("standard=house_unsafe", False), ("channel=feed", True),
        ("channel=visit", False), ("monitored=no", True), ("monitored=yes", False), (f"area={TOWNSHIP}", True),
        ("area=999901002", False), ("band=3", True), ("band=1", False),
    ],
)  # fmt: skip
def test_the_queue_is_narrowed(alert: Alert, signed_in: SignedIn, asked: str, fits: bool) -> None:
    assert ("沈立夏" in page(signed_in("xian"), f"/alerts/?{asked}")) is fits


def test_the_queue_costs_the_same_for_one_and_for_forty(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    client = signed_in("xian")
    page(client, "/alerts/")
    with CaptureQueriesContext(connection) as one:
        page(client, "/alerts/")
    run = run_of(people["xian"])
    for number in range(10, 50):
        home = make_household(f"YS{number:06d}", "何冬至", by=people["xian"])
        find(run, STAY, home, home.residents.get())
    follow(run)
    with CaptureQueriesContext(connection) as forty:
        assert page(client, "/alerts/").count("Choose 何冬至") == 40
    assert len(forty) == len(one)


def test_what_has_ended_stands_in_the_list_of_all(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    move(alert, Request("retract"), by=User.objects.built_in("system"))
    assert "沈立夏" not in page(signed_in("xian"), "/alerts/")
    assert "沈立夏" in page(signed_in("xian"), "/alerts/all/")


def test_the_page_says_why_to_who_reads_findings(alert: Alert, signed_in: SignedIn) -> None:
    shown = page(signed_in("zhen"), f"/alerts/{alert.pk}/")
    for text in ("Own payment of a single stay", "12,600.00 yuan, line 10,000.00 yuan", "2026-11-04", "rests on 1 row",
                 "names somebody else than the register"):  # fmt: skip
        assert text in shown


@pytest.mark.parametrize("username", ["cun", "shuji"])
def test_the_village_sees_kind_month_and_band_alone(alert: Alert, signed_in: SignedIn, username: str) -> None:
    client = signed_in(username)
    shown = page(client, f"/alerts/{alert.pk}/")
    assert "10,000 to 30,000 yuan" in shown
    assert "<time>2026-11</time>" in shown
    told = page(client, f"/api/v1/signals/?alert={alert.pk}")
    for text in (shown, told, page(client, "/api/v1/alerts/")):
        assert "12,600" not in text
        assert "12600" not in text


def test_a_village_of_another_county_does_not_exist(alert: Alert, signed_in: SignedIn) -> None:
    for username in ("lin_cun", "lin_zhen", "lin_xian"):
        client = signed_in(username)
        assert client.get(f"/alerts/{alert.pk}/").status_code == 404
        assert "沈立夏" not in page(client, "/alerts/all/")
    assert signed_in("lin_xian").get(f"/alerts/{alert.pk}/close/").status_code == 404


def test_the_dispatcher_closes_on_the_page(alert: Alert, signed_in: SignedIn) -> None:
    client = signed_in("xian")
    assert "Dispatch to the township" in page(client, f"/alerts/{alert.pk}/")
    assert 'value="90"' in page(client, f"/alerts/{alert.pk}/close/")
    typed = {"outcome": "not_eligible", "reason": "收入稳定", "quiet_days": 30, "version": alert.version}
    refused = client.post(f"/alerts/{alert.pk}/close/", typed | {"outcome": ""})
    assert "This field is required" in refused.content.decode()
    assert client.post(f"/alerts/{alert.pk}/close/", typed).status_code == 302
    shown = page(client, f"/alerts/{alert.pk}/")
    assert "not eligible" in shown
    assert "Cool-down until 2026-12-04" in shown
    assert client.post(
        f"/alerts/{alert.pk}/reopen/", {"reason": "办错了", "version": 2, "happened_on": "2026-11-04"}
    )
    alert.refresh_from_db()
    assert (alert.state, alert.reopened) == ("raised", 1)


def test_signals_are_detached_and_separated_on_the_page(
    alert: Alert, home: Household, people: dict[str, User], signed_in: SignedIn
) -> None:
    signal = report(home, Told("visit", DAY, "illness", "住院了"), by=people["cun"])
    client = signed_in("xian")
    assert client.post(f"/alerts/signals/{signal.pk}/cause/").status_code == 302
    assert client.post(f"/alerts/signals/{signal.pk}/detach/", {"reason": "是邻居家的"}).status_code == 302
    shown = page(client, f"/alerts/{alert.pk}/")
    assert "Counts no longer" in shown
    assert "是邻居家的" in shown
    again = f"/alerts/signals/{signal.pk}/attach/"
    assert again in shown
    assert client.post(again, {"reason": "就是这家的"}).status_code == 302
    assert "Counts no longer" not in page(client, f"/alerts/{alert.pk}/")
    client.post(f"/alerts/signals/{signal.pk}/detach/", {"reason": "是邻居家的"})
    last = client.post(f"/alerts/signals/{alert.signals.living().get().pk}/detach/", {"reason": "x"})
    assert "This is the last signal" in last.content.decode()


def test_two_warnings_of_one_family_are_joined_on_the_page(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    other = make_household("YS000002", "沈立夏", by=people["xian"])
    run = run_of(people["xian"])
    find(run, "house_unsafe", other)
    follow(run)
    second = the_alert(other)
    typed = {"into": str(alert.pk), "reason": "一户两号"}
    answer = signed_in("xian").post(f"/alerts/{second.pk}/join/", typed)
    assert answer["Location"] == f"/alerts/{alert.pk}/"
    assert "joined into another one" in page(signed_in("xian"), f"/alerts/{second.pk}/")


def test_home_counts_what_waits_to_be_dispatched(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    assert "Warnings to dispatch: 1" in page(signed_in("xian"), "/")
    client = signed_in("xian")
    client.post(f"/alerts/{alert.pk}/dispatch/", {"version": alert.version, "happened_on": "2026-11-04"})
    assert "Warnings dispatched to you: 1" in page(signed_in("zhen"), "/")


def test_the_household_page_shows_its_warnings(alert: Alert, home: Household, signed_in: SignedIn) -> None:
    assert f"/alerts/{alert.pk}/" in page(signed_in("cun"), f"/households/{home.pk}/")
    assert f"/alerts/{alert.pk}/" not in page(signed_in("rexian"), f"/households/{home.pk}/")


def test_the_api_narrows_as_the_page_does(alert: Alert, signed_in: SignedIn) -> None:
    client = signed_in("shi")
    (row,) = json.loads(page(client, f"/api/v1/alerts/?standard={STAY}&area={COUNTY}"))["results"]
    assert (row["id"], row["household_code"], row["priority"]) == (alert.pk, "YS000001", alert.priority)
    assert json.loads(page(client, "/api/v1/alerts/?state=closed"))["results"] == []


def listed(*arguments: str) -> dict[str, list[dict[str, object]]]:
    out = StringIO()
    call_command("list_alerts", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_list_alerts_prints_what_the_contract_says(
    alert: Alert, home: Household, people: dict[str, User]
) -> None:
    report(home, Told("self_report", DAY, "illness", "电话"), by=people["rexian"])
    alert.refresh_from_db()
    finding = alert.signals.get(channel="feed").finding_id
    (told,) = listed("--area", COUNTY)["alerts"]
    assert told == {
        "alert": alert.pk, "household": "YS000001", "state": "raised", "priority": alert.priority,
        "channels": ["feed", "self_report"],
        "signals": [
            {"finding": finding, "standard": STAY, "subject": "沈**", "measured": "12600.00", "line": "10000.00",
             "rows": 1},
            {"finding": None, "standard": None, "subject": "household", "measured": None, "line": None, "rows": 0},
        ],
    }  # fmt: skip
    assert listed("--area", COUNTY, "--state", "closed") == {"alerts": []}


def test_amounts_are_written_by_their_unit(home: Household, people: dict[str, User]) -> None:
    run = run_of(people["xian"])
    find(run, "farm_income_fall", home, None, "0.35", line="0.3")
    find(run, "house_unsafe", home)
    follow(run)
    (told,) = listed("--area", VILLAGE)["alerts"]
    written = {each["standard"]: (each["measured"], each["line"]) for each in told["signals"]}
    assert written == {"farm_income_fall": ("0.3500", "0.3000"), "house_unsafe": ("1", "1")}


def test_list_alerts_keeps_to_the_areas_of_who_asks(alert: Alert, people: dict[str, User]) -> None:
    (told,) = listed("--area", COUNTY, "--as", "cun")["alerts"]
    assert told["signals"][0]["measured"] is None, "the village reads no sums"
    with pytest.raises(Refused):
        listed("--area", COUNTY, "--as", "lin_xian")
    with pytest.raises(Refused):
        listed("--area", "999988")


def test_an_alert_moves_with_its_household(alert: Alert, home: Household, areas: dict[str, Area]) -> None:
    from alerts.area_followers import after_register_change

    Resident.objects.filter(household=home).update(area=NEIGHBOUR_VILLAGE)
    Household.objects.filter(pk=home.pk).update(area=NEIGHBOUR_VILLAGE)
    after_register_change([NEIGHBOUR_VILLAGE], [home.pk], by=User.objects.built_in("system"), on=DAY)
    alert.refresh_from_db()
    assert (alert.area_id, alert.county) == (NEIGHBOUR_VILLAGE, NEIGHBOUR_VILLAGE[:6])
