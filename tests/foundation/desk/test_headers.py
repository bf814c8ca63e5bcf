"""What every answer tells the browser: run nothing foreign, keep nothing, be framed by nobody."""

from collections.abc import Callable

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/me/", "/search/?q=x", "/nothing/", "/sign-in/"])
@pytest.mark.parametrize("who", ["", "cun"])
def test_every_page_carries_the_strict_policy(
    signed_in: Callable[..., Client], address: str, who: str
) -> None:
    answer = (signed_in(who) if who else Client()).get(address)
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_no_cache_keeps_what_a_signed_in_person_was_shown(signed_in: Callable[..., Client]) -> None:
    for address in ("/", "/me/", "/nothing/"):
        assert signed_in("cun").get(address)["Cache-Control"] == "no-store"


def test_htmx_is_told_to_evaluate_nothing_and_to_keep_no_history(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    for word in (
        '"allowEval":false',
        '"includeIndicatorStyles":false',
        '"selfRequestsOnly":true',
        '"historyCacheSize":0',
    ):
        assert word in page
    assert 'hx-headers=\'{"X-CSRFToken": "' in page
