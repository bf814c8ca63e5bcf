"""Error pages: what is wrong and what to do next, whoever asks and however."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from foundation.accounts.access import public_door
from foundation.desk.views import errors

handler400 = "foundation.desk.views.errors.bad_request"
handler403 = "foundation.desk.views.errors.forbidden"
handler404 = "foundation.desk.views.errors.not_found"
handler500 = "foundation.desk.views.errors.failed"
FAULTS = {
    "bad": SuspiciousOperation("secret detail"),
    "forbidden": PermissionDenied("This page needs the right “see staff”."),
    "broken": RuntimeError("secret detail"),
}


@public_door("a test")
def fault(request: HttpRequest, kind: str) -> HttpResponse:
    """Fail as asked."""
    raise FAULTS[kind]


urlpatterns = [path("fault/<kind>/", fault), path("", include("config.urls"))]
pytestmark = pytest.mark.django_db
CASES = [("/fault/bad/", 400), ("/fault/forbidden/", 403), ("/nothing/", 404), ("/fault/broken/", 500)]


@pytest.fixture(autouse=True)
def _routes() -> object:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize(("address", "status"), CASES)
@pytest.mark.parametrize("who", ["", "cun"])
def test_an_error_is_a_page_with_a_sentence_and_a_way_on(
    people: dict[str, object], address: str, status: int, who: str
) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    if who:
        client.force_login(people[who])  # type: ignore[arg-type]
    answer = client.get(address)
    html = answer.content.decode()
    assert answer.status_code == status
    assert '<html lang="en"' in html
    assert 'role="alert"' in html
    assert 'href="/">To the first page' in html
    assert "secret detail" not in html
    assert ("<nav" in html) == (bool(who) and status in (403, 404)), "navigation where the person is known"
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_a_missing_right_is_named(signed_in: Callable[..., Client]) -> None:
    assert "needs the right “see staff”" in signed_in("cun").get("/fault/forbidden/").content.decode()


@pytest.mark.parametrize(("address", "status"), CASES)
def test_a_fragment_that_fails_is_a_fragment(
    signed_in: Callable[..., Client], address: str, status: int
) -> None:
    client = signed_in("cun", raise_request_exception=False)
    answer = client.get(address, headers={"HX-Request": "true"})
    assert answer.status_code == status
    assert "<html" not in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_a_form_without_its_token_says_to_reload(people: dict[str, object]) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.force_login(people["cun"])  # type: ignore[arg-type]
    answer = client.post("/sign-out/")
    assert answer.status_code == 403
    assert "Reload the page and send it again" in answer.content.decode()


def test_the_page_of_our_own_faults_asks_nothing_of_the_database(
    rf: object, django_assert_num_queries: Callable[..., object]
) -> None:
    request = rf.get("/")  # type: ignore[attr-defined]
    with django_assert_num_queries(0):
        answer = errors.failed(request)  # a request without session, user or messages
    assert answer.status_code == 500


def test_an_unknown_host_is_refused_without_a_trace(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()
