"""How often programs may ask: by token, by act, of nobody by network; no header of the visitor's changes it."""

from typing import Any

import pytest
from django.test import Client

from foundation.accounts.models import ActCount, User
from tests.foundation.accounts.programs.made import program_of

People = dict[str, User]
AREAS = "/api/v1/areas/"


def test_one_too_many_is_told_when_to_come_again(people: People, settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    program = program_of(people["yibao"])
    assert [program.get(AREAS).status_code for _time in range(2)] == [200, 200]
    told = program.get(AREAS)
    assert (told.status_code, told["Content-Type"]) == (429, "application/problem+json")
    assert 0 < int(told["Retry-After"]) <= 61
    assert program_of(people["xian"]).get(AREAS).status_code == 200
    assert program_of(people["yibao"], name="another").get(AREAS).status_code == 200


def test_acts_have_a_lower_limit(people: People, settings: Any) -> None:
    settings.API_ACTS_A_MINUTE = 1
    program = program_of(people["yibao"])
    assert [program.post("/api/v1/deliveries/", {}).status_code for _time in range(2)] == [400, 429]
    assert program.get(AREAS).status_code == 200


@pytest.mark.parametrize("word", ["", "Bearer shouwang_invented"])
def test_4_1_nobody_is_counted_by_network_whatever_they_write(settings: Any, db: None, word: str) -> None:
    settings.API_REQUESTS_OF_NOBODY_A_MINUTE = 2
    seen = []
    for number in range(3):
        lies = {"x-forwarded-for": f"10.0.0.{number}", "forwarded": f"for=10.0.0.{number}"}
        seen.append(Client(headers={"authorization": word} | lies).get(AREAS).status_code)
    assert seen == [401, 401, 429]
    assert Client(REMOTE_ADDR="192.0.2.9").get(AREAS).status_code == 401


def test_16_5_3_where_nothing_can_be_counted_nothing_is_answered(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_asked: object) -> int:
        raise RuntimeError("no database")

    program = program_of(people["yibao"])
    program.raise_request_exception = False
    monkeypatch.setattr("foundation.accounts.programs.limits.wait", broken)
    assert program.get(AREAS).status_code == 500
    assert not ActCount.objects.exists()
