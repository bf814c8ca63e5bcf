"""Databases, areas and people of the tests.

The database is migrated once, as its owner, into a template. A test that stays in one transaction (`db`) works
on this process's copy; a test that commits asks for `own_database` and gets a fresh clone, because the ledger
refuses to be flushed. Either way the test connects as the app role, as the product does.
"""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import hypothesis
import psycopg2
import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, connections
from django.test import override_settings
from django.utils import translation
from psycopg2.errors import ObjectInUse
from pytest_django.plugin import DjangoDbBlocker

from foundation.accounts.demo.loading import Printed, load_demo
from foundation.accounts.models import Area, User
from tests.databases import (
    RUN,
    as_owner,
    clone,
    execute,
    filled_once,
    has_grown,
    make_template,
    own_clone,
    point_django_at,
    template_name,
)
from tests.demonstration import folders_of_the_demonstration, load_small_demonstration
from tests.households.quality.made import plant_doubts
from tests.once import once, shared_folder
from tests.people import PASSWORD, make_areas, make_people


def pytest_configure() -> None:
    """Name the run once, in the first process; the processes of pytest-xdist inherit the name."""
    hypothesis.settings.register_profile("never timed", deadline=None)
    hypothesis.settings.load_profile("never timed")
    os.environ.setdefault(RUN, str(os.getpid()))


def pytest_unconfigure() -> None:
    """Remove the template when the process that named the run ends."""
    if os.environ.get(RUN) == str(os.getpid()):
        execute("DROP DATABASE IF EXISTS {}", template_name())


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[None]:
    """Make the template (first process only) and this process's copy of it; remove them at the end."""
    with django_db_blocker.unblock():
        once(shared_folder(tmp_path_factory.getbasetemp()) / "template_made", make_template)
        mine = f"{template_name()}_{worker_id}"
        clone(mine)
        point_django_at(mine)
    yield
    with django_db_blocker.unblock():
        connection.close()
        gc.collect()  # a connection of a thread that has ended is closed when it is collected
        execute("DROP DATABASE IF EXISTS {}", mine)


@pytest.fixture(scope="module", autouse=True)
def _database_without_remains(django_db_blocker: DjangoDbBlocker) -> None:
    """Copy the template anew once the rows that tests rolled back have piled up.

    They are dead, but every scan goes past them: in the second half of a run everything takes several times as long.
    """
    mine = connections["default"].settings_dict["NAME"]
    if not mine.startswith(template_name()):  # no test has asked for a database yet
        return
    with django_db_blocker.unblock():
        if has_grown(mine):
            connection.close()
            gc.collect()
            with suppress(ObjectInUse):  # somebody of the last module is still there: another time
                clone(mine)


@pytest.fixture
def own_database(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Give the test a database of its own in which it may commit; returns its name."""
    with own_clone(request.node.nodeid, django_db_blocker) as name:
        yield name


@pytest.fixture(scope="module")
def database_of_the_module(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Give the tests of a module a database in which fixtures of the module may commit; returns its name."""
    with own_clone(request.node.nodeid, django_db_blocker) as name:
        yield name


@pytest.fixture(scope="session")
def served_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database for the servers that tests start: everybody of tests/people.py, and doubtful households.

    Returns its name.
    """
    before = connections["default"].settings_dict["NAME"]
    name = f"{before}_served"
    with django_db_blocker.unblock():
        connection.close()
        clone(name)
        point_django_at(name)
        make_people(make_areas())
        User.objects.update(password=make_password(PASSWORD))
        plant_doubts()
        connection.close()
        point_django_at(before)
    yield name
    execute("DROP DATABASE IF EXISTS {}", name)


@pytest.fixture(autouse=True)
def _pinned_day() -> Iterator[None]:
    """Every test lives on the demo's day unless it moves the clock itself."""
    with override_settings(SHOUWANG_TODAY="2026-11-04"):
        yield


@pytest.fixture(autouse=True)
def _default_language() -> None:
    """Every test begins in the platform's own language, whatever the one before it last asked a page for."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _static_files_as_they_lie() -> Iterator[None]:
    """Pages name static files without the manifest that only `collectstatic` writes."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture(scope="session")
def _folder_of_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def _files_of_the_tests(_folder_of_files: Path) -> Iterator[None]:
    """Keys and files of the tests never lie with those of the installation they run beside."""
    names = {"KEYS_DIR": "keys", "FILES_INCOMING": "incoming", "FILES_FOLDER": "kept", "FILES_FONTS": "fonts"}
    places = {setting: _folder_of_files / name for setting, name in names.items()}
    with override_settings(**places, FILES_STORE=""):
        yield


@pytest.fixture
def areas(db: None) -> dict[str, Area]:
    """The two counties of tests/people.py, by code."""
    return make_areas()


@pytest.fixture
def people(areas: dict[str, Area]) -> dict[str, User]:
    """Everybody of tests/people.py, by login name."""
    return make_people(areas)


@pytest.fixture(scope="session")
def staffed_demonstration(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, list[Printed]]]:
    """The areas and staff of the demonstration, loaded once: the name of the database, and the accounts as printed."""
    with filled_once(
        "staffed", lambda: load_demo(by=User.objects.built_in("shell")), django_db_blocker
    ) as made:
        yield made


@pytest.fixture(scope="module")
def demonstration(
    request: pytest.FixtureRequest,
    staffed_demonstration: tuple[str, list[Printed]],
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[list[Printed]]:
    """The demonstration's areas and staff, in a database of the module; its accounts as printed."""
    name, accounts = staffed_demonstration
    with own_clone(request.node.nodeid, django_db_blocker, name):
        yield accounts


@pytest.fixture(scope="session")
def _loaded_demonstration(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, _folder_of_files: Path
) -> Iterator[tuple[str, dict[str, int]]]:
    """A small demonstration with its register and all its days, loaded once; modules clone its database.

    Gives the name of the database, and what the loading answered.
    """
    with (
        folders_of_the_demonstration(_folder_of_files),
        filled_once("demonstration", load_small_demonstration, django_db_blocker) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def played(
    request: pytest.FixtureRequest,
    _loaded_demonstration: tuple[str, dict[str, int]],
    django_db_blocker: DjangoDbBlocker,
    _folder_of_files: Path,
) -> Iterator[dict[str, int]]:
    """The demonstration played to its day, in a database of the module; what the loading answered."""
    name, answer = _loaded_demonstration
    with (
        folders_of_the_demonstration(_folder_of_files),
        own_clone(request.node.nodeid, django_db_blocker, name),
    ):
        yield answer


@pytest.fixture
def demo_day(played: dict[str, int], db: None, settings: pytest.FixtureRequest) -> None:
    """The demonstration's own day counts, not the one of the tests."""
    settings.SHOUWANG_TODAY = None


@pytest.fixture
def owner_connection() -> Iterator[Callable[[str], psycopg2.extensions.connection]]:
    """Open connections as the owner of a database, past the app role's limits; closed after the test."""
    opened: list[psycopg2.extensions.connection] = []

    def connect(database: str) -> psycopg2.extensions.connection:
        opened.append(as_owner(database))
        return opened[-1]

    yield connect
    for each in opened:
        each.close()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name raw bytes by the argument alone: an archive holds the time, and even its length differs by process."""
    return f"{argname}-bytes" if isinstance(val, bytes) else None
