"""The guided way through the demonstration: who presses is signed in, and one is led on when the press was made."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from foundation.accounts.models import User
from foundation.desk import walk
from foundation.desk.walk import Stop

pytestmark = pytest.mark.django_db
WALK, LEAVE, OTHER = "/demo/walk/", "/demo/walk/leave/", "/language/"


@pytest.fixture
def pressed() -> set[str]:
    """Which stops of the walk were pressed."""
    return set()


@pytest.fixture
def walkable(
    demonstration: object, settings: Any, monkeypatch: pytest.MonkeyPatch, pressed: set[str]
) -> list[str]:
    """A walk of two stops through pages that everybody has; returns what others did in between."""
    settings.SHOUWANG_TODAY = None
    played: list[str] = []

    def stop(username: str, page: str) -> Stop:
        return Stop(username, "因为", lambda: page, _said(pressed, page), before=lambda: played.append(page))  # type: ignore[arg-type]

    monkeypatch.setattr(walk, "stops", lambda: [stop("xian", "/me/"), stop("zhen", "/inbox/")])
    return played


def _said(pressed: set[str], page: str) -> Callable[[], bool]:
    return lambda: page in pressed


def test_the_walk_signs_in_who_presses_and_leads_on_after_the_press(
    walkable: list[str], pressed: set[str], client: Client
) -> None:
    assert client.post(WALK)["Location"] == "/me/"
    assert _who(client) == "xian"
    assert "因为" in client.get("/me/").content.decode()

    pressed.add("/me/")
    assert client.post(OTHER, {"language": "zh-hans"})["Location"] == "/inbox/"
    assert _who(client) == "zhen"
    assert walkable == ["/me/", "/inbox/"]

    pressed.add("/inbox/")
    assert client.post(OTHER, {"language": "zh-hans"})["Location"] == "/demo/"
    assert walk.KEY not in client.session


def test_another_press_leads_nowhere(walkable: list[str], client: Client) -> None:
    client.post(WALK)
    client.post(OTHER, {"language": "zh-hans"})
    assert _who(client) == "xian"
    assert walkable == ["/me/"]


def test_who_leaves_is_led_no_more(walkable: list[str], pressed: set[str], client: Client) -> None:
    client.post(WALK)
    client.post(LEAVE)
    pressed.add("/me/")
    client.post(OTHER, {"language": "zh-hans"})
    assert _who(client) == "xian"
    assert "因为" not in client.get("/me/").content.decode()


def test_nobody_walks_outside_a_demonstration(walkable: list[str], settings: Any, client: Client) -> None:
    settings.PRODUCTION = True
    client.post(WALK)
    assert "_auth_user_id" not in client.session


def _who(client: Client) -> str:
    return str(User.objects.get(pk=client.session["_auth_user_id"]).username)
