"""The queue: filters over evidence and words, views that are kept, what is new, and the next one of a view."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts.models import Alert
from alerts.reporting import Told, report
from alerts.snoozing import snooze_many
from foundation.accounts.models import User
from foundation.desk.models import ListVisit, SavedView
from households.models import Household
from tests.alerts.made import DAY, find, follow, run_of, the_alert
from tests.alerts.test_pages import page
from tests.alerts.warnings import plant, states

SignedIn = Callable[[str], Client]


@pytest.fixture
def alert(home: Household, people: dict[str, User]) -> Alert:
    """Return the alert of a household: the head's stay of 12,600 yuan, and the mother's half year of 31,615.50."""
    run = run_of(people["xian"])
    find(run, "medical_single_stay", home, home.residents.get(relation="01"))
    find(run, "medical_self_paid_half_year", home, home.residents.get(relation="12"))
    follow(run)
    report(home, Told("visit", DAY, "disaster", "房屋漏雨严重"), by=people["cun"])
    return the_alert(home)


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("sum_from=12000", True), ("sum_from=32000", False), ("sum_to=13000", True), ("sum_to=1", False),
        ("event=illness&sum_from=30000", True), ("event=disaster", True), ("event=disaster&sum_from=1", False),
        ("month_from=2026-11&month_to=2026-11", True), ("month_to=2026-10", False), ("month_from=2026-12", False),
        ("age_from=70", True), ("age_from=70&sum_to=13000", False), ("age_to=20", False),
        ("age_from=70&health=4", True), ("age_to=60&health=4", False), ("dataset=medical_settlement", True),
        ("dataset=dibao_roll", False), ("department=medical_insurance", True), ("department=civil_affairs", False),
        ("q=漏雨", True), ("q=冰雹", False), ("q=沈立夏", True), ("q=slx", True), ("q=YS0000", True),
        ("q=YS9", False), ("not=q&q=漏雨", False), ("not=event&event=disaster", False), ("repeats=1", False),
        ("opened_from=2026-11-04", True), ("opened_to=2026-11-03", False), ("mine=no", True), ("mine=yes", False),
        ("given=no", True), ("unanswered=yes", False), ("snoozed=no", True), ("snoozed=yes", False),
        ("sum_from=many", True), ("opened_from=soon", True),
    ],
)  # fmt: skip
def test_the_queue_is_narrowed_by_what_a_warning_rests_on(
    alert: Alert, signed_in: SignedIn, asked: str, fits: bool
) -> None:
    assert (f"/alerts/{alert.pk}/" in page(signed_in("xian"), f"/alerts/?{asked}")) is fits


def test_the_village_cannot_guess_sums_by_a_filter(alert: Alert, signed_in: SignedIn) -> None:
    client = signed_in("cun")
    assert f"/alerts/{alert.pk}/" in page(client, "/alerts/?sum_from=32000"), "the filter is none for them"
    assert "Measured at least" not in page(client, "/alerts/")
    assert f"/alerts/{alert.pk}/" not in page(client, "/alerts/?month_from=2026-12")


def test_new_is_what_came_since_the_last_visit(
    alert: Alert, people: dict[str, User], signed_in: SignedIn
) -> None:
    client, shown = signed_in("xian"), f"/alerts/{alert.pk}/"
    assert shown in page(client, "/alerts/?new=yes"), "everything is new to who was never here"
    newest = alert.signals.order_by("-pk")[0].pk
    assert client.post("/views/seen/", {"table": "alerts", "newest": newest}).status_code == 204
    assert shown in page(client, "/alerts/?new=yes"), "during a visit nothing vanishes"
    ListVisit.objects.update(at=timezone.now() - datetime.timedelta(hours=1))
    assert shown not in page(client, "/alerts/?new=yes")
    report(alert.household, Told("visit", DAY, "illness", "又住院了"), by=people["cun"])
    assert shown in page(client, "/alerts/?new=yes")
    said = {"table": "alerts", "newest": newest + 1, "all": "on", "back": "/alerts/?new=yes"}
    assert client.post("/views/seen/", said)["Location"] == "/alerts/?new=yes"
    assert shown not in page(client, "/alerts/?new=yes")


def test_a_view_is_kept_without_typed_words_and_shared_with_an_area(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    client = signed_in("xian")
    address = (
        "/views/save/?address=%2Falerts%2F%3Fstate%3Draised%26q%3D%E6%B2%88%E7%AB%8B%E5%A4%8F%26not%3Dstate"
    )
    assert "Typed words are not kept" in page(client, address)
    assert client.post(address, {"name": "青石镇先看", "area": "999901"}).status_code == 302
    kept = SavedView.objects.get()
    assert kept.query == "state=raised&not=state"
    assert "青石镇先看" in page(client, "/alerts/")
    assert "青石镇先看" in page(signed_in("zhen"), "/alerts/"), "the county shares with its townships"
    assert "青石镇先看" not in page(signed_in("lin_xian"), "/alerts/")
    again = client.post(address, {"name": "青石镇先看"})
    assert "You have a view of this name already" in again.content.decode()
    assert signed_in("zhen").post(f"/views/{kept.pk}/remove/").status_code == 404
    assert client.post(f"/views/{kept.pk}/", {"name": "先看"}).status_code == 302
    assert "先看" not in page(signed_in("zhen"), "/alerts/"), "for oneself alone again"
    assert client.post(f"/views/{kept.pk}/remove/").status_code == 302
    assert not SavedView.objects.exists()


def test_one_shares_only_where_one_works(signed_in: SignedIn) -> None:
    refused = signed_in("xian").post("/views/save/?address=/alerts/", {"name": "x", "area": "999902"})
    assert "Select a valid choice" in refused.content.decode()


@pytest.mark.parametrize("address", ["https://example.org/", "/healthz/", "/nowhere/", "/export/"])
def test_only_lists_have_views(signed_in: SignedIn, address: str) -> None:
    assert signed_in("xian").get("/views/save/", {"address": address}).status_code == 404


def test_next_leads_through_the_view_also_after_an_act(people: dict[str, User], signed_in: SignedIn) -> None:
    first, second, third = plant(people["xian"], 3)
    client = signed_in("xian")
    page(client, "/alerts/?state=raised")
    client.post(f"/alerts/{first.pk}/dispatch/", {"version": first.version, "happened_on": "2026-11-04"})
    assert client.get(f"/alerts/{first.pk}/next/")["Location"] == f"/alerts/{second.pk}/"
    snooze_many([third], DAY + datetime.timedelta(days=3), "等", by=people["xian"])
    assert client.get(f"/alerts/{second.pk}/next/")["Location"] == "/alerts/?state=raised"
    assert "last warning of this view" in page(client, "/alerts/?state=raised")


def test_ticked_warnings_are_put_off_on_the_page(people: dict[str, User], signed_in: SignedIn) -> None:
    first, second, third = plant(people["xian"], 3)
    client = signed_in("xian")
    ticked = {"row": [first.pk, second.pk], "address": "/alerts/", "act": "snooze"}
    asked = client.post("/alerts/bulk/", ticked).content.decode()
    assert "2 warnings are chosen." in asked
    seen = f"{first.pk}:{first.version},{second.pk}:{second.version}"
    typed = {"act": "snooze", "address": "/alerts/", "seen": seen, "confirmed": "True"}
    refused = client.post("/alerts/bulk/", typed | {"until": "2026-11-20", "reason": ""})
    assert "This field is required" in refused.content.decode()
    done = client.post("/alerts/bulk/", typed | {"until": "2026-11-20", "reason": "等补报"})
    assert done["Location"] == "/alerts/"
    shown = page(client, "/alerts/")
    assert f"/alerts/{third.pk}/" in shown
    assert f"/alerts/{first.pk}/" not in shown
    assert "Put off until 2026-11-20: 等补报" in page(client, f"/alerts/{first.pk}/")


def test_a_whole_view_is_dispatched_and_taken_back_on_the_page(
    people: dict[str, User], signed_in: SignedIn
) -> None:
    alerts = plant(people["xian"], 3)
    client = signed_in("xian")
    typed = {"act": "dispatch", "address": "/alerts/?state=raised", "everything": "on", "confirmed": "True"}
    assert client.post("/alerts/bulk/", typed)["Location"] == "/alerts/?state=raised"
    assert states(alerts) == ["dispatched"] * 3
    listed = page(client, "/alerts/bulk/acts/")
    assert "Dispatch" in listed
    (pk,) = {each.split("/")[0] for each in listed.split("/alerts/bulk/")[1:] if each[0].isdigit()}
    assert "State = to be dispatched" in page(client, f"/alerts/bulk/{pk}/")
    assert client.post(f"/alerts/bulk/{pk}/undo/").status_code == 302
    assert states(alerts) == ["raised"] * 3
    assert client.get(f"/alerts/bulk/{pk}/").status_code == 200
    assert signed_in("lin_xian").get(f"/alerts/bulk/{pk}/").status_code == 404


def test_the_village_has_no_acts_on_many(people: dict[str, User], signed_in: SignedIn) -> None:
    plant(people["xian"], 1)
    client = signed_in("cun")
    assert "bulk-bar" not in page(client, "/alerts/")
    assert client.post("/alerts/bulk/", {"act": "dispatch", "everything": "on"}).status_code == 403


def test_each_view_says_how_many_it_has_and_counts_no_further_than_999(
    alert: Alert, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("xian")
    counts = view_counts(client)
    assert counts["All open"] == counts["To be dispatched"] == "1"
    assert counts["Overdue"] == counts["Put off"] == "0"
    snooze_many([alert], DAY + datetime.timedelta(days=3), "等材料", by=client_user(client))
    counts = view_counts(client)
    assert (counts["All open"], counts["Put off"]) == ("0", "1"), "counted anew after an act"
    monkeypatch.setattr("foundation.desk.saved_views.COUNTED_VIEW", 0)
    assert view_counts(client)["Put off"] == "0+"


def test_counts_are_of_what_the_reader_sees(alert: Alert, signed_in: SignedIn) -> None:
    assert view_counts(signed_in("lin_xian"))["All open"] == "0"
    assert signed_in("yibao").get("/alerts/views/").status_code == 403


def test_a_saved_view_has_its_number_at_little_cost(
    alert: Alert, signed_in: SignedIn, people: dict[str, User], django_assert_max_num_queries: Callable
) -> None:
    client = signed_in("xian")
    before = CaptureQueriesContext(connection)
    with before:
        view_counts(client)
    SavedView.objects.create(
        owner=people["xian"], table="alerts", path="/alerts/", name="交办的", query="state=raised"
    )
    with django_assert_max_num_queries(len(before) + 3):
        assert view_counts(client)["交办的"] == "1"


def view_counts(client: Client) -> dict[str, str]:
    """Return the number of each view by its label, as the part of the page that is asked for again says it."""
    told = page(client, "/alerts/views/")
    return dict(re.findall(r">([^<>]+)<span class=\"view-count\">([^<]*)</span>", told))


def client_user(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])
