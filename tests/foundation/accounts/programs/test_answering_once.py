"""Requests with an Idempotency-Key: done once, answered the same; refused, busy and killed ones leave nothing."""

import datetime
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import KeptAnswer, User
from foundation.accounts.programs import answering_once
from foundation.accounts.tasks import forget_answers
from monitoring.models import Delivery
from tests.foundation.accounts.programs.made import program_of
from tests.monitoring.intake.files import csv_of, number, row
from tests.people import COUNTY, make_areas, make_people

People = dict[str, User]
UPLOAD = "/api/v1/deliveries/"
WHERE = {"dataset": "medical_settlement", "area": COUNTY, "period": "2026-10"}
KEY = str(uuid.UUID(int=7))


def send(program: Client, key: str = KEY, content: bytes = b"", **given: str) -> Any:
    """Hand in a file under a key."""
    file = SimpleUploadedFile("rows.csv", content or csv_of([row()]).getvalue())
    return program.post(UPLOAD, WHERE | given | {"file": file}, headers={"idempotency-key": key})


@pytest.fixture
def program(people: People) -> Client:
    return program_of(people["yibao"])


def test_r08_the_second_time_answers_the_same_and_does_nothing(program: Client) -> None:
    first, second = send(program), send(program)
    assert (first.status_code, second.status_code) == (202, 202)
    assert (first.content, first["Location"]) == (second.content, second["Location"])
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert Delivery.objects.count() == 1
    third = send(program, key="another")
    assert (third.status_code, third.json()["duplicate"]) == (200, True)


def test_another_request_under_the_same_key_is_refused(program: Client) -> None:
    send(program)
    for other in (send(program, period="2026-09"), send(program, content=csv_of([row(), row()]).getvalue())):
        assert (other.status_code, other["Content-Type"]) == (422, "application/problem+json")
    assert Delivery.objects.count() == 1


def test_a_key_belongs_to_one_person(program: Client, people: People) -> None:
    send(program)
    other = send(program_of(people["xian"]), period="2026-09")
    assert other.status_code in (202, 422)
    assert "Idempotency-Replayed" not in other
    assert KeptAnswer.objects.filter(user=people["yibao"]).count() == 1


def test_what_was_refused_may_be_corrected_under_the_same_key(program: Client) -> None:
    assert send(program, period="2026").status_code == 422
    assert send(program, area="x").status_code == 400
    assert not KeptAnswer.objects.exists()
    assert send(program).status_code == 202


@pytest.mark.parametrize("key", ["", "a b", "数", "x" * 256])
def test_what_is_no_key_is_refused(program: Client, key: str) -> None:
    assert send(program, key=key).status_code == 400
    assert not Delivery.objects.exists()


def test_r01_a_process_killed_before_the_answer_is_kept_did_nothing(
    program: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.raise_request_exception = False
    with monkeypatch.context() as killed:
        killed.setattr(answering_once, "_keep", _killed)
        assert send(program).status_code == 500
    assert not Delivery.objects.exists()
    assert (send(program).status_code, Delivery.objects.count()) == (202, 1)


def _killed(*_what: object) -> None:
    raise SystemError("killed")


def test_what_left_ones_scope_is_not_told_again(program: Client, people: People) -> None:
    send(program)
    people["yibao"].postings.update(role="county_reader", department=None)
    assert send(program).status_code == 403


def test_answers_are_sealed_and_forgotten_at_night(program: Client) -> None:
    send(program)
    kept = KeptAnswer.objects.get()
    assert b"medical_settlement" not in bytes(kept.body)
    forget_answers()
    assert KeptAnswer.objects.exists()
    KeptAnswer.objects.update(kept_at=timezone.now() - datetime.timedelta(days=30, minutes=1))
    forget_answers()
    assert not KeptAnswer.objects.exists()


@pytest.fixture
def committed(own_database: str) -> Callable[[], Client]:
    """People of a database in which tests commit; returns a program of the department's officer."""
    people = make_people(make_areas())
    headers = program_of(people["yibao"]).defaults
    return lambda: Client(**headers)


def test_r08_twins_at_the_same_moment_are_one_act(committed: Callable[[], Client]) -> None:
    begun, done = threading.Barrier(2), []
    content = csv_of([row() | {"身份证号": number(1)}]).getvalue()

    def one() -> None:
        program = committed()
        begun.wait()
        answer = send(program, content=content)
        done.append((answer.status_code, answer.get("Retry-After")))
        connection.close()

    twins = [threading.Thread(target=one) for _twin in range(2)]
    for twin in twins:
        twin.start()
    for twin in twins:
        twin.join()
    assert Delivery.objects.count() == 1
    assert min(done) == (202, None)
    assert max(done) in ((202, None), (409, "5"))


def test_while_its_twin_is_under_way_a_request_is_told_so(committed: Callable[[], Client]) -> None:
    program, person = committed(), User.objects.get(username="yibao")
    held, free = threading.Event(), threading.Event()

    def twin() -> None:
        with transaction.atomic():
            assert answering_once._alone(person, KEY)
            held.set()
            free.wait(30)
        connection.close()

    other = threading.Thread(target=twin)
    other.start()
    held.wait(30)
    answer = send(program)
    free.set()
    other.join()
    assert (answer.status_code, answer["Retry-After"]) == (409, "5")
    assert not Delivery.objects.exists()
