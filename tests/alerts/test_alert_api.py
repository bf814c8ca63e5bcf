"""Alerts by the API: the moves of their pages, by the same people, in the same order, and nothing beside them."""

import json
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from alerts.api_moves import MOVES
from alerts.lifecycle import ALERT
from alerts.models import Alert, BulkAct
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Role
from foundation.workflow.models import Passage
from households.models import Household
from tests.alerts.verification.made import PROPOSED, assigned, raised, reported
from tests.house.planted_alerts import an_alert
from tests.people import COUNTY, FIRST_DAY, make_areas, make_people
from tests.programs import Program, costs_no_more, is_never_skipped, programs, smuggled, stands

Programs = Callable[[str], Program]
#: What each form wants, as far as one body can please them all.
FULL = {
    "reason": "因为", "outcome": "not_eligible", "happened_on": "2026-11-04", "quiet_days": 30, "proof": "死亡证明",
    "relook_on": "2026-12-04", "items": ["photos"], "way": "phone", "holds": "yes", "decision": "stands",
    "until": "2026-11-20",
}  # fmt: skip


@pytest.fixture
def api(people: dict[str, User]) -> Programs:
    return programs(people)


def test_an_alert_goes_its_way_by_the_api(api: Programs, people: dict[str, User]) -> None:
    alert = raised(people)
    told = api("xian").get("alerts-detail", pk=alert.pk)
    assert [each["move"] for each in told["may"]] == ["dispatch", "close", "join", "put_off", "urge"]
    body = {"move": "dispatch", "version": told["version"], "reason": "", "happened_on": "2026-11-04"}
    told = api("xian").post("alerts-moves", body, pk=alert.pk)
    assert (told["state"], told["visitor"]) == ("dispatched", None)
    body = {"move": "assign", "version": told["version"], "visitor": str(people["cun"].pk)}
    told = api("zhen").post("alerts-moves", body, pk=alert.pk)
    assert (told["state"], told["visitor"]) == ("assigned", people["cun"].pk)
    first, *_between, last = api("xian").rows("alerts-moves", pk=alert.pk)
    assert (first["move"], last["move"], last["to_state"]) == ("raise", "assign", "assigned")
    assert (last["by"], last["role"]) == (people["zhen"].name, Role.TOWNSHIP_VERIFIER)


def test_15_3_3_what_else_is_sent_changes_nothing(api: Programs, people: dict[str, User]) -> None:
    """ASVS 15.3.3: every column of an alert sent along with a move leaves what the move alone would have left."""
    plain, more = raised(people), raised(people)
    for alert, sent in ((plain, dict), (more, partial(smuggled, Alert, "AlertDispatchRequest"))):
        body = {"move": "dispatch", "version": alert.version, "reason": "", "happened_on": "2026-11-04"}
        told = api("xian").post("alerts-moves", sent(body), pk=alert.pk)
        assert (told["state"], told["version"]) == ("dispatched", alert.version + 1)
    own = ("id", "household_id", "run_id")
    assert stands(plain, but=own) == stands(more, but=own)


def test_what_was_seen_must_be_what_stands(api: Programs, people: dict[str, User]) -> None:
    """ASVS 15.4.2: of two who saw the same row, the second is told that it has moved (409), and nothing is lost."""
    alert = raised(people)
    body = {"move": "dispatch", "version": alert.version, "happened_on": "2026-11-04"}
    api("xian").post("alerts-moves", body, pk=alert.pk)
    close = {"move": "close", "version": alert.version} | FULL
    status, told = api("xian").post("alerts-moves", close, status=None, pk=alert.pk)
    assert (status, told["status"]) == (409, 409)
    assert "Somebody else has just changed this" in told["detail"]
    alert.refresh_from_db()
    assert alert.state == "dispatched"


