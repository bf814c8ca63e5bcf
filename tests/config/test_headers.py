"""What production tells browsers with every class of answer, and how its cookies travel (safety.md section 6, 12.x)."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.http import HttpResponse
from django.test import Client

from foundation.accounts.models import User
from tests.people import PASSWORD

People = dict[str, User]
#: What is taken over from the settings of production; databases, keys and folders stay those of the test.
TAKEN = ("SECURE_", "SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE", "X_FRAME", "CONTENT_SECURITY")
TAKEN += ("MIDDLEWARE", "PRODUCTION", "BEHIND_PROXY", "ALLOWED_HOSTS")
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
HASHED = "css/shell.0a1b2c3d4e5f.css"


@pytest.fixture
def production(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """Let the settings of production count, as config/settings.py reads them behind a proxy."""
    told = {"SHOUWANG_PROFILE": "production", "SHOUWANG_HOSTS": "testserver", "SHOUWANG_BEHIND_PROXY": "1"}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("SHOUWANG_TODAY", raising=False)
    read = runpy.run_path(str(configured.ROOT / "config/settings.py"))
    for name, value in read.items():
        if name.startswith(TAKEN):
            setattr(settings, name, value)
    settings.STATIC_ROOT = tmp_path / "static"
    (settings.STATIC_ROOT / "css").mkdir(parents=True)
    (settings.STATIC_ROOT / HASHED).write_text("body { color: black }")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return read


@pytest.fixture
def browser(production: dict[str, Any], people: People) -> Client:
    """Return a browser of cun, signed in through the page, behind the proxy that speaks TLS."""
    people["cun"].set_password(PASSWORD)
    people["cun"].save()
    client = Client(raise_request_exception=False, headers={"X-Forwarded-Proto": "https"})
    assert client.post("/sign-in/", {"username": "cun", "password": PASSWORD}).status_code == 302
    return client


def _fault(client: Client, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("foundation.desk.views.own_account.own_posts", lambda _user: 1 / 0)
    return client.get("/me/")


def _forged(client: Client) -> Any:
    client.handler.enforce_csrf_checks = True
    return client.post("/sign-out/")


def _not_modified(client: Client) -> Any:
    first = client.get(f"/static/{HASHED}")
    return client.get(f"/static/{HASHED}", headers={"If-Modified-Since": first["Last-Modified"]})


#: Class of answer → how one is had, its status.
ANSWERS: dict[str, tuple[Callable[[Client], Any], int]] = {
    "page": (lambda client: client.get("/me/"), 200),
    "redirect": (lambda client: Client(headers={"X-Forwarded-Proto": "https"}).get("/me/"), 302),
    "public page": (lambda client: Client(headers={"X-Forwarded-Proto": "https"}).get("/sign-in/"), 200),
    "fragment": (lambda client: client.get("/me/", headers={"HX-Request": "true"}), 200),
    "nothing here": (lambda client: client.get("/nothing/"), 404),
    "not allowed": (lambda client: client.get("/staff/open/"), 403),
    "forged": (_forged, 403),
    "wrong method": (lambda client: client.get("/sign-out/"), 405),
    "wrong host": (lambda client: client.get("/me/", headers={"host": "elsewhere.example"}), 400),
    "program": (lambda client: client.get("/api/v1/areas/"), 200),
    "problem": (lambda client: client.get("/api/v1/nothing/"), 404),
    "not signed in": (
        lambda client: Client(headers={"X-Forwarded-Proto": "https"}).get("/api/v1/areas/"),
        401,
    ),
    "download": (lambda client: client.post("/export/", {"address": "/households/", "form": "csv"}), 200),
    "static": (lambda client: client.get(f"/static/{HASHED}"), 200),
    "static, known": (_not_modified, 304),
    "static, none": (lambda client: client.get("/static/css/none.css"), 404),
    "watched": (lambda client: client.get("/healthz/"), 200),
}


def _told(answer: HttpResponse) -> None:
    for name, value in HEADERS.items():
        assert answer[name] == value, name
    policy = {part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split(";")}
    assert policy["default-src"] == ["'none'"]
    if (
        "sandbox" in policy
    ):  # a file of somebody: nothing in it runs, whatever it is (foundation/files/answers.py)
        assert "script-src" not in policy
    else:
        assert policy["frame-ancestors"] == ["'none'"]
        assert "unsafe" not in answer["Content-Security-Policy"]
    assert "Server" not in answer.headers


@pytest.mark.parametrize("name", ANSWERS)
def test_every_class_of_answer_carries_the_headers(browser: Client, name: str) -> None:
    ask, status = ANSWERS[name]
    answer = ask(browser)
    assert answer.status_code == status
    _told(answer)
    if name == "download":
        assert answer["Content-Disposition"].startswith("attachment")
    if name in ("page", "fragment", "download", "program", "problem"):
        assert answer["Cache-Control"] == "no-store"


def test_a_fault_carries_them_too(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = _fault(browser, monkeypatch)
    assert answer.status_code == 500
    _told(answer)


def test_cookies_are_sent_by_tls_alone_to_this_host_alone_and_no_script_reads_them(browser: Client) -> None:
    browser.post("/language/", {"language": "en"})
    browser.get("/me/password/")
    cookies = dict(browser.cookies.items())
    assert {"__Host-session", "__Host-csrf", "__Host-language"} <= set(cookies)
    known = [name for name in cookies if name.startswith("__Secure-known-")]
    assert len(known) == 1
    for name, cookie in cookies.items():
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert not cookie["domain"], name
        if name.startswith("__Host-"):
            assert cookie["path"] == "/", name
    assert cookies[known[0]]["path"] == "/sign-in/"


@pytest.mark.parametrize("address", ["/me/", "/sign-in/", "/api/v1/areas/", f"/static/{HASHED}", "/nothing/"])
def test_who_comes_without_tls_is_sent_to_it(production: dict[str, Any], address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Location"]) == (301, f"https://testserver{address}")
    forged = Client(headers={"X-Forwarded-Proto": "http"}).get(address)
    assert forged.status_code == 301


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz/", "/readyz/", "/metrics/"])
def test_who_watches_this_machine_needs_no_tls(production: dict[str, Any], address: str) -> None:
    assert Client().get(address).status_code in (200, 401, 404, 503)


def test_nothing_of_a_development_runs_in_production(production: dict[str, Any]) -> None:
    assert production["PRODUCTION"]
    assert not production["DEBUG"]
    assert production["ALLOWED_HOSTS"] == ["testserver"]
    assert production["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert production["SESSION_COOKIE_AGE"] == 12 * 3600
