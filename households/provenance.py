"""Which value of a field goes before which: the newer day, and of one day what somebody checked by hand.

Where a field comes from is read by households.sources; files ask here, in SQL, before they write over anything.
"""

import datetime

from households.models import Revision
from households.sources import Source


def stays(present: Source, kind: str, day: datetime.date) -> bool:
    """Say whether a value that stands in the register stays where a source of a day states another."""
    by_hand = present.kind == Revision.Kind.HAND and kind != Revision.Kind.HAND
    return present.day > day or (present.day == day and by_hand)


def stays_sql(row: str, field: str) -> str:
    """Return the same as a condition of SQL on an alias of the row, for a file of the day `as_of`."""
    source = f"coalesce({row}.field_sources -> '{field}' ->> 0, {row}.source)"
    day = f"coalesce({row}.field_sources -> '{field}' ->> 1, {row}.source_day::text)::date"
    return f"({day} > %(as_of)s OR {day} = %(as_of)s AND {source} = 'hand')"


def row_may_change_sql(row: str) -> str:
    """Return the condition under which no field of a row stays: nothing has a source of its own, and none is newer."""
    return (
        f"{row}.field_sources = '{{}}' AND ({row}.source_day < %(as_of)s "
        f"OR {row}.source_day = %(as_of)s AND {row}.source <> 'hand')"
    )
