"""Aid by the API: written down, stopped, acknowledged and struck out as on the pages, by the same people."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from assistance.models import AidRecord, Case, Measure
from foundation.accounts.models import User
from tests.assistance.aid.made import recorded
from tests.assistance.help.helped import ENOUGH, member, ticked
from tests.house.planted_aid import an_aid
from tests.programs import Program, costs_no_more, programs, smuggled, stands

Programs = Callable[[str], Program]


@pytest.fixture
def api(people: dict[str, User]) -> Programs:
    return programs(people)


def body(about: Case, **changes: Any) -> dict[str, Any]:
    """Return 420 yuan a month of dibao for the head, since September."""
    usual = {
        "case": about.pk, "code": "dibao", "resident": str(member(about, 0).pk), "per": "month", "amount": "420.00",
        "landed_on": "2026-09-01", "payer": "civil_affairs",
    }  # fmt: skip
    return usual | changes


def test_aid_is_written_down_stopped_and_added_up(api: Programs, case: Case) -> None:
    told = api("cun").post("aid-list", body(case), status=201)
    assert (told["name"], told["amount"], told["case"], told["stopped_month"]) == (
        "最低生活保障",
        "420.00",
        case.pk,
        None,
    )
    sums = api("cun").get("cases-aid-by-year", pk=case.pk)["years"]
    assert sums == [{"year": 2026, "yuan": "1260.00", "aids": 1, "services": 0}]
    assert [each["move"] for each in told["may"]] == ["phone", "code", "stop", "strike"]
    stop = {"move": "stop", "version": told["version"], "month": "2026-10", "reason": "收入增加"}
    told = api("cun").post("aid-moves", stop, pk=told["id"])
    assert told["stopped_month"] == "2026-10-01"
    phone = {"move": "phone", "version": told["version"], "who": "户主"}
    told = api("cun").post("aid-moves", phone, pk=told["id"])
    assert (told["acknowledged_how"], told["acknowledged_by"]) == ("phone", "户主")
    history = [each["move"] for each in api("zhen").rows("aid-moves", pk=told["id"])]
    assert history == ["record", "stop", "acknowledge"]


def test_15_3_3_what_else_is_sent_changes_nothing(api: Programs, case: Case) -> None:
    """ASVS 15.3.3: every column of an aid sent along leaves the record that the body alone would have made."""
    plain = api("cun").post("aid-list", body(case), status=201)
    struck = {"move": "strike", "version": plain["version"], "reason": "重复", "happened_on": "2026-11-04"}
    before = stands(AidRecord.objects.get(pk=plain["id"]), but=("id",))
    api("cun").post("aid-moves", struck, pk=plain["id"])
    more = api("cun").post("aid-list", smuggled(AidRecord, "AidToldRequest", body(case)), status=201)
    assert stands(AidRecord.objects.get(pk=more["id"]), but=("id",)) == before
    stop = {"move": "stop", "version": more["version"], "month": "2026-10", "reason": "收入增加"}
    api("cun").post("aid-moves", smuggled(AidRecord, "AidStopRequest", stop), pk=more["id"])
    left = ("id", "version", "stopped_month", "touched_on", "state")
    assert stands(AidRecord.objects.get(pk=more["id"]), but=left) == {
        name: value for name, value in before.items() if name not in left
    }


def test_steps_are_taken_in_turn(api: Programs, case: Case, people: dict[str, User]) -> None:
    """ASVS 2.3.1, 8.3.1: what is not stopped does not go on, what is struck out is restored and nothing else."""
    row = recorded(case, people["cun"])
    sent = {"version": row.version, "reason": "因为", "month": "2026-10", "who": "户主", "code": "x"}
    for move in ("go_on", "unacknowledge", "restore"):
        assert api("cun").post("aid-moves", sent | {"move": move}, status=None, pk=row.pk)[0] == 409
    told = api("cun").post("aid-moves", sent | {"move": "strike"}, pk=row.pk)
    assert told["state"] == "struck"
    sent["version"] = told["version"]
    for move in ("strike", "stop", "go_on", "phone", "code", "unacknowledge"):
        assert api("cun").post("aid-moves", sent | {"move": move}, status=None, pk=row.pk)[0] == 409
    assert api("cun").post("aid-moves", sent | {"move": "restore"}, pk=row.pk)["state"] == "recorded"


def test_two_who_saw_the_same(api: Programs, case: Case, people: dict[str, User]) -> None:
    """ASVS 15.4.2: the second of two who saw the same version is refused (409)."""
    row = recorded(case, people["cun"])
    sent = {"move": "strike", "version": row.version + 1, "reason": "因为"}
    status, told = api("cun").post("aid-moves", sent, status=None, pk=row.pk)
    assert (status, "just changed this" in told["detail"]) == (409, True)


def test_who_records_and_who_reads(api: Programs, case: Case, people: dict[str, User]) -> None:
    """ASVS 8.2.2, 8.2.3: an office records its own measures alone, sees no case, and reads no name in full."""
    assert api("shi").post("aid-list", body(case), status=None)[0] == 403
    for who in ("yibao", "lin_cun"):
        status, told = api(who).post("aid-list", body(case), status=None)
        assert (status, told["errors"][0]["field"]) == (422, "case")
    (made,) = ticked(case, people["cun"], ENOUGH[0])
    asked = Measure.objects.get(pk=made.pk)
    given = body(
        case, measure=asked.pk, per="once", payer="medical_insurance", resident=str(asked.resident_id)
    )
    del given["case"], given["code"]
    told = api("yibao").post("aid-list", given, status=201)
    assert (told["case"], told["measure"]) == (None, asked.pk)
    assert asked.resident is not None
    assert asked.resident.name not in told["who"]
    row = recorded(case, people["cun"])
    api("yibao").get("aid-detail", status=404, pk=row.pk)
    assert api("lin_cun").post("aid-moves", {"move": "strike"}, status=None, pk=row.pk)[0] == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"case": 10**30}, {"case": None}, {"case": "\x00"}, {"code": "no-such"}, {"code": "\x00"}, {"resident": "0"},
        {"resident": {}}, {"per": "x"}, {"amount": "NaN"}, {"amount": 10**12}, {"landed_on": "9999-12-31"},
        {"until_month": "x"}, {"until_month": "9999-99"}, {"payer": "x"}, {"note": "x" * 201}, {"note": "\ud800"},
        {"measure": 4711}, {"measure": True}, {"other_payer": ["x"]},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(api: Programs, case: Case, changes: Any) -> None:
    """ASVS 2.2.1: a wrong shape is answered 400, content that cannot be 422."""
    status, told = api("cun").post("aid-list", json.dumps(body(case, **changes)), status=None)
    assert status in (400, 422), told
    assert told["errors"]
    assert not AidRecord.objects.exists()


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "1900-01", "2026-08", "x", "", "２０２６-10"])
def test_a_month_that_cannot_be_is_refused(
    api: Programs, case: Case, people: dict[str, User], month: str
) -> None:
    row = recorded(case, people["cun"])
    sent = {"move": "stop", "version": row.version, "reason": "因为", "month": month}
    assert api("cun").post("aid-moves", sent, status=None, pk=row.pk)[0] in (400, 409, 422)
    row.refresh_from_db()
    assert row.stopped_month is None


def test_a_longer_list_costs_no_more_queries(api: Programs, case: Case, people: dict[str, User]) -> None:
    numbers = iter(range(100, 200))
    costs_no_more(
        api("cun"), "aid-list",
        lambda: an_aid("recorded", case, people["cun"], amount=next(numbers), resident=member(case, 0)),
    )  # fmt: skip
