"""Cases by the API: where they stand, what the page lets people do without papers, and no step taken out of turn."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from assistance.api_moves import MOVES
from assistance.lifecycle import CASE
from foundation.accounts.models import User
from foundation.ledger.models import Entry
from households.models import Household
from tests.assistance.made import opened, walked_to
from tests.house.planted_cases import a_case
from tests.programs import Program, costs_no_more, is_never_skipped, programs

Programs = Callable[[str], Program]
FULL = {
    "reason": "因为", "items": ["photos"], "note": "", "step": "apply", "way": "call", "said_on": "2026-11-04",
    "said_by": "户主", "words": "不再申请", "other": "YC000001",
}  # fmt: skip
BY_RIGHT = {"prepare_cases": "cun", "review_cases": "zhen", "decide_cases": "shending"}


@pytest.fixture
def api(people: dict[str, User]) -> Programs:
    return programs(people)


def test_a_case_is_read_with_its_chain(api: Programs, people: dict[str, User]) -> None:
    case = walked_to(opened(people), "compare", people)
    told = api("cun").get("cases-detail", pk=case.pk)
    assert (told["number"], told["state"], told["waits_for"]) == (case.number, "open", case.waits_for)
    assert {each["code"]: each["tone"] for each in told["chain"]}["apply"] == "done"
    assert "withdraw" in [each["move"] for each in told["may"]]
    assert Entry.objects.filter(verb="household.opened", object_id=str(case.household_id)).exists()
    assert [each["move"] for each in api("zhen").rows("cases-moves", pk=case.pk)] == ["open_case", "apply"]
    assert api("zhen").get("cases-aid-by-year", pk=case.pk) == {"years": []}


def test_a_household_withdraws_and_comes_back(api: Programs, people: dict[str, User]) -> None:
    case = opened(people)
    asked = {"move": "withdraw", "version": case.version} | FULL
    told = api("cun").post("cases-moves", asked, pk=case.pk)
    assert (told["state"], told["ended_on"]) == ("withdrawn", "2026-11-04")
    back = {"move": "resume", "version": told["version"], "reason": "户主又来申请"}
    assert api("cun").post("cases-moves", back, pk=case.pk)["state"] == "open"
    paper = {"move": "withdraw", "version": told["version"] + 1} | FULL | {"way": "paper"}
    status, _told = api("cun").post("cases-moves", paper, status=None, pk=case.pk)
    assert status in (409, 422)


def test_no_step_is_skipped(api: Programs, people: dict[str, User], settings: Any) -> None:
    """ASVS 2.3.1, 8.3.1: a move is refused in every state that it does not leave from; paper steps are not here."""
    settings.API_ACTS_A_MINUTE = settings.API_REQUESTS_A_MINUTE = 100_000
    asked = is_never_skipped(
        "cases-moves",
        CASE,
        lambda state: a_case(state, people),
        MOVES,
        lambda right: api(BY_RIGHT[right]),
        FULL,
    )
    assert asked > 100
    case = opened(people)
    for verb in ("approve", "review", "announce", "remove", "adopt", "evaluate"):
        sent = FULL | {"move": verb, "version": case.version}
        assert api("shending").post("cases-moves", sent, status=None, pk=case.pk)[0] == 400


def test_two_who_saw_the_same(api: Programs, people: dict[str, User]) -> None:
    """ASVS 15.4.2: the second of two who saw the same version is told so (409), and the first one's act stands."""
    case = walked_to(opened(people), "approve", people)
    asked = {"move": "decline", "version": case.version, "reason": "收入稳定"}
    assert api("shending").post("cases-moves", asked, pk=case.pk)["state"] == "declined"
    assert api("shending").post("cases-moves", asked, status=None, pk=case.pk)[0] == 409
    other = walked_to(opened(people), "approve", people)
    stale = {"move": "decline", "version": other.version - 1, "reason": "收入稳定"}
    status, told = api("shending").post("cases-moves", stale, status=None, pk=other.pk)
    assert (status, "just changed this" in told["detail"]) == (409, True)


@pytest.mark.parametrize(
    ("who", "move", "status"),
    [("cun", "decline", 403), ("zhen", "decline", 403), ("cun", "return", 403), ("shi", "withdraw", 403),
     ("lin_zhen", "return", 404), ("rexian", "withdraw", 403)],
)  # fmt: skip
def test_who_may_not_on_the_page_may_not_here(
    api: Programs, people: dict[str, User], who: str, move: str, status: int
) -> None:
    """ASVS 8.2.2: the right is asked for this row; what lies outside does not exist."""
    case = opened(people)
    sent = FULL | {"move": move, "version": case.version}
    assert api(who).post("cases-moves", sent, status=None, pk=case.pk)[0] == status


@pytest.mark.parametrize(
    "body",
    [
        {"move": "return", "version": 1, "items": [], "reason": "x"},
        {"move": "return", "version": 1, "items": ["\x00"], "reason": "x"},
        {"move": "return", "version": 1, "items": "photos", "reason": "x"},
        {"move": "withdraw", "version": 1, "way": "call", "said_on": "9999-12-31", "said_by": "x", "words": "x"},
        {"move": "mark_duplicate", "version": 1, "reason": "x"},
        {"move": "decline", "version": 10**30, "reason": "x"}, {"move": "decline", "version": None, "reason": "x"},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(api: Programs, people: dict[str, User], body: Any) -> None:
    """ASVS 2.2.1: a wrong shape is answered 400, content that cannot be 422."""
    case = opened(people)
    who = {"return": "zhen", "mark_duplicate": "zhen", "decline": "shending"}.get(body["move"], "cun")
    status, told = api(who).post("cases-moves", json.dumps(body), status=None, pk=case.pk)
    assert status in (400, 422), told
    assert told["errors"]


def test_the_list_is_narrowed(api: Programs, people: dict[str, User], home: Household) -> None:
    case = opened(people, home)
    for query, count in (
        ({"state": "open"}, 1), ({"state": "enrolled"}, 0), ({"category": "sudden"}, 0), ({"origin": "alert"}, 1),
        ({"step": case.waits_for[0]}, 1), ({"step": "nothing"}, 0), ({"area": "999901"}, 1), ({"area": "999902"}, 0),
        ({"household": home.pk}, 1), ({"opened_from": "2026-11-05"}, 0), ({"due_by": "2099-01-01"}, 1),
    ):  # fmt: skip
        assert len(api("xian").rows("cases-list", query=query)) == count, query
    for query in ({"state": "x"}, {"area": "x"}, {"household": "x"}, {"opened_from": "x"}, {"nobody": "x"}):
        api("xian").get("cases-list", status=400, query=query)


def test_a_longer_list_costs_no_more_queries(api: Programs, people: dict[str, User]) -> None:
    costs_no_more(api("xian"), "cases-list", lambda: a_case("open", people))
