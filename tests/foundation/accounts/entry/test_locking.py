"""Wrong passwords: what they cost whom, and that nobody shuts out another by them (safety.md L03, 6.3.1)."""

import datetime
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from foundation.accounts.entry import locking
from foundation.accounts.models import ActCount, User
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body

PASSWORD = "spring-begins-4"


@pytest.fixture
def cun(people: dict[str, User], settings: Any) -> User:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # thirty attempts a test
    for name in ("cun", "zhen"):
        people[name].set_password(PASSWORD)
        people[name].save()
    return people["cun"]


def attempt(client: Client, password: str, *, name: str = "cun", network: str = "192.0.2.1") -> bool:
    """Try to sign in; says whether one is in."""
    answer = client.post("/sign-in/", {"username": name, "password": password}, REMOTE_ADDR=network)
    return answer.status_code == 302


def wrong(times: int, *, name: str = "cun", network: str = "192.0.2.1", client: Client | None = None) -> None:
    assert not any(attempt(client or Client(), "wrong", name=name, network=network) for _time in range(times))


def test_the_right_password_is_refused_after_five_wrong_ones_with_the_same_words(cun: User) -> None:
    first = Client().post("/sign-in/", {"username": "cun", "password": "wrong"}, REMOTE_ADDR="192.0.2.1")
    wrong(4)
    refused = Client().post("/sign-in/", {"username": "cun", "password": PASSWORD}, REMOTE_ADDR="192.0.2.1")
    assert refused.status_code == 200
    (said,) = first.context["form"].non_field_errors()
    assert refused.context["form"].non_field_errors() == [said]
    assert [
        read_body(entry)["details"]["why"]
        for entry in Entry.objects.filter(verb="staff.sign_in_failed").order_by("pk")
    ] == [
        *["password"] * 5,
        "locked",
    ]


def test_four_wrong_ones_cost_nothing(cun: User) -> None:
    wrong(4)
    assert attempt(Client(), PASSWORD)
    wrong(4)
    assert attempt(Client(), PASSWORD)


def test_the_name_waits_a_quarter_of_an_hour(cun: User) -> None:
    wrong(5)
    ActCount.objects.update(began_at=timezone.now() - datetime.timedelta(minutes=14))
    assert not attempt(Client(), PASSWORD)
    ActCount.objects.update(began_at=timezone.now() - datetime.timedelta(minutes=16))
    assert attempt(Client(), PASSWORD)


def test_it_spares_the_same_name_elsewhere_and_other_names_here(cun: User) -> None:
    wrong(5)
    assert attempt(Client(), PASSWORD, network="198.51.100.7")
    assert attempt(Client(), PASSWORD, name="zhen")


def test_a_colleague_in_the_same_office_cannot_shut_anybody_out(cun: User) -> None:
    own = Client()
    assert attempt(own, PASSWORD)
    own.post("/sign-out/")
    wrong(6)
    assert not attempt(Client(), PASSWORD)
    assert attempt(own, PASSWORD)


def test_a_known_browser_has_five_attempts_too(cun: User) -> None:
    own = Client()
    assert attempt(own, PASSWORD)
    own.post("/sign-out/")
    wrong(5, client=own)
    assert not attempt(own, PASSWORD)
    assert attempt(Client(), PASSWORD)


def test_a_browser_known_for_one_is_not_known_for_another(cun: User) -> None:
    own = Client()
    assert attempt(own, PASSWORD)
    own.post("/sign-out/")
    wrong(5, name="zhen")
    assert not attempt(own, PASSWORD, name="zhen")


def test_a_forged_or_old_cookie_knows_nobody(cun: User) -> None:
    own = Client()
    assert attempt(own, PASSWORD)
    own.post("/sign-out/")
    cun.sessions_ended += 1
    cun.save()
    wrong(5)
    assert not attempt(own, PASSWORD)


def known_browser() -> Client:
    """Return a browser in which cun signed in before, and out again."""
    own = Client()
    assert attempt(own, PASSWORD)
    own.post("/sign-out/")
    return own


def test_6_3_1_a_whole_network_has_its_limit_and_a_known_browser_none_of_it(
    cun: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = known_browser()
    monkeypatch.setattr("foundation.accounts.entry.locking.NETWORK_ATTEMPTS", 3)
    for name in ("a1", "b2", "c3"):
        wrong(1, name=name)
    assert not attempt(Client(), PASSWORD)
    assert attempt(Client(), PASSWORD, network="198.51.100.7")
    assert attempt(own, PASSWORD), "the same office, a browser that is known"


def test_6_3_1_a_thousand_networks_do_not_shut_out_a_known_browser_and_are_slowed(cun: User) -> None:
    own = known_browser()
    looked_at = 0
    for number in range(1000):
        request = RequestFactory().post("/sign-in/", REMOTE_ADDR=f"10.1.{number // 250}.{number % 250}")
        looked_at += locking.attempt(request, "cun")
    assert looked_at == locking.NAME_ATTEMPTS
    assert not attempt(Client(), PASSWORD, network="203.0.113.9"), "an unknown browser waits"
    assert attempt(Client(), PASSWORD, name="zhen", network="203.0.113.9"), "for this name alone"
    assert attempt(own, PASSWORD)
    own.post("/sign-out/")
    assert attempt(own, PASSWORD, network="198.51.100.7"), "wherever it is carried"


def test_who_signs_in_rightly_uses_up_nothing_and_gives_a_guesser_nothing_back(
    cun: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foundation.accounts.entry.locking.NAME_ATTEMPTS", 3)
    for number in range(5):
        assert attempt(Client(), PASSWORD, network=f"192.0.2.{number}")
    wrong(1, network="198.51.100.1")
    wrong(1, network="198.51.100.2")
    assert attempt(Client(), PASSWORD, network="192.0.2.9")
    wrong(1, network="198.51.100.3")
    assert not attempt(Client(), PASSWORD, network="192.0.2.9")
