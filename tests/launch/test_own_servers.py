"""Servers of your own in place of the embedded ones."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from tests.launch.trial import Trial, await_that

pytestmark = pytest.mark.timeout(300)  # real starts, perhaps on a busy machine

TYPES = "from django.contrib.contenttypes.models import ContentType as C; "
MAKE = TYPES + "C.objects.create(model='theirs')"
COUNT = TYPES + "print(C.objects.filter(model='theirs').count())"


def _at(address: str, database: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


@pytest.fixture
def new_database() -> Iterator[Callable[[], dict[str, str]]]:
    """Makes empty databases on the server of the tests, and gives back the settings that name them."""
    made: list[str] = []

    def execute(statement: str) -> None:
        with closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement)

    def make() -> dict[str, str]:
        name = f"theirs_{os.getpid()}_{len(made)}"
        execute(f"CREATE DATABASE {name}")
        made.append(name)
        return {
            "DATABASE_URL": _at(os.environ["DATABASE_URL"], name),
            "DATABASE_OWNER_URL": _at(os.environ["DATABASE_OWNER_URL"], name),
            "REDIS_URL": os.environ["REDIS_URL"],
        }

    yield make
    for name in made:
        execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_they_are_prepared_used_backed_up_and_restored(
    trial: Trial, new_database: Callable[[], dict[str, str]]
) -> None:
    trial.settings = new_database()
    trial.ask(MAKE)
    assert not (trial.var / "pg18").exists()
    assert not (trial.var / "valkey").exists()
    (trial.folder / "away").mkdir()
    file = trial.folder / "away" / "shouwang.tar"
    assert trial.run("backup", str(file)).returncode == 0
    assert "is not empty" in trial.run("restore", str(file), "--yes").stderr
    trial.settings = new_database()
    restored = trial.run("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert trial.ask(COUNT) == "1"
    reset = trial.run("reset", "--yes")
    assert "yours and was left alone" in reset.stderr
    assert trial.ask(COUNT) == "1"


def test_one_role_for_everything(trial: Trial, new_database: Callable[[], dict[str, str]]) -> None:
    settings = new_database()
    trial.settings = {"DATABASE_URL": settings["DATABASE_OWNER_URL"]}
    done = trial.run("manage", "check", "--database", "default")
    assert done.returncode == 0
    assert "one role for everything" in done.stderr


def test_a_single_process_needs_servers_of_your_own(trial: Trial) -> None:
    assert "set DATABASE_URL and REDIS_URL" in trial.run("only", "web").stderr
    assert "takes one of web, worker and scheduler" in trial.run("only", "everything").stderr


def test_a_single_process(trial: Trial, new_database: Callable[[], dict[str, str]]) -> None:
    trial.settings = new_database()
    assert trial.run("manage", "check").returncode == 0
    process = trial.begin("only", "web")
    assert await_that(trial.answers), trial.said()
    process.terminate()
    assert process.wait(60) == 0
