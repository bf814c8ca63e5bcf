"""How a process knows that its cache is old: one random mark per table, read in one short query."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from foundation.regulations.models import Revision

VALUES, HOLIDAYS = "values", "holidays"
_NONE = uuid.UUID(int=0)
_reading: ContextVar[dict[str, uuid.UUID] | None] = ContextVar("revision_reading", default=None)


def current(name: str) -> uuid.UUID:
    """Return the mark of the table's present content; inside `one_reading()` all are read once, together."""
    reading = _reading.get()
    if reading is None:
        return _read().get(name, _NONE)
    if name not in reading:
        # What was read before stays, also where a renewed mark is asked for again.
        reading |= {name: _NONE} | _read() | reading
    return reading[name]


def _read() -> dict[str, uuid.UUID]:
    """Ask in a statement that stands ready: every request begins with it, and the table has a row for each kind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, mark FROM regulations_revision")
        return dict(cursor.fetchall())


@contextmanager
def one_reading() -> Iterator[None]:
    """Ask for the marks once for a whole page, job or decision, so that values cannot change inside it.

    Inside another reading, that one stays.
    """
    if _reading.get() is not None:
        yield
        return
    token = _reading.set({})
    try:
        yield
    finally:
        _reading.reset(token)


def hold(name: str) -> None:
    """Let one transaction at a time change the table: the others wait until it ends."""
    Revision.objects.get_or_create(pk=name)
    Revision.objects.select_for_update().get(pk=name)


def renew(name: str) -> None:
    """Say that the table changed; caches of other processes are old as soon as the transaction ends."""
    Revision.objects.update_or_create(pk=name, defaults={"mark": uuid.uuid4()})
    if (reading := _reading.get()) is not None:
        reading.pop(name, None)
