"""Where no demonstration is, nothing of it is to be seen."""

import pytest
from django.urls import reverse


@pytest.fixture
def unpinned(people, settings):
    """Everybody of tests/people.py, on the day of the calendar."""
    settings.SHOUWANG_TODAY = None
    return people


def test_visitors_are_asked_to_sign_in(unpinned, client):
    assert client.get("/")["Location"] == reverse("desk:sign_in")
    assert client.get("/demo/")["Location"] == reverse("desk:home")


def test_no_door_opens(unpinned, client):
    client.post("/demo/sign-in/", {"username": "cun"})
    assert "_auth_user_id" not in client.session


def test_no_page_has_a_banner(unpinned, client):
    client.force_login(unpinned["cun"])
    assert "clock-banner" not in client.get("/me/").content.decode()
