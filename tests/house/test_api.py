"""The API as a whole: everything is described, every filter typed, every serializer says what it reads and gives."""

import inspect
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from rest_framework import serializers

from foundation.accounts.api_views import PAGING, ScopedViewSet
from foundation.accounts.models import User
from foundation.accounts.programs.description import described
from tests.foundation.accounts.programs.made import program_of
from tests.house.routes import Route, all_routes, described_as

#: Addresses of the API that are no rows: what describes it.
UNDESCRIBED = {"api:schema"}
SAFE = {"get", "head", "options"}


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Return every described operation: path, method, and what is said of it."""
    return [
        (path, method, told)
        for path, methods in described("en")["paths"].items()
        for method, told in methods.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]


def api_routes() -> list[Route]:
    """Return the routes of the API that stand for rows."""
    return [route for route in all_routes() if route.is_api and route.name not in UNDESCRIBED]


def view_sets() -> list[type[ScopedViewSet]]:
    """Return every view set of the API, once."""
    return sorted({route.view.cls for route in api_routes()}, key=lambda each: each.__name__)


def test_every_route_and_method_is_described():
    told = {(described_as(path), method) for path, method, _operation in operations()}
    there = {(route.name, method) for route in api_routes() for method in route.view.actions}
    assert told == {(name, method) for name, method in there if method not in ("head", "options")}


def test_every_operation_says_what_it_does_how_to_sign_in_and_how_it_refuses():
    for path, method, told in operations():
        where = f"{method} {path}"
        assert told.get("summary"), where
        assert {"token": []} in told["security"], where
        assert {"401", "403", "404", "429"} <= told["responses"].keys(), where
        refusals = [answer for status, answer in told["responses"].items() if status >= "400"]
        assert all("application/problem+json" in answer["content"] for answer in refusals), where
        assert (method in SAFE) == (
            "Idempotency-Key" not in {each["name"] for each in told.get("parameters", [])}
        ), where


def test_every_operation_has_a_name_of_its_own():
    names = [told["operationId"] for _path, _method, told in operations()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("view", view_sets(), ids=lambda view: view.__name__)
def test_every_filter_is_described_and_typed(view):
    assert "query_params" not in inspect.getsource(view), (
        "Name filters in `filters`, and read what it checked."
    )
    listed = [
        (path, told)
        for path, method, told in operations()
        if method == "get" and "{" not in path and resolve(path).func.cls is view
    ]
    for path, told in listed:
        given = {each["name"]: each for each in told["parameters"] if each["in"] == "query"}
        assert given.keys() - PAGING == (set(view.filters().fields) if view.filters else set()), path
        for name, each in given.items():
            assert each["schema"]["type"] in ("string", "integer", "boolean"), f"{path} {name}"
            assert each["description"], f"{path} {name}"


def serializers_of_ours() -> list[type[serializers.BaseSerializer[Any]]]:
    """Return every serializer of the product."""
    found, todo = set(), [serializers.BaseSerializer]
    while todo:
        for each in todo.pop().__subclasses__():
            todo.append(each)
            if each.__module__.split(".")[0] in (
                "foundation",
                "households",
                "monitoring",
                "alerts",
                "assistance",
            ):
                found.add(each)
    return sorted(found, key=lambda each: f"{each.__module__}.{each.__name__}")


@pytest.mark.parametrize("serializer", serializers_of_ours(), ids=lambda each: each.__name__)
def test_15_3_3_every_serializer_declares_what_it_reads_and_gives(serializer):
    """Mass assignment: nothing of a model is taken or told because it is there."""
    if not issubclass(serializer, serializers.ModelSerializer):
        return
    fields = serializer.Meta.fields
    assert isinstance(fields, tuple), "Name the fields: neither __all__ nor exclude."
    assert not hasattr(serializer.Meta, "exclude")
    writable = [name for name, field in serializer().fields.items() if not field.read_only]
    assert not writable, (
        "Acts read a serializer of their own and call a stage function; models are never saved so."
    )


@pytest.mark.parametrize(("language", "title"), [("en", "Shouwang: the API"), ("zh-hans", None)])
def test_it_is_described_in_both_languages(people: dict[str, User], language, title):
    program = program_of(people["yibao"])
    answer = program.get("/api/v1/schema/", headers={"accept-language": language})
    told = answer.json()
    assert told["openapi"].startswith("3.")
    assert title is None or told["info"]["title"] == title
    assert not described("en")["paths"].keys() ^ told["paths"].keys()


def test_the_description_is_for_staff_alone(people: dict[str, User]):
    assert Client().get("/api/v1/schema/").status_code == 401
    assert Client().get("/api/v1/docs/")["Location"].startswith("/sign-in/")
    browser = Client()
    browser.force_login(people["cun"])
    page = browser.get("/api/v1/docs/")
    assert page.status_code == 200
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "unsafe-eval" not in page["Content-Security-Policy"]
    heads = re.findall(r'<h2>(.+?) <span class="code">([a-z-]+)</span></h2>', page.content.decode())
    assert {word: name for name, word in heads}["follow-ups"] == "跟踪走访"
    assert len(heads) == len({path.split("/")[3] for path in described("en")["paths"]})
    assert b"://" not in page.content.split(b"<main")[1].split(b"</main>")[0]
    assert b'href="/api/v1/docs/"' in browser.get("/").content
