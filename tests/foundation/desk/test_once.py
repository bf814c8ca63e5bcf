"""The same form sent twice does nothing twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from foundation.accounts.entry.sessions import SessionStore
from foundation.accounts.models import Department
from foundation.desk.once import KEPT, new_token, once

View = Callable[..., HttpResponse]


@once
def found_department(request: HttpRequest) -> HttpResponse:
    """Write a row; refuse (no redirect) where asked to."""
    if request.POST.get("refuse"):
        return HttpResponse("refused")
    number = Department.objects.filter(code__startswith="new").count()
    made = Department.objects.create(code=f"new{number}", name=f"new {number}")
    return redirect(f"/departments/{made.code}/")


def post(session: SessionStore, token: str | None, **data: str) -> HttpRequest:
    request = RequestFactory().post("/", data | ({"once": token} if token else {}))
    request.session = SessionStore(session.session_key)
    return request


def made() -> int:
    return Department.objects.filter(code__startswith="new").count()


@pytest.fixture
def session(db: None) -> SessionStore:
    started = SessionStore()
    started.create()
    return started


def test_the_second_post_answers_with_the_first_ones_redirect(session: SessionStore) -> None:
    token = new_token()
    first = found_department(post(session, token))
    second = found_department(post(session, token))
    assert made() == 1
    assert first["Location"] == second["Location"] == "/departments/new0/"


def test_another_form_another_session_and_no_token_act_again(session: SessionStore) -> None:
    token = new_token()
    other = SessionStore()
    other.create()
    for request in (
        post(session, token),
        post(session, new_token()),
        post(other, token),
        post(session, None),
    ):
        found_department(request)
    assert made() == 4


def test_a_refused_form_may_be_corrected_and_sent_again(session: SessionStore) -> None:
    token = new_token()
    assert found_department(post(session, token, refuse="yes")).status_code == 200
    assert found_department(post(session, token)).status_code == 302
    assert made() == 1


def test_the_session_keeps_a_bounded_number_of_answers(session: SessionStore) -> None:
    tokens = [new_token() for _number in range(KEPT + 5)]
    for token in tokens:
        found_department(post(session, token))
    kept = SessionStore(session.session_key)["once"]
    assert list(kept) == tokens[-KEPT:]


def test_twins_that_arrive_together_act_once(own_database: str, django_db_blocker: object) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        session = SessionStore()
        session.create()
        token, answers, start = new_token(), [], threading.Barrier(4)

        def send() -> None:
            request = post(session, token)
            start.wait()
            answers.append(found_department(request)["Location"])
            connection.close()

        threads = [threading.Thread(target=send) for _twin in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == ["/departments/new0/"] * 4
        assert made() == 1
