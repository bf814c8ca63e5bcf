"""Proving anew who one is: one allowance on all pages together, kept whatever becomes of the act, and recorded."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.utils import timezone

from foundation.accounts.entry import proof, second_factor
from foundation.accounts.models import ActCount, RecoveryCode, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from tests.foundation.accounts.entry.test_second_factor import PASSWORD, code_of

People = dict[str, User]
NEW = "summer-begins-5-and-sun-6"
TOO_MANY = "Too many wrong passwords or codes: wait a quarter of an hour."


@pytest.fixture
def xian(people: People, settings: Any, tmp_path: Any) -> User:
    """Return somebody with a password and a second factor."""
    settings.KEYS_DIR = tmp_path / "keys"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user = people["xian"]
    user.set_password(PASSWORD)
    user.save()
    begun = second_factor.begin(user)
    second_factor.confirm(user, begun, code_of(user, steps=-1, begun=begun))
    return user


@pytest.fixture
def found_open(xian: User) -> Client:
    """Return the browser that xian left open."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(xian)
    return client


def _new_password(client: Client, user: User, *, right: bool = False) -> str:
    told = {"old": PASSWORD if right else "wrong", "new": NEW, "again": NEW}
    return client.post("/me/password/", told, follow=True).content.decode()


def _token(client: Client, user: User, *, right: bool = False) -> str:
    told = {"name": "intake", "posting": user.postings.get().pk, "days": 1, "code": code_of(user)}
    told["password"] = PASSWORD if right else "wrong"
    return client.post("/me/tokens/make/", told).content.decode()


def _token_with_wrong_code(client: Client, user: User, *, right: bool = False) -> str:
    told = {"name": "intake", "posting": user.postings.get().pk, "days": 1, "password": PASSWORD}
    told["code"] = code_of(user) if right else "000000"
    return client.post("/me/tokens/make/", told).content.decode()


def _paper(client: Client, user: User, *, right: bool = False) -> str:
    told = {"code": code_of(user) if right else "000000"}
    return client.post("/me/second-factor/codes/", told).content.decode()


def _take_away(client: Client, user: User, *, right: bool = False) -> str:
    told = {"password": PASSWORD if right else "wrong"}
    return client.post("/me/second-factor/remove/", told, follow=True).content.decode()


PAGES: list[Callable[..., str]] = [_new_password, _token, _token_with_wrong_code, _paper, _take_away]


@pytest.mark.parametrize("page", PAGES)
def test_6_3_1_five_wrong_proofs_wait_on_every_page_and_are_recorded(
    found_open: Client, xian: User, page: Callable[..., str]
) -> None:
    for _time in range(5):
        assert TOO_MANY not in page(found_open, xian)
    assert TOO_MANY in page(found_open, xian, right=True), "even the right one"
    for other in {_new_password, _token, _paper, _take_away} - {page}:
        assert TOO_MANY in other(found_open, xian, right=True)
    xian.refresh_from_db()
    assert xian.check_password(PASSWORD)
    assert second_factor.is_set_up(xian)
    failed = Entry.objects.filter(verb="staff.proof_failed").order_by("pk")
    why = [read_body(entry)["details"]["why"] for entry in failed]
    assert why[:5] == ["code" if page in (_paper, _token_with_wrong_code) else "password"] * 5
    assert set(why[5:]) == {"locked"}
    assert {(entry.actor, entry.object_id) for entry in failed} == {(f"staff:{xian.pk}", str(xian.pk))}


def test_a_right_proof_takes_the_count_back_and_the_wait_has_an_end(found_open: Client, xian: User) -> None:
    for _round in range(2):
        for _time in range(4):
            _new_password(found_open, xian)
        proof.ask(xian, proof.password(xian, PASSWORD))
    for _time in range(5):
        _take_away(found_open, xian)
    ActCount.objects.update(began_at=timezone.now() - datetime.timedelta(minutes=16))
    assert TOO_MANY not in _take_away(found_open, xian, right=True)
    assert not second_factor.is_set_up(xian)


def test_a_right_password_before_a_wrong_code_gives_the_guesser_nothing_back(xian: User) -> None:
    """6.3.1: who knows the password guesses no more codes than who does not."""
    looked_at = 0

    def wrong() -> bool:
        nonlocal looked_at
        looked_at += 1
        return False

    for _time in range(9):
        with pytest.raises(Refused):
            proof.ask(xian, proof.password(xian, PASSWORD), proof.Piece("code", wrong))
    assert looked_at == 5


def test_codes_guessed_inside_and_at_sign_in_have_one_allowance(found_open: Client, xian: User) -> None:
    for _time in range(5):
        _paper(found_open, xian)
    outside = Client()
    outside.post("/sign-in/", {"username": "xian", "password": PASSWORD})
    assert outside.post("/sign-in/code/", {"code": code_of(xian)}).status_code == 200
    assert outside.get("/me/").status_code == 302


def test_a_colleague_is_not_made_to_wait(found_open: Client, xian: User, people: People) -> None:
    for _time in range(6):
        _take_away(found_open, xian)
    people["zhen"].set_password(PASSWORD)
    proof.ask(people["zhen"], proof.password(people["zhen"], PASSWORD))
    assert RecoveryCode.objects.filter(user=xian).count() == second_factor.RECOVERY_CODES


def test_a_proof_leaves_the_session_as_it_is(found_open: Client, xian: User, settings: Any) -> None:
    # A first password is written with few rounds, so every other check of it would write a new hash.
    settings.PASSWORD_HASHERS = [
        *settings.PASSWORD_HASHERS,
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    xian.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)
    xian.save()
    found_open.force_login(xian)
    assert "shouwang_" in _token(found_open, xian, right=True)
    assert found_open.get("/me/tokens/").status_code == 200
