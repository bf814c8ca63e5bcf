"""Who scans a code: staff are led to the household, everybody else reads whom to call, and nobody learns more."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts import areas as area_acts
from foundation.accounts.models import ActCount, Area, User
from foundation.ledger.models import Entry
from foundation.regulations.models import Value
from foundation.regulations.revision import VALUES, renew
from households.codes import giving, limits, tokens
from households.codes.scanning import TELEPHONE, contact_of
from households.models import Household
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, TOWNSHIP, VILLAGE

SignedIn = Callable[..., Client]
People = dict[str, User]
UNKNOWN = "A" * 22


@pytest.fixture
def token(home: Household, people: People) -> str:
    return giving.replace(home, by=people["cun"], reason="").token


def word(token: str, township: str = TOWNSHIP) -> str:
    return f"{township}-{token}"


def scan(client: Client, what: str) -> HttpResponse:
    answer: HttpResponse = client.get(reverse("scan", args=[what]))
    return answer


def shown(answer: HttpResponse, what: str) -> str:
    """The page without what every answer has of its own: its address, and marks against forged requests."""
    text = answer.content.decode().replace(what, "")
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+|X-CSRFToken": "[^"]+|nonce="[^"]+', "", text)


def set_telephone(area: str, number: str) -> None:
    value = Value.objects.filter(subject=TELEPHONE, area="").get()
    value.pk, value.area, value.origin = None, area, "local"
    value.text_zh = value.text_en = number
    value.save(force_insert=True)
    renew(VALUES)


def test_the_address_carries_128_random_bits_and_a_township() -> None:
    address = tokens.household_address(VILLAGE, tokens.new_token())
    assert re.fullmatch(rf"https?://[^/]+/c/{TOWNSHIP}-[A-Za-z0-9_-]{{22}}/", address)
    assert len({tokens.new_token() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    ("text", "area", "token"),
    [
        (f"{TOWNSHIP}-{UNKNOWN}", TOWNSHIP, UNKNOWN),
        (VILLAGE, VILLAGE, ""),
        (TOWNSHIP, TOWNSHIP, ""),
        (f"{TOWNSHIP}-short", "", ""),
        ("９９９９０１００１", "", ""),
        ("../../etc", "", ""),
        ("", "", ""),
    ],
)
def test_what_cannot_be_read_says_nothing(text: str, area: str, token: str) -> None:
    assert tokens.read(text) == tokens.Scanned(area, token)


@pytest.mark.parametrize("who", ["cun", "zhen", "xian", "rexian", "choucha"])
def test_staff_are_led_to_a_household_of_theirs(
    signed_in: SignedIn, home: Household, token: str, who: str
) -> None:
    answer = scan(signed_in(who), word(token))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("households:household", args=[home.pk])
    assert "no-store" in answer["Cache-Control"]


def test_being_led_there_is_no_act_of_its_own(signed_in: SignedIn, token: str) -> None:
    client = signed_in("cun")
    before = Entry.objects.count()
    scan(client, word(token))
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["", "lin_cun", "lin_xian", "wangge", "xitong"])
def test_everybody_else_reads_the_public_page(
    signed_in: SignedIn, home: Household, token: str, who: str
) -> None:
    answer = scan(signed_in(who) if who else Client(), word(token))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "12317" in page
    for secret in (home.code, "沈立夏", "沈", "一组", "1380"):
        assert secret not in page


@pytest.mark.parametrize("who", ["", "lin_cun", "wangge", "cun"])
def test_a_revoked_and_an_unknown_code_look_like_one_out_of_reach(
    signed_in: SignedIn, home: Household, people: People, token: str, who: str
) -> None:
    revoked = token
    present = giving.replace(home, by=people["cun"], reason="换新").token
    client = signed_in(who) if who else Client()
    words = [word(revoked), word(UNKNOWN)] + ([word(present)] if who != "cun" else [])
    answers = [scan(client, each) for each in words]
    assert {answer.status_code for answer in answers} == {200}
    assert len({shown(answer, each) for answer, each in zip(answers, words, strict=True)}) == 1
    headers = [
        {name: text for name, text in answer.items() if name != "Content-Security-Policy"}
        for answer in answers
    ]
    assert all(set(each) == set(headers[0]) for each in headers)


@pytest.mark.parametrize("who", ["", "lin_cun"])
def test_the_same_is_asked_of_the_database_for_every_code(
    signed_in: SignedIn, home: Household, people: People, token: str, who: str
) -> None:
    present = giving.replace(home, by=people["cun"], reason="换新").token
    client = signed_in(who) if who else Client()
    scan(client, word(UNKNOWN))
    asked = []
    for each in (token, UNKNOWN, present):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            scan(client, word(each))
        asked.append([re.sub(r"'[^']*'", "''", query["sql"]) for query in queries])
        if not who:
            assert not any("householdcode" in sql for sql in asked[-1]), "a visitor's code is looked up"
    assert [len(each) for each in asked] == [len(asked[0])] * 3


def test_a_visitor_is_led_back_after_signing_in(token: str) -> None:
    page = scan(Client(), word(token)).content.decode()
    assert f"?next=/c/{word(token)}/" in page


def test_the_telephone_is_the_townships_then_the_countys_then_the_countrys(areas: dict[str, Area]) -> None:
    assert (contact_of(VILLAGE).telephone, contact_of(VILLAGE).whose) == ("12317", None)
    set_telephone(COUNTY, "0000-1111111")
    assert contact_of(VILLAGE).whose == areas[COUNTY]
    set_telephone(TOWNSHIP, "0000-2222222")
    found = contact_of(TOWNSHIP)
    assert (found.telephone, found.whose, found.township) == (
        "0000-2222222",
        areas[TOWNSHIP],
        areas[TOWNSHIP],
    )
    assert contact_of(NEIGHBOUR_VILLAGE).telephone == "12317"


def test_a_printed_code_leads_on_when_its_township_gets_a_new_number(people: People) -> None:
    moved = area_acts.renumber(
        Area.objects.get(pk=TOWNSHIP), "999901009", by=User.objects.built_in("shell"), reason="区划调整"
    )
    assert contact_of(TOWNSHIP).township == moved


def test_a_place_that_nobody_knows_has_the_number_of_what_lies_above(areas: dict[str, Area]) -> None:
    set_telephone(COUNTY, "0000-1111111")
    assert contact_of(f"{COUNTY}777").telephone == "0000-1111111"
    assert contact_of("111111111").telephone == "12317"
    assert contact_of("").places == ()


def test_who_scans_without_end_waits(client: Client, areas: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_CODE", 3)
    answers = [scan(client, word(UNKNOWN)) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= limits.WINDOW_SECONDS
    assert "12317" in answers[-1].content.decode()
    assert scan(client, word("B" * 22)).status_code == 200, "another code has its own count"


def test_a_network_has_a_limit_over_all_codes(
    client: Client, areas: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 2)
    answers = [scan(client, word(letter * 22)) for letter in "ABC"]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    elsewhere = client.get(reverse("scan", args=[word("D" * 22)]), REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 200


def test_a_village_may_scan_its_own_code_all_together(
    client: Client, areas: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PER_CODE", 1)
    assert {scan(client, VILLAGE).status_code for _ in range(5)} == {200}


def test_staff_over_their_limit_are_led_nowhere(
    signed_in: SignedIn, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PER_PERSON", 1)
    client = signed_in("cun")
    assert [scan(client, word(token)).status_code for _ in range(2)] == [302, 429]


def test_a_window_that_is_over_counts_anew(
    client: Client, areas: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PER_CODE", 1)
    assert [scan(client, word(UNKNOWN)).status_code for _ in range(2)] == [200, 429]
    ActCount.objects.update(began_at="2026-01-01T00:00:00Z")
    assert scan(client, word(UNKNOWN)).status_code == 200


def test_no_address_of_a_visitor_is_kept(client: Client, areas: Any) -> None:
    scan(client, word(UNKNOWN))
    keys = set(ActCount.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)
