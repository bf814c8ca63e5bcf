"""Databases of the tests: a migrated template, made once by the owner of the database, and clones of it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import dj_database_url
import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg2 import sql
from pytest_django.plugin import DjangoDbBlocker

from foundation.regulations import lookup

T = TypeVar("T")
RUN = "SHOUWANG_TEST_RUN"


def as_owner(database: str | None = None) -> psycopg2.extensions.connection:
    """Connect as the owner, outside Django."""
    parts = dj_database_url.parse(os.environ["DATABASE_OWNER_URL"])
    made = psycopg2.connect(
        dbname=database or parts["NAME"],
        user=parts["USER"],
        password=parts["PASSWORD"] or None,
        host=parts["HOST"] or None,
        port=parts["PORT"] or None,
    )
    made.autocommit = True
    return made


def execute(statement: str, *names: str) -> None:
    """Run one statement as the owner; `names` stand for its brackets."""
    owner = as_owner()
    try:
        owner.cursor().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    finally:
        owner.close()


def point_django_at(database: str) -> None:
    """Let Django's connection lead to another database from now on, of which the process knows nothing yet."""
    lookup._kept = None
    connection.close()
    settings.DATABASES["default"]["NAME"] = database
    connections["default"].settings_dict["NAME"] = database


def clone(name: str, template: str = "") -> None:
    """Make a database as a copy of the migrated template, or of another database."""
    execute("DROP DATABASE IF EXISTS {}", name)
    execute("CREATE DATABASE {} TEMPLATE {}", name, template or template_name())


@contextmanager
def own_clone(of: str, blocker: DjangoDbBlocker, template: str = "") -> Iterator[str]:
    """Let Django look at a fresh copy of the template, or of another database, for `of` alone; yields its name."""
    before = connections["default"].settings_dict["NAME"]
    name = f"{before}_{abs(hash(of)) % 10**8}"
    with blocker.unblock():
        connection.close()
        clone(name, template)
        point_django_at(name)
        try:
            yield name
        finally:
            connection.close()
            point_django_at(before)
            execute("DROP DATABASE IF EXISTS {}", name)


@contextmanager
def filled_once(
    kind: str, fill: Callable[[], T], blocker: DjangoDbBlocker, template: str = ""
) -> Iterator[tuple[str, T]]:
    """Fill a database that modules of a session clone; yields its name, and what the filling answered."""
    before = connections["default"].settings_dict["NAME"]
    name = f"{before}_{kind}"
    with blocker.unblock():
        connection.close()
        clone(name, template)
        point_django_at(name)
        answer = fill()
        connection.close()
        point_django_at(before)
    yield name, answer
    execute("DROP DATABASE IF EXISTS {}", name)


#: So many bytes of remains are a few thousand rows: enough to be felt, and seldom reached.
_REMAINS = 3 * 2**20


def has_grown(name: str) -> bool:
    """Say whether a clone of the migrated template has become much larger than it."""
    owner = as_owner()
    try:
        cursor = owner.cursor()
        cursor.execute("SELECT pg_database_size(%s) - pg_database_size(%s)", [name, template_name()])
        return bool(cursor.fetchone()[0] > _REMAINS)
    finally:
        owner.close()


def template_name() -> str:
    """Name of this run's migrated template; runs side by side on one server do not meet."""
    return f"shouwang_template_{os.environ[RUN]}"


#: Tests fill tables in transactions that are never committed: to autovacuum they look empty, and whatever is planned
#: after it has counted them takes minutes. Clones inherit it.
_COUNTED_BY_NOBODY = """
    DO $$ DECLARE name regclass; BEGIN
        FOR name IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
            EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', name);
        END LOOP;
    END $$
"""


def make_template() -> None:
    """Migrate a new database as the owner and grant the app role its rights."""
    name = template_name()
    execute("CREATE DATABASE {}", name)
    database = connections["default"].settings_dict
    app_user = database["USER"]
    owner_user = dj_database_url.parse(os.environ["DATABASE_OWNER_URL"])["USER"]
    point_django_at(name)
    database["USER"] = owner_user
    os.environ["SHOUWANG_APP_ROLE"] = app_user
    try:
        call_command("prepare_database", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute(_COUNTED_BY_NOBODY)
    finally:
        connection.close()
        database["USER"] = app_user
