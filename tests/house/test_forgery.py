"""What a stranger's page can have our pages do: nothing without the token of our own form (ASVS 3.5.1, 15.3.3)."""

import json
import re

import pytest
from django.test import Client

from foundation.accounts.models import Posting, User
from tests.house.routes import Route, all_routes
from tests.people import COUNTY, NEIGHBOUR_COUNTY

pytestmark = pytest.mark.django_db
#: What stands for a part of an address; nothing lies there, and the token is asked for before anybody looks.
_PARTS = {"uuid": "00000000-0000-4000-8000-000000000000", "int": 1, "slug": "x", "str": "x", "path": "x"}
_NAMED = {"app_label": "accounts"}


def _pages() -> list[Route]:
    return [route for route in all_routes() if not route.is_api]


def _address(route: Route) -> str:
    kinds = {name: kind for kind, name in re.findall(r"<(\w+):(\w+)>", route.pattern)}
    return route.url({name: _NAMED.get(name) or _PARTS[kinds.get(name, "str")] for name in route.kwargs})


@pytest.fixture
def stranger(people: dict[str, User]) -> Client:
    """A browser in which somebody is signed in, sent here by a page that is not ours."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(people["cun"])
    return client


def test_3_5_1_no_page_lets_itself_out_of_the_token() -> None:
    assert len(_pages()) > 200
    assert not [str(route) for route in _pages() if getattr(route.view, "csrf_exempt", False)]


def test_3_5_1_every_page_refuses_what_comes_without_the_token(stranger: Client) -> None:
    passed = []
    for route in _pages():
        answer = stranger.post(_address(route), headers={"HX-Request": "true"})  # a fragment is drawn sooner
        if answer.status_code != 403:
            passed.append(f"{route}: {answer.status_code}")
    assert not passed


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_3_5_1_every_unsafe_method_asks_for_the_token(stranger: Client, method: str) -> None:
    assert getattr(stranger, method)("/me/password/").status_code == 403


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
def test_3_5_1_another_kind_of_content_is_no_way_round(
    stranger: Client, people: dict[str, User], kind: str
) -> None:
    body = json.dumps({"language": "en"})
    assert stranger.generic("POST", "/language/", body, content_type=kind).status_code == 403
    people["cun"].refresh_from_db()
    assert people["cun"].language == ""


def test_3_5_1_a_token_of_another_browser_or_a_made_up_one_is_refused(stranger: Client) -> None:
    other = Client(enforce_csrf_checks=True)
    other.get("/sign-in/")
    for token in (other.cookies["csrftoken"].value, "x" * 32, "x" * 64, ""):
        assert stranger.post("/sign-out/", {"csrfmiddlewaretoken": token}).status_code == 403
        assert stranger.post("/sign-out/", headers={"X-CSRFToken": token}).status_code == 403
    assert stranger.get("/me/").status_code == 200


def test_15_3_3_fields_that_no_form_shows_change_nothing(people: dict[str, User]) -> None:
    """ASVS 15.3.3: every column of an account and of its posts is sent along with the one field that is asked for."""
    client, cun = Client(), people["cun"]
    client.force_login(people["xitong"])
    before = User.objects.filter(pk=cun.pk).values().get()
    posts = list(Posting.objects.filter(user=cun).values())
    smuggled = {field.name: "1" for model in (User, Posting) for field in model._meta.concrete_fields}
    smuggled |= {"is_staff": "1", "is_superuser": "1", "role": "province_overseer", "area": NEIGHBOUR_COUNTY}
    smuggled |= {"password": "known-to-me-12345", "username": "mine", "version": "99", "state": "approved"}
    answer = client.post(
        f"/staff/{cun.pk}/name/", smuggled | {"name": "新名字", "id": str(people["xian"].pk)}
    )
    assert answer.status_code == 302
    after = User.objects.filter(pk=cun.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {"name", "initials"}
    assert list(Posting.objects.filter(user=cun).values()) == posts


def test_15_3_3_a_field_that_comes_twice_counts_once_and_is_checked(people: dict[str, User]) -> None:
    client = Client()
    client.force_login(people["xitong"])
    body = f"name=x&username=newone1&area={COUNTY}&area={NEIGHBOUR_COUNTY}"
    client.post("/staff/open/", body, content_type="application/x-www-form-urlencoded")
    assert not User.objects.filter(home__code=NEIGHBOUR_COUNTY, username="newone1").exists()