def test_of_two_at_once_one_wins(own_database: str) -> None:
    """ASVS 15.4.2: two programs dispatch and close one alert in the same moment; exactly one of them does."""
    areas = make_areas()
    people = make_people(areas)
    second = User.objects.create(username="xian2", name="xian2")
    Posting.objects.create(user=second, role=Role.COUNTY_DISPATCHER, area=areas[COUNTY], from_day=FIRST_DAY)
    alert = raised(people)
    begin, said = threading.Barrier(2), []

    def press(by: User, body: dict[str, Any]) -> None:
        program = Program(by)
        begin.wait(timeout=60)
        try:
            said.append(
                program.post("alerts-moves", body | {"version": alert.version}, status=None, pk=alert.pk)
            )
        finally:
            connection.close()

    bodies = ({"move": "dispatch", "happened_on": "2026-11-04"}, {"move": "close"} | FULL | {"proof": ""})
    threads = [
        threading.Thread(target=press, args=each)
        for each in zip((people["xian"], second), bodies, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert sorted(status for status, _told in said) == [200, 409], said
    assert Passage.objects.filter(object_id=str(alert.pk), verb__in=("dispatch", "close")).count() == 1


def test_no_step_is_skipped(api: Programs, people: dict[str, User], settings: Any) -> None:
    """ASVS 2.3.1, 8.3.1: every move of the table, asked for in every state that it does not leave from, is refused."""
    settings.API_ACTS_A_MINUTE = settings.API_REQUESTS_A_MINUTE = 100_000
    of_right = {"dispatch_alerts": "xian", "review_visits": "zhen", "visit_households": "cun"}
    body = FULL | {"visitor": str(people["cun"].pk), "into": "1"}
    asked = is_never_skipped(
        "alerts-moves",
        ALERT,
        lambda state: an_alert(state, people),
        MOVES,
        lambda right: api(of_right[right]),
        body,
    )
    assert asked > 150


@pytest.mark.parametrize(
    ("who", "move", "status"),
    [("cun", "dispatch", 403), ("zhen", "dispatch", 403), ("shi", "dispatch", 403), ("lin_xian", "dispatch", 404),
     ("rexian", "dispatch", 403), ("xian", "assign", 403), ("cun", "propose", 403), ("cun", "urge", 403),
     ("cun", "put_off", 403), ("zhen", "cool_down", 403), ("zhen", "settle", 403)],
)  # fmt: skip
def test_who_may_not_on_the_page_may_not_here(
    api: Programs, people: dict[str, User], who: str, move: str, status: int
) -> None:
    """ASVS 8.2.2: the right of the move is asked for this row; what lies outside one's areas does not exist."""
    alert = raised(people)
    body = FULL | {"move": move, "version": alert.version, "visitor": str(people["cun"].pk)}
    assert api(who).post("alerts-moves", body, status=None, pk=alert.pk)[0] == status
    alert.refresh_from_db()
    assert (alert.state, alert.version, alert.snoozed_until) == ("raised", 1, None)


def test_who_visited_does_not_review(api: Programs, people: dict[str, User]) -> None:
    """The maker is never the checker, by the API either."""
    alert = reported(people, PROPOSED)
    told = api("zhen").get("alerts-detail", pk=alert.pk)
    assert "propose" in [each["move"] for each in told["may"] if not each["blocked"]]
    body = {"move": "propose", "version": alert.version, "reason": ""}
    status, _told = api("cun").post("alerts-moves", body, status=None, pk=alert.pk)
    assert status == 403
    assert api("zhen").post("alerts-moves", body, pk=alert.pk)["state"] == "proposed"


def test_side_acts_are_the_acts_on_many(api: Programs, people: dict[str, User]) -> None:
    alert = raised(people)
    body = {"move": "put_off", "version": alert.version, "until": "2026-11-20", "reason": "外出"}
    told = api("xian").post("alerts-moves", body, pk=alert.pk)
    assert told["snoozed_until"] == "2026-11-20"
    assert BulkAct.objects.get().kind == "snooze"
    status, told = api("xian").post(
        "alerts-moves", body | {"version": told["version"]}, status=None, pk=alert.pk
    )
    assert (status, "put off already" in told["detail"]) == (409, True)
    assert BulkAct.objects.count() == 1
    alert.refresh_from_db()
    told = api("xian").post("alerts-moves", {"move": "wake", "version": alert.version}, pk=alert.pk)
    assert told["snoozed_until"] is None
    assert (
        api("xian").post("alerts-moves", {"move": "urge", "version": told["version"]}, pk=alert.pk)["urged"]
        == 1
    )


@pytest.mark.parametrize(
    "body",
    [
        None, [], "x", 7, {}, {"move": None}, {"move": []}, {"move": {}}, {"move": "fly"}, {"move": "dispatch"},
        {"move": "dispatch", "version": 10**30, "happened_on": "2026-11-04"},
        {"move": "dispatch", "version": -1, "happened_on": "2026-11-04"},
        {"move": "dispatch", "version": 1, "happened_on": "0001-01-01"},
        {"move": "dispatch", "version": 1, "happened_on": "9999-12-31"},
        {"move": "dispatch", "version": 1, "happened_on": "2026-02-30"},
        {"move": "close", "version": 1, "outcome": "\u0000", "reason": "x", "quiet_days": 1},
        {"move": "close", "version": 1, "outcome": "\ud800", "reason": "x", "quiet_days": 1},
        {"move": "close", "version": 1, "outcome": "not_eligible", "reason": "x" * 201, "quiet_days": 1},
        {"move": "close", "version": 1, "outcome": "no-such", "reason": "x", "quiet_days": 1},
        {"move": "close", "version": 1, "outcome": "not_eligible", "reason": "x", "quiet_days": 10**9},
        {"move": "close", "version": True, "outcome": {"a": 1}, "reason": ["x"], "quiet_days": "many"},
        {"move": "join", "into": "999999999999999999999", "reason": "x"},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(api: Programs, people: dict[str, User], body: Any) -> None:
    """ASVS 2.2.1: a wrong shape is answered 400, content that cannot be 422; fields are named, nothing changes."""
    alert = raised(people)
    status, told = api("xian").post("alerts-moves", json.dumps(body), status=None, pk=alert.pk)
    assert status == told["status"]
    assert status in (400, 422), told
    assert told["errors"]
    alert.refresh_from_db()
    assert (alert.state, alert.version) == ("raised", 1)


@pytest.mark.parametrize(
    "query", [{"state": "x"}, {"area": "a"}, {"household": "-1"}, {"household": 10**30}, {"standard": "\x00"}]
)
def test_a_filter_that_cannot_be_meant_is_refused(api: Programs, people: dict[str, User], query: Any) -> None:
    api("xian").get("alerts-list", status=400, query=query)


def test_a_longer_list_costs_no_more_queries(api: Programs, people: dict[str, User], home: Household) -> None:
    assigned(people, home)
    costs_no_more(api("xian"), "alerts-list", lambda: raised(people))


def test_the_history_names_colleagues_to_who_may_know_them(api: Programs, people: dict[str, User]) -> None:
    """ASVS 8.2.3: who made a move is named as on the page; to others stands the office."""
    alert = assigned(people)
    named = {row["by"] for row in api("xian").rows("alerts-moves", pk=alert.pk)}
    assert people["zhen"].name in named
    by_cun = api("cun").rows("alerts-moves", pk=alert.pk)
    assert {row["by"] for row in by_cun} == {None}
    assert {row["role"] for row in by_cun} >= {Role.TOWNSHIP_VERIFIER.value}
