"""Whether this process could serve a request now: the parts it needs, each asked as cheaply as it can be."""

import os
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from foundation.vault import keys

#: Seconds to wait for the broker: a watcher asks every few seconds.
_PATIENCE = 2


def missing() -> list[str]:
    """Return the names of the parts that do not answer, in a fixed order; empty where all do."""
    return [name for name, answers in _PARTS.items() if not _asked(answers)]


def parts() -> tuple[str, ...]:
    """Return the names of everything that is asked, in the same order."""
    return tuple(_PARTS)


def _asked(answers: Callable[[], bool]) -> bool:
    try:
        return answers()
    except Exception:  # whatever is wrong with a part: it does not answer
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations() -> bool:
    """Say whether the tables are those of this version; what was once right stays so as long as the process lives."""
    if not _right:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            _right.add("migrations")
    return bool(_right)


def _broker() -> bool:
    own = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=_PATIENCE, socket_timeout=_PATIENCE)
    try:
        return bool(own.ping())
    finally:
        own.close()


def _keys() -> bool:
    return bool(keys.current().id)


def _files() -> bool:
    return settings.FILES_STORE != "" or os.access(settings.VAR, os.W_OK)


_right: set[str] = set()
_PARTS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
    "keys": _keys,
    "files": _files,
}
