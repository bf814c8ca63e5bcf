"""The API as it is described: every operation, asked what its description allows and what it forbids (schemathesis).

New view sets are found by themselves: the description is read from the running application. Each operation is asked as
somebody whose post opens its door, with keys of rows that exist and with keys that do not, in a planted world.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.config import (
    ChecksConfig,
    CoveragePhaseConfig,
    ExamplesPhaseConfig,
    GenerationConfig,
    PhasesConfig,
    PositiveDataAcceptanceConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
    StatefulPhaseConfig,
)
from schemathesis.core.parameters import ParameterLocation

from config.wsgi import application
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from tests.foundation.accounts.programs.made import made_token
from tests.house.registry import UnregisteredError, arguments
from tests.house.routes import Route, all_routes, described_as
from tests.house.world import ALL_POSTS, World, holds, reaches

#: Asked in this order who may do something: people with many rights first.
WILLING = ("xian", "zhen", "cun", "jingban", "yibao", "shending", *ALL_POSTS)
#: What is read may still be refused for what it says (422): that is no fault of the description.
READ = ["2xx", "401", "403", "404", "409", "422"]
#: Answers of an operation that read what it was sent: done, in somebody's way, or refused for what it says.
OBEYED = {200, 201, 202, 204, 409, 422}
SAFE = {"get", "head", "options"}
EXAMPLES = 6

schema = schemathesis.pytest.from_fixture("described_api")


@pytest.fixture
def in_one_transaction() -> Iterator[None]:
    """The application does not close the connection between requests, as Django's own client of tests sees to."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described_api(world: World, in_one_transaction: None) -> Any:
    """The description, read from the application itself by a program."""
    generation = GenerationConfig(allow_x00=True, deterministic=True)
    phases = PhasesConfig(
        examples=ExamplesPhaseConfig(enabled=False),
        coverage=CoveragePhaseConfig(enabled=True, unexpected_methods={"patch"}),
        stateful=StatefulPhaseConfig(enabled=False),
    )
    checks = ChecksConfig(positive_data_acceptance=PositiveDataAcceptanceConfig(expected_statuses=READ))
    told = ProjectConfig(generation=generation, phases=phases, checks=checks)
    config = SchemathesisConfig(seed=9, projects=ProjectsConfig(default=told))
    word = made_token(User.objects.get(username="xian"), name="reader")[1]
    return schemathesis.openapi.from_wsgi(
        "/api/v1/schema/", application, config=config, headers={"Authorization": f"Bearer {word}"}
    )


@pytest.mark.slow
@pytest.mark.timeout(900)
@schema.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_every_operation_does_as_described(case, world, asking):
    route = asking.route(case.path)
    rights = rights_for(case, route)
    who = willing(rights)
    asking.existing(case, route, rights, who)
    answer = case.call_and_validate(headers={"Authorization": f"Bearer {asking.word(who)}"})
    asking.answered(case, answer.status_code)


def rights_for(case: Any, route: Route) -> frozenset[Right]:
    """Return the rights of which one opens the door of a request: of its method, and of the move it names."""
    view: Any = route.view.cls
    act = route.view.actions.get(case.method.lower()) if hasattr(route.view, "actions") else None
    door = (
        getattr(route.view, "initkwargs", {}).get("door") or getattr(view, "doors", {}).get(act) or view.door
    )
    if act == "make_move" and isinstance(case.body, dict) and isinstance(verb := case.body.get("move"), str):
        move = view.moves_made.get(verb)
        if move is not None and not move.extra:
            return frozenset({view.queryset.model.lifecycle.find(verb).right})
    rights: frozenset[Right] = frozenset(door.rights)
    return rights


def willing(rights: frozenset[Right]) -> str:
    """Return somebody whose post carries one of the rights."""
    return next(who for who in WILLING if not rights or any(holds(who, right) for right in rights))


class Asking:
    """Who asks, with which token, for which rows; and what was answered."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._words: dict[str, str] = {}
        self._routes = {route.pattern: route for route in all_routes() if route.is_api}
        self._keys: dict[tuple[str, str, frozenset[Right]], Iterator[dict[str, Any]]] = {}
        self._answers: dict[str, Counter[int]] = {}

    def route(self, path: str) -> Route:
        """Return the route that an address of the description leads to."""
        name = described_as(path)
        return next(route for route in self._routes.values() if route.name == name)

    def word(self, who: str) -> str:
        """Return the token of somebody."""
        if who not in self._words:
            person = User.objects.get(username=who)
            self._words[who] = made_token(person, name=f"asking-{who}")[1]
        return self._words[who]

    def existing(self, case: Any, route: Route, rights: frozenset[Right], who: str) -> None:
        """Let a request that fits name a row that exists and that `who` may work on, taking turns."""
        if not case.path_parameters or case.meta.is_negative_at(ParameterLocation.PATH):
            return
        asked = (route.name, who, rights)
        if asked not in self._keys:
            try:
                found = [
                    key
                    for key, thing in arguments(route, self.world)
                    if thing is not None
                    and (thing.area is None or any(reaches(who, right, thing.area) for right in rights))
                ]
            except UnregisteredError:
                found = []
            self._keys[asked] = cycle(found or [{}])
        named = next(self._keys[asked])
        if named:
            (name,) = case.path_parameters
            case.path_parameters[name] = str(next(iter(named.values())))

    def answered(self, case: Any, status: int) -> None:
        """Note what was answered to a request that fits its description."""
        described = case.operation.method.lower() == case.method.lower() not in SAFE
        if described and not any(map(case.meta.is_negative_at, ParameterLocation)):
            self._answers.setdefault(f"{case.method} {case.path}", Counter())[status] += 1

    def shut(self) -> list[str]:
        """Return the operations that write of which no request came as far as their form (OBEYED)."""
        return [
            f"{name}: {dict(found)}" for name, found in self._answers.items() if not OBEYED & found.keys()
        ]


@pytest.fixture
def asking(world: World) -> Iterator[Asking]:
    """The people of the planted world as programs; none of what writes may have been refused at its door alone."""
    made = Asking(world)
    yield made
    assert not made.shut()
