"""How long the database may take in which process, and what a person sees where it took too long."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import psycopg2
import pytest
from django.conf import settings as configured
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from config import time_limits
from foundation.accounts.access import public_door
from foundation.accounts.models import Area
from tests.people import COUNTY, make_areas

handler500 = "foundation.desk.views.errors.failed"
_LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


@public_door("a test")
def slow(request: HttpRequest) -> HttpResponse:
    """Take longer than a statement may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20ms'")
        cursor.execute("SELECT pg_sleep(5)")
    raise AssertionError


@public_door("a test")
def held(request: HttpRequest) -> HttpResponse:
    """Wait for a row that somebody else holds."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20ms'")
        Area.objects.select_for_update().get(code=COUNTY)
    raise AssertionError


@public_door("a test")
def away(request: HttpRequest, kind: str) -> HttpResponse:
    """Find no database."""
    raise {"gone": OperationalError, "closed": InterfaceError}[kind]("secret detail")


urlpatterns = [
    path("api/v1/slow/", slow),
    path("slow/", slow),
    path("held/", held),
    path("away/<kind>/", away),
    path("", include("config.urls")),
]


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, headers={"accept-language": "en"})


@pytest.mark.parametrize(
    ("process", "told"),
    [
        ("web", ("1min", "10s", "2min")),
        ("worker", ("30min", "10s", "2min")),
        ("scheduler", ("1min", "10s", "2min")),
        ("command", ("0", "10s", "2min")),
        ("prepare_database", ("0", "10s", "2min")),
    ],
)
def test_the_database_holds_each_kind_of_process_to_its_limits(
    process: str, told: tuple[str, ...], db: None
) -> None:
    address = connection.get_connection_params() | {"options": time_limits.options(process)}
    address = {
        key: address[key]
        for key in ("dbname", "user", "password", "host", "port", "options")
        if key in address
    }
    own = psycopg2.connect(**address)
    try:
        with own.cursor() as cursor:
            answers = []
            for limit in _LIMITS:
                cursor.execute(f"SHOW {limit}")
                answers.append(cursor.fetchone()[0])
    finally:
        own.close()
    assert tuple(answers) == told


@pytest.mark.parametrize(("process", "longest"), [("web", "1min"), (None, "0")])
def test_a_process_reads_its_kind_from_what_run_tells_it(process: str | None, longest: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "SHOUWANG_PROCESS"}
    environment |= {"SHOUWANG_PROCESS": process} if process else {}
    ask = "from django.db import connection as c; k = c.cursor(); k.execute('SHOW statement_timeout'); "
    ask += "print(k.fetchone()[0])"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", ask]
    told = subprocess.run(
        command, cwd=configured.ROOT, env=environment, check=True, capture_output=True, text=True
    )
    assert told.stdout.split() == [longest]


@pytest.mark.django_db
def test_a_statement_that_is_cut_short_is_a_clear_page(client: Client) -> None:
    answer = client.get("/slow/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "This took too long" in page
    assert "nothing was changed" in page
    assert not [word for word in ("Traceback", "pg_sleep", "canceling") if word in page]


@pytest.mark.django_db
def test_a_fragment_that_is_cut_short_is_a_fragment(client: Client) -> None:
    answer = client.get("/slow/", headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert "<html" not in answer.content.decode()


@pytest.mark.django_db
def test_a_program_whose_statement_is_cut_short_reads_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/slow/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["type"]) == (503, "urn:shouwang:problem:not-now")
    assert "pg_sleep" not in str(told)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["gone", "closed"])
def test_a_database_that_is_away_is_said_to_be(client: Client, kind: str) -> None:
    answer = client.get(f"/away/{kind}/")
    assert answer.status_code == 503
    assert "The database does not answer" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


def test_who_waits_for_a_row_that_another_holds_is_told(
    client: Client, own_database: str, django_db_blocker: object
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        make_areas()
        held_now, done = threading.Event(), threading.Event()

        def hold() -> None:
            try:
                with transaction.atomic():
                    Area.objects.select_for_update().get(code=COUNTY)
                    held_now.set()
                    done.wait(10)
            except DatabaseError:
                held_now.set()
            finally:
                connection.close()

        other = threading.Thread(target=hold)
        other.start()
        held_now.wait(10)
        answer = client.get("/held/")
        done.set()
        other.join()
    assert answer.status_code == 503
    assert "Somebody else is at it" in answer.content.decode()
