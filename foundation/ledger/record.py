"""Write an entry: the only way into the ledger.

Format of a body, version 1: one JSON object in canonical form (RFC 8785) with exactly the members listed in
`_body`. Days are `YYYY-MM-DD`, times UTC with microseconds, money and other decimals are strings.
"""

import datetime
import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import rfc8785
from django.db import transaction
from django.utils import timezone
from uuid6 import uuid7

from foundation.ledger.models import Entry, Opening
from foundation.ledger.tracing import current_request
from foundation.tables.copying import insert_many

SCHEMA = 1
#: RFC 8785 knows no larger whole numbers.
_LARGEST_NUMBER = 2**53 - 1
#: Canonical where `_is_simple` says so.
_encoded = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
#: What stands in JSON as it is.
_AS_IT_IS = frozenset({str, int, bool, float, type(None)})
COMMITMENT_PREFIX = b"\x02"  # neither a leaf (0x00) nor a node (0x01) of the later Merkle tree


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the ledger knows people: a pseudonym, and the role and area they act in."""

    ref: str
    role: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act to record.

    `happened_on` is the day it happened, `entered_on` the business day it was entered. `details` must hold
    no personal data; what is personal goes into `personal` and is only committed to. `area` defaults to the
    actor's. `before`/`after` are versions or states of the object.
    """

    verb: str
    object_type: str
    object_id: str
    happened_on: datetime.date
    entered_on: datetime.date
    area: str | None = None
    before: str | int | None = None
    after: str | int | None = None
    basis: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] = field(default_factory=dict)


def record(act: Act, *, by: Actor) -> Entry:
    """Write one entry in the caller's transaction; failing to write it fails the act itself."""
    return record_many([act], by=by)[0]


def record_many(acts: Iterable[Act], *, by: Actor) -> list[Entry]:
    """Write entries for several acts of one actor, in a few statements whatever their number.

    In the caller's transaction without a point of return of their own: where they fail, so does the act.
    """
    entries: list[Entry] = []
    openings: list[Opening] = []
    now = timezone.now()
    for act in acts:
        entry, opening = _written(act, by, now)
        entries.append(entry)
        if opening is not None:
            openings.append(opening)
    with transaction.atomic(savepoint=False):
        insert_many(entries)
        for opening in openings:
            opening.entry_id = opening.entry.pk
        insert_many(openings)
    return entries


def commitment(content: bytes, salt: bytes) -> str:
    """Return the hex commitment to personal `content` under `salt` (ledger.md 1.9)."""
    return hashlib.sha256(COMMITMENT_PREFIX + salt + content).hexdigest()


def canonical(value: Any) -> bytes:
    """Return the canonical JSON bytes of a value built from mappings, lists, words, numbers and dates.

    Of words and small whole numbers under ASCII names Python's own JSON is that of RFC 8785 (a test holds the two
    against each other), at a tenth of its cost.
    """
    plain = _plain(value)
    if _is_simple(plain):
        return _encoded(plain).encode()
    return rfc8785.dumps(plain)


def _is_simple(plain: Any) -> bool:
    """Say whether a reduced value has neither fractions nor large numbers nor names outside ASCII."""
    match plain:
        case str() | None | bool():
            return True
        case int():
            return abs(plain) <= _LARGEST_NUMBER
        case dict():
            return all(map(str.isascii, plain)) and all(map(_is_simple, plain.values()))
        case list():
            return all(map(_is_simple, plain))
    return False


def read_body(entry: Entry) -> dict[str, Any]:
    """Return the members of an entry's body; the stored bytes stay what counts."""
    members: dict[str, Any] = json.loads(bytes(entry.body))
    return members


def _written(act: Act, by: Actor, now: datetime.datetime) -> tuple[Entry, Opening | None]:
    """Build the rows of one act without saving them."""
    entry_id = uuid7()
    salt = content = None
    if act.personal:
        salt, content = secrets.token_bytes(32), canonical(act.personal)
    area = by.area if act.area is None else act.area
    body = _body(act, by, area, entry_id, now)
    if salt is not None and content is not None:
        body["commitment"] = commitment(content, salt)
    entry = Entry(
        uuid=entry_id,
        recorded_at=now,
        happened_on=act.happened_on,
        entered_on=act.entered_on,
        actor=by.ref,
        role=by.role,
        area=area,
        verb=act.verb,
        object_type=act.object_type,
        object_id=act.object_id,
        body=canonical(body),
    )
    opening = Opening(entry=entry, salt=salt, content=content) if salt is not None else None
    return entry, opening


def _body(act: Act, by: Actor, area: str, entry_id: uuid.UUID, now: datetime.datetime) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "id": str(entry_id),
        "time": now,
        "happened_on": act.happened_on,
        "entered_on": act.entered_on,
        "actor": by.ref,
        "role": by.role,
        "area": area,
        "verb": act.verb,
        "object": {"type": act.object_type, "id": act.object_id},
        "before": act.before,
        "after": act.after,
        "basis": act.basis,
        "request": current_request.get(),
        "details": dict(act.details),
        "commitment": None,
    }


def _plain(value: Any) -> Any:
    """Reduce dates, decimals and ids to words, so that canonical JSON can carry them exactly."""
    if type(value) in _AS_IT_IS:
        return value
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        case datetime.date() | Decimal() | uuid.UUID():
            return str(value)
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(item) for item in (sorted(value) if isinstance(value, set | frozenset) else value)]
        case _:
            return str(value)  # lazy translations and the like
