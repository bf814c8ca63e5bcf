"""What somebody tells of a visit, and the one form of it that its digest stands for."""

import datetime
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from foundation.accounts.models import User
from foundation.ledger.record import canonical
from households.models import Resident, Visit
from households.visits.book import USUAL


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visit was: degrees (WGS 84, as devices tell it), and how exact that is, in metres."""

    latitude: float
    longitude: float
    accuracy: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One visit as it is told. `happened_on` None is today.

    `visitors` are members of staff (empty: whoever tells it); `met` are members of the household, `others` says who
    else was there. `place` None needs `no_place`, except where the way says it. `reason` is why it is entered late.
    """

    way: str
    outcome: str = Visit.Outcome.MET
    happened_on: datetime.date | None = None
    at: datetime.time | None = None
    questionnaire: str = USUAL
    answers: Mapping[str, Any] = field(default_factory=dict)
    way_reason: str = ""
    visitors: Sequence[User] = ()
    met: Sequence[Resident] = ()
    others: str = ""
    place: Place | None = None
    no_place: str = ""
    note: str = ""
    reason: str = ""


def body_of(
    visit: Visit, *, visitors: Iterable[int] | None = None, met: Iterable[int] | None = None
) -> dict[str, Any]:
    """Return everything that a visit says, as plain values.

    Who took part is read from the database, two queries, unless the keys of users and residents are given.
    """
    if visitors is None:
        visitors = visit.visitors.values_list("pk", flat=True)
    if met is None:
        met = visit.met.values_list("pk", flat=True)
    return {
        "household": visit.household_id,
        "key": str(UUID(str(visit.key))),
        "happened_on": visit.happened_on.isoformat(),
        "at": visit.at.isoformat("minutes") if visit.at else "",
        "entered_by": visit.entered_by_id,
        "way": visit.way,
        "way_reason": visit.way_reason,
        "outcome": visit.outcome,
        "visitors": sorted(visitors),
        "met": sorted(met),
        "others": visit.others,
        "place": None if visit.latitude is None else [visit.latitude, visit.longitude, visit.accuracy],
        "no_place": visit.no_place,
        "questionnaire": str(visit.questionnaire),
        "answers": visit.answers,
        "known": visit.known,
        "note": visit.note,
    }


def document_of(visit: Visit) -> bytes:
    """Return the exact bytes that a visit stands for: what is signed, and what its digest is worked out over."""
    return canonical(body_of(visit))


def digest_of(visit: Visit) -> str:
    """Return the SHA-256 of what a visit says now; where it differs from what is kept, something was changed."""
    return hashlib.sha256(document_of(visit)).hexdigest()
