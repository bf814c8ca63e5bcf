"""What was done when a person was erased: read back from the entry in the record of acts."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from foundation.accounts.models import User
from foundation.desk.record import ReadEntry, read_entry
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from households.identity.erasure import ERASED, Ground
from households.models import Resident
from households.openings import MEMBER, names_known


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure as its page tells it.

    `who` is empty where the reader may not know the person. `counts` are those of the whole act (rows, versions,
    openings), empty where this row was emptied along with the one at which it was asked for.
    """

    on: datetime.date
    who: str
    ground: Promise | str
    counts: dict[str, int]
    phone: bool
    read: ReadEntry


def erasure_of(resident: Resident, reader: User) -> Erasure | None:
    """Return how a resident was erased; None where the record says nothing of it."""
    entry = Entry.objects.filter(verb=ERASED, object_type=MEMBER, object_id=str(resident.pk)).first()
    if entry is None:
        return None
    details: dict[str, Any] = read_body(entry)["details"]
    number = int(entry.actor.rpartition(":")[2])
    return Erasure(
        on=entry.happened_on,
        who=names_known([number], reader).get(number, ""),
        ground=Ground(details["ground"]).label,
        counts={name: details[name] for name in ("rows", "versions", "openings") if name in details},
        phone=bool(details.get("phone")),
        read=read_entry(entry),
    )
