"""The second factor: who must have it, what a code opens, and that each is taken once (safety.md L06)."""

import base64
import datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection
from django.test import Client
from django.utils import timezone

from foundation.accounts import clock, staff
from foundation.accounts.entry import second_factor
from foundation.accounts.models import Posting, RecoveryCode, SecondFactor, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.vault.sealing import open_sealed
from tests.people import COUNTY, FIRST_DAY

People = dict[str, User]
PASSWORD = "spring-begins-4-and-rain-5"


def code_of(user: User, *, steps: int = 0, begun: str = "") -> str:
    """Return what the telephone shows now, or so many steps away; of a secret that is begun, before it is kept."""
    sealed = base64.b64decode(begun) or bytes(SecondFactor.objects.get(user=user).secret)
    secret = open_sealed(sealed, f"staff:{user.pk}:second factor".encode())
    at = timezone.now() + datetime.timedelta(seconds=30 * steps)
    return TOTP(secret, 6, SHA1(), 30).generate(int(at.timestamp())).decode()


@pytest.fixture
def xian(people: People, keys: Any) -> User:
    """Return somebody who set up a second factor of their own will; the codes on paper are in `paper`."""
    user = people["xian"]
    user.set_password(PASSWORD)
    user.save()
    begun = second_factor.begin(user)
    user.paper = second_factor.confirm(user, begun, code_of(user, steps=-1, begun=begun))  # type: ignore[attr-defined]
    return user


@pytest.fixture
def keys(settings: Any, tmp_path: Any) -> None:
    settings.KEYS_DIR = tmp_path / "keys"


def half(user: User) -> Client:
    client = Client()
    answer = client.post("/sign-in/", {"username": user.username, "password": PASSWORD, "next": "/me/"})
    assert answer["Location"] == "/sign-in/code/?next=%2Fme%2F"
    return client


def test_password_alone_opens_nothing_and_the_code_opens_the_page_asked_for(xian: User) -> None:
    client = half(xian)
    assert client.get("/me/").status_code == 302
    assert client.get("/sign-in/code/").status_code == 200
    answer = client.post("/sign-in/code/", {"code": code_of(xian), "next": "/me/"})
    assert answer["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert [read_body(entry)["details"]["way"] for entry in Entry.objects.filter(verb="staff.signed_in")] == [
        "second factor"
    ]


def test_a_code_is_taken_once_and_an_earlier_one_never_after_it(xian: User) -> None:
    now, earlier = code_of(xian), code_of(xian, steps=-1)
    assert second_factor.accept(xian, now)
    assert not second_factor.accept(xian, now)
    assert not second_factor.accept(xian, earlier)
    assert second_factor.accept(xian, code_of(xian, steps=1))


def test_codes_of_other_times_and_people_fit_nothing(xian: User, people: People) -> None:
    assert not second_factor.accept(xian, code_of(xian, steps=3))
    assert not second_factor.accept(xian, "")
    assert not second_factor.accept(people["zhen"], code_of(xian))


def test_a_code_on_paper_stands_in_once(xian: User) -> None:
    first, second = xian.paper[:2]  # type: ignore[attr-defined]
    client = half(xian)
    assert client.post("/sign-in/code/", {"code": f" {first.upper()} "}).status_code == 302
    assert not second_factor.accept(xian, first)
    assert second_factor.codes_left(xian) == 9
    renewed = second_factor.new_paper(xian, code_of(xian))
    assert not second_factor.accept(xian, second)
    assert second_factor.accept(xian, renewed[0])


def test_five_wrong_codes_wait_even_for_the_right_one(xian: User) -> None:
    client = half(xian)
    for _time in range(5):
        assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/code/", {"code": code_of(xian)}).status_code == 200
    assert {
        read_body(entry)["details"]["why"] for entry in Entry.objects.filter(verb="staff.sign_in_failed")
    } == {"code"}


def test_halfway_is_over_after_five_minutes_and_with_the_password(
    xian: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = half(xian)
    xian.set_password("another-spring-begins-5")
    xian.save()
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"
    xian.set_password(PASSWORD)
    xian.save()
    client = half(xian)
    monkeypatch.setattr("foundation.accounts.entry.halfway.SECONDS", -1)
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"


def test_whose_post_asks_for_it_reaches_nothing_else_until_it_is_set_up(people: People, keys: None) -> None:
    approver = people["shending"]
    SecondFactor.objects.filter(user=approver).delete()
    client = Client()
    client.force_login(approver)
    for address in ("/", "/cases/", "/search/?q=x", "/admin/"):
        assert client.get(address)["Location"] == "/me/second-factor/", address
    assert client.get("/me/second-factor/").status_code == 200
    assert client.post("/me/second-factor/", {"code": "000000"}).status_code == 200
    page = client.post(
        "/me/second-factor/", {"code": code_of(approver, begun=client.session["second_factor_begun"])}
    )
    assert page.content.decode().count('class="secret"') == 10
    assert client.get("/cases/").status_code == 200
    assert Entry.objects.filter(verb="staff.second_factor_set_up").count() == 1


def test_nobody_is_asked_in_the_demonstration_nor_whose_post_does_not_ask(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {name for name, user in people.items() if second_factor.is_required_of(user)}
    assert asked == {"xitong", "anquan", "shenjiyuan", "shending", "lin_anquan"}
    monkeypatch.setattr(clock, "is_demonstration", lambda: True)
    assert not any(second_factor.is_required_of(user) for user in people.values())


def test_a_second_post_that_asks_counts_too(people: People, areas: Any) -> None:
    Posting.objects.create(
        user=people["zhen"], role=Role.COUNTY_APPROVER, area=areas[COUNTY], from_day=FIRST_DAY
    )
    assert second_factor.is_required_of(User.objects.get(pk=people["zhen"].pk))


def test_it_is_taken_away_with_the_password_and_reset_by_the_system_administrator(
    xian: User, people: People
) -> None:
    with pytest.raises(Refused):
        second_factor.take_away(xian, password="wrong")
    client = Client()
    client.force_login(xian)
    staff.reset_second_factor(xian, by=people["xitong"], reason="telephone lost")
    assert client.get("/me/").status_code == 302
    assert not second_factor.is_set_up(xian)
    assert not RecoveryCode.objects.filter(user=xian).exists()
    with pytest.raises(Refused):
        staff.reset_second_factor(xian, by=people["xitong"], reason="once more")


def test_that_of_an_administrator_is_reset_one_level_higher(people: People) -> None:
    with pytest.raises(Refused, match="set_password"):
        staff.reset_second_factor(people["anquan"], by=people["xitong"], reason="telephone lost")


def test_l18_the_database_holds_neither_secret_nor_codes(xian: User) -> None:
    secret = open_sealed(bytes(xian.second_factor.secret), f"staff:{xian.pk}:second factor".encode())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t::text FROM accounts_secondfactor t UNION ALL SELECT t::text FROM accounts_recoverycode t"
        )
        rows = " ".join(row[0] for row in cursor.fetchall())
    assert secret.hex() not in rows
    assert not any(code.replace("-", "") in rows for code in xian.paper)  # type: ignore[attr-defined]
