"""Visits by the API: told with the form of the page, read with what the page shows, annulled by the same people."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from foundation.accounts.models import User
from foundation.ledger.models import Entry
from households.models import Household, Visit
from tests.house.planted_visits import a_visit, visit_to
from tests.households.families import make_household
from tests.households.visits.made import ANSWERS, head_of
from tests.people import NEIGHBOUR_VILLAGE
from tests.programs import Program, costs_no_more, programs, smuggled, stands

Programs = Callable[[str], Program]


@pytest.fixture
def api(people: dict[str, User]) -> Programs:
    return programs(people)


def body(home: Household, **changes: Any) -> dict[str, Any]:
    """Return a visit at home that met the head."""
    usual = {
        "household": home.pk, "way": "home", "outcome": "met", "met": [str(head_of(home).pk)],
        "happened_on": "2026-11-04", "at": "10:30", "latitude": 34.123456, "longitude": 113.654321, "accuracy": 12,
        "answers": ANSWERS, "note": "",
    }  # fmt: skip
    return usual | changes


def test_a_visit_is_told_and_read(api: Programs, people: dict[str, User], home: Household) -> None:
    told = api("cun").post("visits-list", body(home), status=201)
    row = Visit.objects.get()
    assert (told["id"], told["household_code"], told["answers"]) == (row.pk, home.code, row.answers)
    assert (told["entered_by"], told["visitors"]) == (people["cun"].name, [people["cun"].name])
    assert [each["move"] for each in told["may"]] == ["annul"]
    assert api("zhen").get("visits-detail", pk=row.pk)["may"][0]["move"] == "strike"
    assert Entry.objects.filter(verb="household.opened", object_id=str(home.pk)).count() == 1


def test_15_3_3_what_else_is_sent_changes_nothing(
    api: Programs, home: Household, people: dict[str, User]
) -> None:
    """ASVS 15.3.3: every column of a visit sent along leaves the visit that the body alone would have made."""
    plain = api("cun").post("visits-list", body(home), status=201)
    other = make_household("YS000901", "沈立夏", "柳霜降", by=people["xian"])
    more = api("cun").post("visits-list", smuggled(Visit, "VisitToldRequest", body(other)), status=201)
    own = ("id", "uuid", "key", "household_id", "digest", "entered_at", "met")
    rows = [Visit.objects.get(pk=told["id"]) for told in (plain, more)]
    assert stands(rows[0], but=own) == stands(rows[1], but=own)
    asked = {"move": "annul", "version": more["version"], "reason": "写错了户", "happened_on": "2026-11-04"}
    told = api("cun").post("visits-moves", smuggled(Visit, "VisitAnnulRequest", asked), pk=more["id"])
    assert (told["state"], told["version"]) == ("annulled", more["version"] + 1)
    left = (*own, "state", "version", "touched_on")
    assert stands(rows[0], but=left) == stands(Visit.objects.get(pk=more["id"]), but=left)


def test_the_same_key_is_the_same_visit(api: Programs, home: Household) -> None:
    wanted = body(home, key="6f1c2a0e-3f0e-4a55-9a52-2f6a3c1b7d10")
    first = api("cun").post("visits-list", wanted, status=201)
    assert api("cun").post("visits-list", wanted, status=201)["id"] == first["id"]
    assert Visit.objects.count() == 1


def test_what_the_page_refuses_is_refused_here(api: Programs, home: Household) -> None:
    """ASVS 2.2.2: the form and the stage function of the page judge what a program tells."""
    for changes, field in (
        ({"met": []}, "met"), ({"latitude": None}, "no_place"), ({"way": "phone"}, "way_reason"),
        ({"latitude": 97.0}, "no_place"),
    ):  # fmt: skip
        status, told = api("cun").post("visits-list", body(home, **changes), status=None)
        assert (status, told["errors"][0]["field"]) == (422, field)
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"household": 10**30}, "household"), ({"household": 4711}, "household"), ({"household": "\x00"}, "household"),
        ({"way": "fly"}, "way"), ({"outcome": None}, "outcome"), ({"happened_on": "0000-00-00"}, "happened_on"),
        ({"happened_on": "9999-12-31"}, "happened_on"), ({"at": "25:99"}, "at"), ({"met": ["x"]}, "met"),
        ({"met": "x"}, "met"), ({"visitors": ["0"]}, "visitors"), ({"purposes": ["alerts.alert:1"]}, "purposes"),
        ({"latitude": "nan"}, "latitude"), ({"accuracy": 1e300}, "accuracy"), ({"key": "x"}, "key"),
        ({"answers": []}, "answers"), ({"answers": {"nobody_asks": "x"}}, "answers"),
        ({"answers": {"found": {"a": 1}}}, "answers.found"), ({"answers": {"found": "\x00"}}, "answers.found"),
        ({"answers": {"found": "x" * 501}}, "answers.found"), ({"questionnaire": "no-such"}, "questionnaire"),
        ({"note": "\ud800"}, "note"), ({"note": "x" * 1001}, "note"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(api: Programs, home: Household, changes: Any, field: str) -> None:
    """ASVS 2.2.1: a wrong shape is answered 400, content that cannot be 422; either names its field."""
    status, told = api("cun").post("visits-list", json.dumps(body(home, **changes)), status=None)
    assert status in (400, 422), told
    assert told["errors"][0]["field"] == field
    assert not Visit.objects.exists()


@pytest.mark.parametrize("given", [None, [], "x", 7, {}])
def test_a_body_that_is_none_is_refused(api: Programs, home: Household, given: Any) -> None:
    assert api("cun").post("visits-list", json.dumps(given), status=None)[0] == 400


def test_who_may_not_visit_may_not_tell_one(api: Programs, people: dict[str, User], home: Household) -> None:
    """ASVS 8.2.2: what lies outside one's areas cannot be named, and who only reads is refused."""
    assert api("shi").post("visits-list", body(home), status=None)[0] == 403
    assert api("rexian").post("visits-list", body(home), status=None)[0] == 403
    status, told = api("lin_cun").post("visits-list", body(home), status=None)
    assert (status, told["errors"][0]["field"]) == (422, "household")
    far = visit_to(make_household("LX000001", by=people["xian"], area=NEIGHBOUR_VILLAGE), people["lin_cun"])
    api("cun").get("visits-detail", status=404, pk=far.pk)
    assert api("cun").post("visits-moves", {"move": "annul"}, status=None, pk=far.pk)[0] == 404
    assert [row["id"] for row in api("lin_cun").rows("visits-list")] == [far.pk]


