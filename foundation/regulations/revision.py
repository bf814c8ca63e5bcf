"""How a process knows that its cache is old: one random mark per table, read in one short query."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from foundation.regulations.models import Revision

VALUES, HOLIDAYS = "values", "holidays"
_reading: ContextVar[dict[str, uuid.UUID] | None] = ContextVar("revision_reading", default=None)


def current(name: str) -> uuid.UUID:
    """Return the mark of the table's present content; inside `one_reading()` it is read once."""
    reading = _reading.get()
    if reading is not None and name in reading:
        return reading[name]
    mark = Revision.objects.filter(pk=name).values_list("mark", flat=True).first() or uuid.UUID(int=0)
    if reading is not None:
        reading[name] = mark
    return mark


@contextmanager
def one_reading() -> Iterator[None]:
    """Ask for each mark once for a whole page, job or decision, so that values cannot change inside it."""
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
