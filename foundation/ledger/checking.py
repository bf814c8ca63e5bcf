"""Is the record still guarded, and does what stands in it say what was written? Asked at night, and by watchers.

What this cannot see: an entry whose bytes and columns were changed together by somebody who took the guard off and put
it back, or an entry that was removed so. That is for the transparency log, which is still to come.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import connection

from foundation.ledger.models import Entry
from foundation.ledger.record import canonical, read_body

#: Triggers that refuse changes to the record (foundation/ledger/sql/append_only.sql), by what each refuses.
GUARDS = {"change": "ledger_entry_append_only", "emptying": "ledger_entry_no_truncate"}
#: How PostgreSQL writes that a trigger fires always, for replicas too.
_ALWAYS = "A"
_AT_A_TIME = 2000


def guards() -> dict[str, bool]:
    """Return by what it refuses whether each guard of the record stands and is switched on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [Entry._meta.db_table],
        )
        found = dict(cursor.fetchall())
    return {refused: found.get(name) == _ALWAYS for refused, name in GUARDS.items()}


def spoiled(since: datetime.datetime) -> Iterator[int]:
    """Yield the keys of entries recorded from `since` on that do not say what their columns say, or not as written."""
    rows = Entry.objects.filter(recorded_at__gte=since).order_by("pk")
    for entry in rows.iterator(chunk_size=_AT_A_TIME):
        if not _is_sound(entry):
            yield entry.pk


def _is_sound(entry: Entry) -> bool:
    try:
        body = read_body(entry)
        named = {name: body[name] for name in ("id", "time", "actor", "role", "area", "verb", "object")}
        named |= {name: body[name] for name in ("happened_on", "entered_on")}
        return canonical(named) == canonical(_columns(entry)) and canonical(body) == bytes(entry.body)
    except (ValueError, KeyError, TypeError):
        return False


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.uuid,
        "time": entry.recorded_at,
        "happened_on": entry.happened_on,
        "entered_on": entry.entered_on,
        "actor": entry.actor,
        "role": entry.role,
        "area": entry.area,
        "verb": entry.verb,
        "object": {"type": entry.object_type, "id": entry.object_id},
    }