def test_annulled_by_its_maker_or_struck_out_by_the_township(
    api: Programs, people: dict[str, User], home: Household
) -> None:
    """ASVS 2.3.1, 8.3.1: what was annulled is not annulled again; another's is for who reviews visits."""
    row = visit_to(home, people["cun"])
    asked = {"move": "annul", "version": row.version, "reason": "写错了户", "happened_on": "2026-11-04"}
    status, _told = api("duiyuan").post("visits-moves", asked, status=None, pk=row.pk)
    assert status == 403
    assert api("cun").post("visits-moves", asked, pk=row.pk)["state"] == "annulled"
    for move in ("annul", "strike"):
        row.refresh_from_db()
        again = asked | {"move": move, "version": row.version}
        assert api("zhen").post("visits-moves", again, status=None, pk=row.pk)[0] == 409
    *_made, annulled = api("zhen").rows("visits-moves", pk=row.pk)
    assert annulled["reason"] == "写错了户"


def corrected(home: Household, seen: int, **changes: Any) -> dict[str, Any]:
    """Return the whole visit anew, as a correction tells it that saw a version."""
    told = body(home, **{"version": seen} | changes)
    del told["household"]
    return told


def test_a_visit_is_corrected_on_its_day_by_who_wrote_it(
    api: Programs, people: dict[str, User], home: Household
) -> None:
    """ASVS 15.4.2, 8.3.1: what stood there is kept, an older version is refused, and so is everybody else."""
    told = api("cun").post("visits-list", body(home), status=201)
    anew = corrected(home, told["version"], note="又问了一次", at="11:00")
    for who, status in (("zhen", 409), ("shi", 403), ("lin_cun", 404)):
        assert api(who).put("visits-detail", anew, status=None, pk=told["id"])[0] == status, who
    now = api("cun").put("visits-detail", anew, pk=told["id"])
    assert (now["note"], now["at"], now["version"]) == ("又问了一次", "11:00:00", told["version"] + 1)
    row = Visit.objects.get(pk=told["id"])
    assert row.versions.get().body["note"] == ""
    stale = corrected(home, told["version"], note="别的")
    status, refused = api("cun").put("visits-detail", stale, status=None, pk=told["id"])
    assert (status, "just changed this" in refused["detail"]) == (409, True)
    Visit.objects.filter(pk=row.pk).update(entered_on="2026-11-03")
    late = corrected(home, now["version"], note="晚了")
    assert api("cun").put("visits-detail", late, status=None, pk=row.pk)[0] == 409
    assert Visit.objects.get(pk=row.pk).note == "又问了一次"


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [({"version": None}, 400, "version"), ({"way": "x"}, 400, "way"), ({"met": ["0"]}, 422, "met"),
     ({"answers": {"nobody_asks": "x"}}, 422, "answers"), ({"happened_on": "2026-11-05"}, 422, "happened_on")],
)  # fmt: skip
def test_what_cannot_be_meant_corrects_nothing(
    api: Programs, home: Household, changes: Any, status: int, field: str
) -> None:
    """ASVS 2.2.1, 15.3.3: a correction is judged by the form of the page, and moves no visit to another household."""
    told = api("cun").post("visits-list", body(home), status=201)
    sent = smuggled(Visit, "VisitCorrectedRequest", corrected(home, told["version"], **changes))
    answered, refused = api("cun").put("visits-detail", sent, status=None, pk=told["id"])
    assert (answered, refused["errors"][0]["field"]) == (status, field)
    sent = smuggled(Visit, "VisitCorrectedRequest", corrected(home, told["version"], note="改过"))
    assert api("cun").put("visits-detail", sent, pk=told["id"])["household"] == home.pk


