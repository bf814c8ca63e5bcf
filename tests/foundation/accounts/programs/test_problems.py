"""Problems (RFC 9457): one form for every refusal, in both languages, and nothing of the inside."""

import base64
import uuid
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from rest_framework.exceptions import ErrorDetail, ValidationError

from foundation.accounts.models import User
from foundation.accounts.programs import problems
from foundation.accounts.refusals import Busy, NoRight, Refused
from foundation.workflow.move import AlreadyMoved
from tests.foundation.accounts.programs.made import program_of

People = dict[str, User]
MEMBERS = {"type", "title", "status", "detail", "instance"}


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    """Return a problem, having looked at its form."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer["Cache-Control"] == "no-store"
    told: dict[str, Any] = answer.json()
    assert told.keys() - {"errors"} == MEMBERS
    assert told["status"] == status
    uuid.UUID(told["instance"].removeprefix("urn:uuid:"))
    return told


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/households/", 403),
        ("/api/v1/areas/1/", 404),
        ("/api/v1/nothing/", 404),
        ("/api/v1/areas/no/such/", 404),
        ("/api/v1/areas/?level=x", 400),
        ("/api/v1/areas/?levl=6", 400),
        ("/api/v1/areas/?page_size=0", 400),
        ("/api/v1/areas/?page_size=many", 400),
        ("/api/v1/areas/?q=%00", 400),
    ],
)
def test_every_refusal_has_one_form(people: People, path: str, status: int) -> None:
    problem_of(program_of(people["yibao"]).get(path), status)


@pytest.mark.parametrize("position", ["p=abc", "p=" + "9" * 40, "o=-1&p=x", "p=\x00"])
def test_a_cursor_that_nobody_gave_leads_nowhere(people: People, position: str) -> None:
    cursor = base64.b64encode(position.encode()).decode()
    program = program_of(people["anquan"])
    assert program.get("/api/v1/postings/", {"cursor": cursor}).status_code in (200, 404)
    problem_of(program.get("/api/v1/postings/", {"cursor": base64.b64encode(b"p=abc").decode()}), 404)


def test_errors_name_their_field(people: People) -> None:
    told = problem_of(program_of(people["yibao"]).get("/api/v1/areas/?level=x&colour=red"), 400)
    assert [each["field"] for each in told["errors"]] == ["level"]
    told = problem_of(program_of(people["xian"]).get("/api/v1/areas/?colour=red"), 400)
    assert [each["field"] for each in told["errors"]] == ["colour"]


def test_both_languages(people: People) -> None:
    program = program_of(people["yibao"])
    english = problem_of(program.get("/api/v1/areas/1/"), 404)
    chinese = problem_of(program.get("/api/v1/areas/1/", headers={"accept-language": "zh-hans"}), 404)
    assert english["detail"] == "There is nothing here, or it belongs to another area."
    assert chinese["detail"] != english["detail"]
    assert english["type"] == chinese["type"] == "urn:shouwang:problem:nothing-here"


def test_other_methods_and_forms(people: People) -> None:
    program = program_of(people["yibao"])
    problem_of(program.delete("/api/v1/areas/"), 405)
    problem_of(program.get("/api/v1/areas/", headers={"accept": "text/csv"}), 406)
    problem_of(program.post("/api/v1/deliveries/", "x", content_type="text/plain"), 415)


def test_a_session_without_the_token_of_the_form_changes_nothing(people: People) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people["yibao"])
    assert browser.get("/api/v1/areas/").status_code == 200
    told = problem_of(browser.post("/api/v1/deliveries/", {}, headers={"accept-language": "en"}), 403)
    assert told["detail"] == "A browser's request that changes something needs the header X-CSRFToken."


@pytest.mark.parametrize(
    "body",
    [
        '{"move": "assign", "version": 1, "version": 2}',
        '{"version": 1, "inner": {"a": [{"version": 1, "\\u0076ersion": 2}]}}',
    ],
)
def test_15_3_3_a_name_that_stands_twice_is_refused(people: People, body: str) -> None:
    """ASVS 15.3.3: which of two values counts is never left to the reader."""
    program = program_of(people["cun"])
    sent = {"content_type": "application/json"}
    english = problem_of(program.post("/api/v1/visits/", body, **sent), 400)
    chinese = problem_of(
        program.post("/api/v1/visits/", body, **sent, headers={"accept-language": "zh-hans"}), 400
    )
    assert english["errors"] == [
        {"field": "version", "message": "This name stands twice in one object: say it once."}
    ]
    assert chinese["errors"][0]["field"] == "version"
    assert chinese["detail"] != english["detail"]


@pytest.mark.parametrize(
    "body",
    ['{"version": ', '{"version": NaN}', b"\xff\xfe", "[" * 100_000, '{"note": "' + "x" * 9],
    ids=["cut", "nan", "bytes", "deep", "open"],
)
def test_what_is_no_json_is_refused_in_our_words(people: People, body: Any) -> None:
    told = problem_of(
        program_of(people["cun"]).post("/api/v1/visits/", body, content_type="application/json"), 400
    )
    assert told["detail"] == "What was sent is no JSON that can be read."


def test_a_fault_of_ours_says_nothing_of_the_inside(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("/srv/secret 330726")

    monkeypatch.setattr("foundation.desk.api.AreaViewSet.narrow", broken)
    program = program_of(people["yibao"])
    program.raise_request_exception = False
    told = problem_of(program.get("/api/v1/areas/"), 500)
    assert "330726" not in str(told)
    assert "Runtime" not in str(told)


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refused("no"), 409),
        (Refused("no", field="day"), 422),
        (NoRight("no"), 403),
        (AlreadyMoved("no"), 409),
    ],
)
def test_refusals_of_the_house_keep_their_sentence(refusal: Refused, status: int) -> None:
    response = problems.handler(refusal, {})
    assert response is not None
    assert (response.status_code, response.data["detail"]) == (status, "no")


def test_who_is_busy_says_when_to_come_again() -> None:
    response = problems.handler(Busy("later"), {})
    assert response is not None
    assert (response.status_code, response["Retry-After"]) == (409, "5")


def test_what_nobody_foresaw_stays_a_fault() -> None:
    assert problems.handler(RuntimeError("x"), {}) is None


def test_errors_of_lists_and_of_nested_fields_are_paths() -> None:
    inner = {"lines": [{}, {"sum": [ErrorDetail("too much")]}], "non_field_errors": [ErrorDetail("together")]}
    response = problems.handler(ValidationError(inner), {})
    assert response is not None
    assert response.data["errors"] == [
        {"field": "lines.1.sum", "message": "too much"},
        {"field": "", "message": "together"},
    ]


def test_the_page_that_describes_the_api_is_for_people() -> None:
    request = HttpRequest()
    for path, told in (("/api/v1/docs/", False), ("/api/v1/schema/", True), ("/alerts/", False)):
        request.path = path
        assert problems.is_for_programs(request) is told
