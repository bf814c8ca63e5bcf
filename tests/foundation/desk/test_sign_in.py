"""Signing in and out: one answer for every failure, no way out to a foreign site, a session of one's own."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from foundation.accounts.models import User
from foundation.ledger.models import Entry
from tests.people import NEIGHBOUR_COUNTY, VILLAGE

PASSWORD = "spring-begins-4"
ENGLISH = {"accept-language": "en"}
#: safety.md section 4, open redirect; and what browsers make of odd slashes.
FOREIGN = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "javascript:alert(1)",
    "//evil.example\\@testserver/",
    "https://testserver@evil.example/",
    " //evil.example",
    "\t//evil.example",
    "%2f%2fevil.example",
    "me/",
]


@pytest.fixture
def cun(people: dict[str, User]) -> User:
    people["cun"].set_password(PASSWORD)
    people["cun"].save()
    return people["cun"]


@pytest.fixture
def send(client: Client) -> Callable[..., object]:
    def sign_in(username: str, password: str, **data: str) -> object:
        return client.post("/sign-in/", {"username": username, "password": password, **data}, headers=ENGLISH)

    return sign_in


def acts(verb: str) -> list[Entry]:
    return list(Entry.objects.filter(verb=verb))


def test_a_page_asks_to_sign_in_and_leads_back_to_itself(client: Client, cun: User) -> None:
    asked = client.get("/me/")
    assert asked["Location"] == "/sign-in/?next=/me/"
    page = client.get(asked["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/me/"' in page
    answer = client.post("/sign-in/", {"username": "cun", "password": PASSWORD, "next": "/me/"})
    assert answer["Location"] == "/me/"
    assert client.get("/me/").status_code == 200


def test_signing_in_takes_the_name_however_it_is_typed_and_stands_in_the_ledger(
    send: Callable[..., object], cun: User
) -> None:
    assert send(" ＣＵＮ ", PASSWORD).status_code == 302  # type: ignore[attr-defined]
    (entry,) = acts("staff.signed_in")
    assert (entry.actor, entry.role, entry.area) == (f"staff:{cun.pk}", "village_assistant", "999901001001")


def test_every_failure_gets_the_same_words(
    send: Callable[..., object], cun: User, people: dict[str, User]
) -> None:
    people["zhen"].is_active = False
    people["zhen"].set_password(PASSWORD)
    people["zhen"].save()
    User.objects.built_in("system")
    summaries = set()
    for username, password in [("cun", "wrong"), ("nobody", PASSWORD), ("zhen", PASSWORD), ("system", "!")]:
        answer = send(username, password)
        html = answer.content.decode()  # type: ignore[attr-defined]
        start = html.index("error-summary")
        summaries.add(html[start : html.index("</div>", start)])
        assert f'value="{username}"' in html, "the name stays typed"
        assert password not in html.partition("<form")[2] or password == "!"
    assert len(summaries) == 1
    assert "Name and password do not match" in summaries.pop()
    assert len(acts("staff.sign_in_failed")) == 4
    assert acts("staff.signed_in") == []


def test_a_failure_is_read_where_the_account_belongs(
    send: Callable[..., object], cun: User, people: dict[str, User]
) -> None:
    User.objects.filter(pk=people["zhen"].pk).update(home=NEIGHBOUR_COUNTY)
    for username in ("cun", "zhen", "nobody"):
        send(username, "wrong")
    assert [entry.area for entry in acts("staff.sign_in_failed")] == ["", NEIGHBOUR_COUNTY, VILLAGE]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_nobody_is_led_to_a_foreign_site(client: Client, cun: User, foreign: str) -> None:
    answer = client.post("/sign-in/", {"username": "cun", "password": PASSWORD, "next": foreign})
    assert answer["Location"] == "/"
    again = client.get(f"/sign-in/?next={quote(foreign)}")
    assert again["Location"] == "/", "nor who is already signed in"


def test_a_line_break_in_the_way_back_makes_no_header(client: Client, cun: User) -> None:
    way = "/me/\r\nSet-Cookie: a=b"
    answer = client.post("/sign-in/", {"username": "cun", "password": PASSWORD, "next": way})
    assert "\n" not in answer["Location"]
    assert "a" not in answer.cookies


def test_the_session_is_a_new_one_after_signing_in(client: Client, cun: User) -> None:
    client.session.save()
    client.cookies["sessionid"] = client.session.session_key
    before = client.session.session_key
    client.post("/sign-in/", {"username": "cun", "password": PASSWORD})
    assert client.session.session_key != before


def test_signing_out_is_a_post_that_ends_the_session_and_clears_the_browser(
    client: Client, cun: User
) -> None:
    client.force_login(cun)
    assert client.get("/sign-out/").status_code == 405
    answer = client.post("/sign-out/")
    assert answer["Location"] == "/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert len(acts("staff.signed_out")) == 1


def test_a_fragment_asked_for_after_the_session_ended_sends_the_whole_page_to_sign_in(
    client: Client, db: None
) -> None:
    answer = client.get("/me/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/sign-in/")
    assert answer.content == b""


def test_who_must_choose_a_password_gets_no_further_until_they_have(client: Client, cun: User) -> None:
    cun.must_change_password = True
    cun.save()
    client.force_login(cun)
    for path in ("/", "/me/", "/search/", "/nothing/"):
        assert client.get(path)["Location"] == "/me/password/", path
    page = client.get("/me/password/")
    assert page.status_code == 200
    assert "<nav" not in page.content.decode()
    assert client.post("/language/", {"language": "en"}).status_code == 302
    new = "summer-begins-5"
    client.post("/me/password/", {"old": PASSWORD, "new": new, "again": new})
    assert client.get("/").status_code == 200


def test_signing_in_needs_the_token_of_our_own_page(cun: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"username": "cun", "password": PASSWORD})
    assert answer.status_code == 403
    assert acts("staff.signed_in") == []