def test_two_who_saw_the_same(api: Programs, people: dict[str, User], home: Household) -> None:
    """ASVS 15.4.2: the second of two who saw the same version is refused (409)."""
    row = visit_to(home, people["cun"])
    asked = {"move": "annul", "version": row.version + 3, "reason": "x", "happened_on": "2026-11-04"}
    status, told = api("cun").post("visits-moves", asked, status=None, pk=row.pk)
    assert (status, "just changed this" in told["detail"]) == (409, True)


def test_the_list_is_narrowed(api: Programs, people: dict[str, User], home: Household) -> None:
    row = visit_to(home, people["cun"])
    Visit.objects.filter(pk=row.pk).update(way="phone", way_reason="外出", no_place="not_there")
    for query, count in (
        ({"way": "phone"}, 1), ({"way": "home"}, 0), ({"mine": "yes"}, 1), ({"mine": "no"}, 0),
        ({"since": "2026-11-05"}, 0), ({"until": "2026-11-04"}, 1), ({"household": home.pk}, 1), ({"area": "9999"}, 1),
    ):  # fmt: skip
        assert len(api("cun").rows("visits-list", query=query)) == count, query


def test_a_longer_list_costs_no_more_queries(api: Programs, people: dict[str, User]) -> None:
    costs_no_more(api("xian"), "visits-list", lambda: a_visit("recorded", people))
