"""The record over a day of every storey: accounts, programs, lists, numbers, a warning and a case (L12, L13)."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from foundation.accounts.models import ApiToken, User
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from tests.alerts.verification.made import raised
from tests.assistance.made import opened
from tests.foundation.accounts.entry.test_second_factor import code_of
from tests.foundation.accounts.test_what_is_recorded import SHAPE
from tests.households.families import make_household
from tests.people import COUNTY, PASSWORD

People = dict[str, User]
_PAPER = re.compile(r'class="secret"[^>]*>([a-z2-9]{5}-[a-z2-9]{5})<')


def paper_of(page: Any) -> list[str]:
    """Return the codes that a page shows this once."""
    codes = _PAPER.findall(page.content.decode())
    assert len(codes) == 10
    return codes


def a_factor_and_a_token(people: People, client: Client) -> None:
    """Let xian set the second factor up, mistype, renew the paper, make and revoke a token, take the factor away."""
    xian = people["xian"]
    client.post("/sign-in/", {"username": "xian", "password": PASSWORD})
    client.get("/me/second-factor/")
    begun = client.session["second_factor_begun"]
    paper = paper_of(client.post("/me/second-factor/", {"code": code_of(xian, begun=begun)}))
    client.post("/sign-out/")
    client.post("/sign-in/", {"username": "xian", "password": PASSWORD})
    client.post("/sign-in/code/", {"code": "000000"})
    client.post("/sign-in/code/", {"code": paper[0]})
    paper = paper_of(client.post("/me/second-factor/codes/", {"code": paper[1]}))
    token = {"name": "intake", "posting": xian.postings.get().pk, "days": 1, "password": PASSWORD}
    client.post("/me/tokens/make/", token | {"code": "000000"})
    client.post("/me/tokens/make/", token | {"code": paper[0]})
    client.post(f"/me/tokens/{ApiToken.objects.get().pk}/revoke/")
    client.post("/me/second-factor/remove/", {"password": PASSWORD})


def its_work(people: People, client: Client, home: Any, alert: Any, case: Any) -> None:
    """Let xian take a list out, look at a number, send a warning on; the village withdraw a case; passwords be made."""
    assert client.post("/export/", {"address": "/areas/", "form": "csv"}).status_code == 200
    head = home.residents.get(name="沈立夏")
    assert client.post(f"/households/members/{head.pk}/number/", {"reason": "核对"}).status_code == 200
    json = {"content_type": "application/json"}
    dispatch = {"move": "dispatch", "version": alert.version, "reason": "", "happened_on": "2026-11-04"}
    assert client.post(f"/api/v1/alerts/{alert.pk}/moves/", dispatch, **json).status_code == 200
    village, system = Client(), Client()
    village.force_login(people["cun"])
    withdraw = {"move": "withdraw", "version": case.version, "way": "call", "said_on": "2026-11-04"}
    withdraw |= {"said_by": "户主", "words": "不再申请"}
    assert village.post(f"/api/v1/cases/{case.pk}/moves/", withdraw, **json).status_code == 200
    system.force_login(people["xitong"])
    assert system.post("/staff/first-passwords/", {"area": COUNTY}).status_code == 200


@pytest.fixture
def told(people: People, settings: Any, tmp_path: Path) -> list[Entry]:
    """The entries of such a day, in their order."""
    settings.KEYS_DIR, settings.VAR = tmp_path / "keys", tmp_path
    settings.FILES_INCOMING, settings.FILES_FOLDER = tmp_path / "incoming", tmp_path / "kept"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    people["xian"].set_password(PASSWORD)
    people["xian"].save()
    home = make_household("YS000001", "沈立夏", by=people["xian"])
    alert, case = raised(people), opened(people)
    before = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    client = Client()
    a_factor_and_a_token(people, client)
    its_work(people, client, home, alert, case)
    return list(Entry.objects.filter(pk__gt=before).order_by("pk"))


def test_l12_a_day_of_every_storey_leaves_exactly_its_acts(told: list[Entry], people: People) -> None:
    names = {f"staff:{user.pk}": name for name, user in people.items()} | {"system": "system"}
    assert [(entry.verb, names[entry.actor]) for entry in told] == [
        ("staff.signed_in", "xian"),
        ("staff.second_factor_set_up", "xian"),
        ("staff.signed_out", "xian"),
        ("staff.sign_in_failed", "xian"),
        ("staff.recovery_code_used", "xian"),
        ("staff.signed_in", "xian"),
        ("staff.recovery_code_used", "xian"),
        ("staff.recovery_codes_renewed", "xian"),
        ("staff.proof_failed", "xian"),
        ("staff.recovery_code_used", "xian"),
        ("staff.token_made", "xian"),
        ("staff.token_revoked", "xian"),
        ("staff.second_factor_removed", "xian"),
        ("list.exported", "xian"),
        ("identity.revealed", "xian"),
        ("alert.dispatch", "xian"),
        ("case.withdraw", "cun"),
        ("alert.conclude", "system"),
        ("staff.first_passwords_set", "xitong"),
    ]


def test_l13_entries_of_every_storey_have_the_one_shape(told: list[Entry]) -> None:
    for entry in told:
        body = read_body(entry)
        assert set(body) == set(SHAPE)
        for member, fits in SHAPE.items():
            assert fits(body[member]), (entry.verb, member, body[member])
        assert body["request"], "every act of a page names its request"
        assert entry.recorded_at.utcoffset() == datetime.timedelta()
    assert [read_body(entry)["details"]["why"] for entry in told if entry.verb.endswith("_failed")] == [
        "code"
    ] * 2
