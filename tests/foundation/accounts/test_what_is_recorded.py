"""The record over a day of an account: everything once, in one shape, or nothing at all (L12, L13, L15)."""

import datetime
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from foundation.accounts import staff
from foundation.accounts.models import User
from foundation.ledger import record as recording
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body

People = dict[str, User]
PASSWORD, NEW, NEWEST = "spring-begins-4-and-rain-5", "summer-begins-5-and-sun-6", "autumn-begins-6-and-dew-7"
#: Every member of an entry, and what it may be (docs/decisions/0004).
SHAPE: dict[str, Any] = {
    "schema": lambda value: value == 1,
    "id": lambda value: uuid.UUID(value).version == 7,
    "time": lambda value: re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", value),
    "happened_on": datetime.date.fromisoformat,
    "entered_on": datetime.date.fromisoformat,
    "actor": lambda value: re.fullmatch(r"staff:\d+|visitor|system", value),
    "role": lambda value: isinstance(value, str),
    "area": lambda value: re.fullmatch(r"\d{0,15}", value) is not None,
    "verb": lambda value: re.fullmatch(r"[a-z_]+\.[a-z_]+", value),
    "object": lambda value: set(value) == {"type", "id"},
    "before": lambda value: value is None or isinstance(value, str | int),
    "after": lambda value: value is None or isinstance(value, str | int),
    "basis": lambda value: isinstance(value, str),
    "request": lambda value: re.fullmatch(r"([0-9a-f]{32})?", value) is not None,
    "details": lambda value: isinstance(value, dict),
    "commitment": lambda value: value is None or re.fullmatch(r"[0-9a-f]{64}", value),
}


def a_day(people: People) -> None:
    """Let somebody mistype, sign in, change their password, sign in elsewhere, sign out there, be shut and opened."""
    cun, system = people["cun"], Client()
    cun.set_password(PASSWORD)
    cun.save()
    system.force_login(people["xitong"])
    here, there = Client(), Client()
    here.post("/sign-in/", {"username": "cun", "password": "wrong"})
    here.post("/sign-in/", {"username": "nobody-of-this-name", "password": "wrong"})
    here.post("/sign-in/", {"username": "cun", "password": PASSWORD})
    here.post("/me/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    there.post("/sign-in/", {"username": "cun", "password": NEW})
    here.post("/me/sessions/end/")
    here.post("/language/", {"language": "en"})
    here.post("/sign-out/")
    system.post(f"/staff/{cun.pk}/disable/", {"reason": "离任"})
    here.post("/sign-in/", {"username": "cun", "password": NEW})
    system.post(f"/staff/{cun.pk}/enable/", {"reason": "回任"})
    system.post(f"/staff/{cun.pk}/name/", {"name": "新名字"})
    system.get(f"/staff/{cun.pk}/")
    people["anquan"].refresh_from_db()
    system.post(f"/staff/{people['anquan'].pk}/disable/", {"reason": ""})


@pytest.fixture
def told(people: People) -> list[Entry]:
    """The entries of such a day, in their order."""
    before = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    a_day(people)
    return list(Entry.objects.filter(pk__gt=before).order_by("pk"))


def test_l12_a_day_leaves_exactly_its_acts_none_missing_none_doubled(
    told: list[Entry], people: People
) -> None:
    cun, system = f"staff:{people['cun'].pk}", f"staff:{people['xitong'].pk}"
    assert [(entry.verb, entry.actor) for entry in told] == [
        ("staff.sign_in_failed", cun),
        ("staff.sign_in_failed", "visitor"),
        ("staff.signed_in", cun),
        ("staff.password_changed", cun),
        ("staff.signed_in", cun),
        ("staff.sessions_ended", cun),
        ("staff.language_chosen", cun),
        ("staff.signed_out", cun),
        ("staff.disabled", system),
        ("staff.sign_in_failed", cun),
        ("staff.enabled", system),
        ("staff.name_corrected", system),
    ]


def test_l13_every_entry_says_when_who_what_and_how_it_went(told: list[Entry]) -> None:
    for entry in told:
        body = read_body(entry)
        assert set(body) == set(SHAPE)
        for member, fits in SHAPE.items():
            assert fits(body[member]), (entry.verb, member, body[member])
        assert body["request"], "every act of a page names its request"
        assert entry.recorded_at.utcoffset() == datetime.timedelta()
    failed = [read_body(entry)["details"]["why"] for entry in told if entry.verb == "staff.sign_in_failed"]
    assert failed == ["password", "password", "password"]
    assert len({read_body(entry)["request"] for entry in told}) == len(told)


def test_l15_what_cannot_be_recorded_does_not_happen(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_rows: object) -> None:
        raise OSError("the record cannot be written")

    monkeypatch.setattr(recording, "insert_many", full)
    with pytest.raises(OSError, match="record"):
        staff.disable(people["cun"], by=people["xitong"], reason="left")
    people["cun"].refresh_from_db()
    assert people["cun"].is_active
    client = Client(raise_request_exception=False)
    client.force_login(people["xitong"])
    assert client.post(f"/staff/{people['cun'].pk}/name/", {"name": "新名字"}).status_code == 500
    people["cun"].refresh_from_db()
    assert people["cun"].name != "新名字"
