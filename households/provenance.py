"""Where each field of the register comes from and of which day it is, and which value goes before which.

A row's `source` and `source_day` hold for all its fields but those that `field_sources` names
({"phone": ["hand", "2026-10-05"]}). A value of a later day goes before an earlier one; of the same day, what somebody
checked by hand goes before what a file says. The same rule stands in SQL in households/register/merging.py.
"""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from households.models import Revision
from households.models.households import Sourced


class Provenance(NamedTuple):
    """Source and day of one field."""

    source: Revision.Kind
    day: datetime.date

    def goes_before(self, source: Revision.Kind, day: datetime.date) -> bool:
        """Say whether a value of this provenance stays where another one states something else."""
        by_hand = self.source == Revision.Kind.HAND and source != Revision.Kind.HAND
        return self.day > day or (self.day == day and by_hand)


def provenance(row: Sourced, field: str) -> Provenance:
    """Return where a field of a household or a resident comes from."""
    source, day = row.field_sources.get(field, (row.source, row.source_day))
    return Provenance(
        Revision.Kind(source), day if isinstance(day, datetime.date) else datetime.date.fromisoformat(day)
    )


def state(row: Sourced, fields: Iterable[str], source: Revision.Kind, day: datetime.date) -> None:
    """Note on `row`, unsaved, that these of its fields are of this source and day; the others keep theirs."""
    row.field_sources = row.field_sources | {field: [source.value, day.isoformat()] for field in fields}
