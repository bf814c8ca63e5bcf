"""A program that uses the API in tests: every answer is held against the published description of the API."""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

import jsonschema
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts.models import User
from foundation.accounts.programs.description import described
from foundation.accounts.sign_in import BACKEND
from foundation.desk.api_moves import ApiMove
from foundation.workflow.lifecycle import Lifecycle
from foundation.workflow.models import Stateful
from tests.people import NEIGHBOUR_VILLAGE


class Program:
    """Somebody's program: signed in as that person, in English."""

    def __init__(self, user: User) -> None:
        """Sign in."""
        self.client = Client(headers={"Accept-Language": "en"})
        self.client.force_login(user, backend=BACKEND)

    def get(self, name: str, *, status: int = 200, query: dict[str, Any] | None = None, **key: Any) -> Any:
        """Read an address of the API by the name of its route, and return what came."""
        path = reverse(f"api:{name}", kwargs=key)
        answer = self.client.get(path, query or {})
        assert answer.status_code == status, (answer.status_code, answer.content.decode())
        told = answer.json()
        fits(path, "get", status, told)
        return told

    def rows(self, name: str, *, query: dict[str, Any] | None = None, **key: Any) -> list[Any]:
        """Return the rows of a list."""
        found: list[Any] = self.get(name, query=query, **key)["results"]
        return found

    def post(self, name: str, body: Any, *, status: int | None = 200, **key: Any) -> Any:
        """Send JSON; returns the answer, and with `status` None (status, answer)."""
        return self._send("post", name, body, status, key)

    def put(self, name: str, body: Any, *, status: int | None = 200, **key: Any) -> Any:
        """Replace what stands there; returns as `post` does."""
        return self._send("put", name, body, status, key)

    def _send(self, method: str, name: str, body: Any, status: int | None, key: dict[str, Any]) -> Any:
        path = reverse(f"api:{name}", kwargs=key)
        answer = getattr(self.client, method)(path, body, content_type="application/json")
        told = answer.json()
        if status is None:
            return answer.status_code, told
        assert answer.status_code == status, (answer.status_code, told)
        fits(path, method, status, told)
        return told


def programs(people: dict[str, User]) -> Callable[[str], Program]:
    """Return a program of anybody of tests/people.py, made when it is first asked for."""
    return cache(lambda username: Program(people[username]))


def fits(path: str, method: str, status: int, told: Any) -> None:
    """Hold an answer against the description: what it says of this address, and nothing beside it."""
    description = described("en")
    said = description["paths"][_template(path)][method]["responses"][str(status)]["content"]
    schema = _plain(next(iter(said.values()))["schema"])
    jsonschema.Draft202012Validator(schema | {"components": _components()}).validate(told)


@cache
def _components() -> Any:
    return _plain(described("en")["components"])


@cache
def _template(path: str) -> str:
    """Return an address as the description writes it: with {id} where the key stands."""
    parts = path.split("/")
    for each in described("en")["paths"]:
        told = each.split("/")
        if len(told) == len(parts) and all(
            "{" in said or said == part for said, part in zip(told, parts, strict=True)
        ):
            return str(each)
    raise AssertionError(f"{path} is not described")


def _plain(node: Any) -> Any:
    """Turn `nullable` of OpenAPI 3.0 into JSON Schema, and let objects carry nothing that is not described."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: _plain(value) for key, value in node.items() if key != "nullable"}
    if made.get("type") == "object" and "properties" in made:
        made.setdefault("additionalProperties", False)
    return {"anyOf": [made, {"type": "null"}]} if node.get("nullable") else made


def smuggled(model: type[Model], schema: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body with every field of a model that its schema does not ask for, and with what attackers try first."""
    fields = {each.name for each in model._meta.get_fields()} | {
        each.attname for each in model._meta.concrete_fields
    }
    tried = {
        "id",
        "area",
        "state",
        "status",
        "created_by",
        "is_staff",
        "version",
        "approved_at",
        "approved_by",
    }
    values = {"state": "approved", "version": 99, "area": NEIGHBOUR_VILLAGE, "area_id": NEIGHBOUR_VILLAGE}
    asked = described("en")["components"]["schemas"][schema]["properties"]
    return {name: values.get(name, 1) for name in sorted((fields | tried) - set(asked))} | dict(body)


def stands(row: Model, *, but: Collection[str]) -> dict[str, Any]:
    """Return everything that stands in a row, except some columns."""
    found = type(row)._default_manager.filter(pk=row.pk).values().get()
    return {name: value for name, value in found.items() if name not in but}


def costs_no_more(program: Program, name: str, make: Callable[[], object]) -> None:
    """Hold that a list of twelve rows asks the database no more often than one of three."""
    before = len(program.rows(name))
    for _number in range(3):
        make()
    program.rows(name)
    with CaptureQueriesContext(connection) as few:
        assert len(program.rows(name)) == before + 3
    for _number in range(9):
        make()
    with CaptureQueriesContext(connection) as many:
        assert len(program.rows(name)) == before + 12
    assert len(many) <= len(few), [each["sql"][:200] for each in many.captured_queries]


def is_never_skipped(
    name: str,
    lifecycle: Lifecycle,
    sample: Callable[[str], Stateful],
    moves: Mapping[str, ApiMove],
    who: Callable[[str], Program],
    body: Mapping[str, Any],
) -> int:
    """Ask for every move of `moves` in every state that it does not leave from, by who holds its right.

    Each is refused and changes nothing; returns how many were asked for.
    """
    asked = 0
    for state in lifecycle.states:
        row = sample(state)
        for verb, made in moves.items():
            if made.extra or state in lifecycle.find(verb).sources:
                continue
            sent = dict(body) | {"move": verb, "version": row.version}
            program = who(lifecycle.find(verb).right.value)
            status, told = program.post(name, sent, status=None, pk=row.pk)
            assert status in (400, 403, 404, 409, 422), (state, verb, status, told)
            asked += 1
        now = type(row).objects.get(pk=row.pk)
        assert (now.state, now.version) == (state, row.version)
    return asked
