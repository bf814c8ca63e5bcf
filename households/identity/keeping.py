"""Keep numbers and find them again, set-wise: the only writer of households.models.Identity.

A number that is new is sealed under the vault's current key, bound to its subject, and indexed under the key (both
keys while the index changes to another: rotation.py). Two processes that keep the same number get the same subject:
the second waits for the first's transaction and reads what it wrote.
"""

import io
import secrets
import struct
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from foundation.vault import keys, sealing
from households.identity.index import TAIL, IndexKey, index_key
from households.models import IdentityKeys

AT_ONCE = 200_000
_LINES_AT_ONCE = 20_000
_EIGHT_BYTES = struct.Struct(">Q")
#: Number → subject.
Found = dict[str, uuid.UUID]
#: Token under the key that is looked up → number.
Tokens = dict[str, str]


@dataclass(frozen=True, slots=True)
class ActiveKeys:
    """The index keys by column, and which column is looked up."""

    active: str
    keys: Mapping[str, IndexKey]

    @property
    def looked_up(self) -> IndexKey:
        """The key of the column that is looked up."""
        return self.keys[self.active]


def keep(kind: str, numbers: Iterable[str]) -> Found:
    """Return the subject of every number, making those that are not known yet; in the caller's transaction.

    `numbers` are in their normal form (numbers.py), of one kind (Identity.Kind). One call for everything of a
    transaction is best: rows are written in the order of their tokens, so that two calls never wait for each other.
    Of two transactions with several calls each, PostgreSQL may have to end one, which a job then does again.
    """
    with transaction.atomic():
        held = keys_held()
        tokens = _tokens(kind, numbers, held)
        found = _look_up(tokens, held)
        return found | keep_new(
            kind, {t: number for t, number in tokens.items() if number not in found}, held
        )


def keep_new(kind: str, tokens: Tokens, held: ActiveKeys) -> Found:
    """Keep numbers of one kind that were looked up and are not there, by their tokens; returns their subjects.

    `held` is what keys_held returned in this transaction. What somebody else has kept meanwhile keeps its subject.
    Numbers that come one after another lie together: that is how whoever joins them afterwards reads them.
    """
    return _insert(kind, tokens, held) if tokens else {}


def find(kind: str, numbers: Iterable[str]) -> Found:
    """Return the subjects of those numbers that are known; writes nothing."""
    held = keys_in_use()
    return {} if held is None else _look_up(_tokens(kind, numbers, held), held)


def subject_of(kind: str, number: str) -> uuid.UUID | None:
    """Return the subject of one number, or None where nobody has brought it yet."""
    return find(kind, [number]).get(number)


def keys_held() -> ActiveKeys:
    """Return the keys of the index, and let nobody change them until this transaction ends.

    The first call of an installation names the vault's current key.
    """
    IdentityKeys.objects.bulk_create([IdentityKeys(key_a=keys.current().id.hex())], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT active, key_a, key_b FROM households_identitykeys WHERE id = 1 FOR SHARE")
        return _read(*cursor.fetchone())


def keys_in_use() -> ActiveKeys | None:
    """Return the keys of the index, or None where no number was ever kept."""
    row = IdentityKeys.objects.values_list("active", "key_a", "key_b").first()
    return None if row is None else _read(*row)


def opened(subject: uuid.UUID, sealed: bytes | memoryview) -> str:
    """Return the number that was sealed for a subject; DoesNotOpen where it is another's or was altered."""
    return sealing.open_sealed(bytes(sealed), context(subject)).decode()


def context(subject: uuid.UUID) -> bytes:
    """Return what a number is bound to when it is sealed: its row."""
    return b"identity:" + subject.bytes


def _read(active: str, key_a: str, key_b: str) -> ActiveKeys:
    named = {column: key for column, key in (("a", key_a), ("b", key_b)) if key}
    return ActiveKeys(active, {column: index_key(key) for column, key in named.items()})


def _tokens(kind: str, numbers: Iterable[str], held: ActiveKeys) -> Tokens:
    token = held.looked_up.token
    return {token(kind, number): number for number in numbers}


def _look_up(tokens: Tokens, held: ActiveKeys) -> Found:
    """Return the subjects of the tokens that are there."""
    found: Found = {}
    statement = f"""SELECT place, subject FROM unnest(%s::uuid[]) WITH ORDINALITY AS wanted (token, place)
        JOIN households_identity ON token_{held.active} = token"""  # noqa: S608  (a or b)
    with connection.cursor() as cursor:
        for part in _parts(list(tokens)):
            cursor.execute(statement, [part])
            found |= {tokens[part[place - 1]]: subject for place, subject in cursor.fetchall()}
    return found


def _insert(kind: str, wanted: Tokens, held: ActiveKeys) -> Found:
    """Write new rows in the order of their tokens; what somebody else wrote meanwhile is read."""
    made = dict(zip(wanted.values(), _subjects(len(wanted)), strict=True))
    columns = [
        "subject",
        "kind",
        "sealed",
        *(f"{name}_{key}" for key in held.keys for name in ("token", "tail")),
    ]
    lines = _lines(kind, wanted, made, held)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE IF NOT EXISTS identity_arriving (LIKE households_identity) ON COMMIT DROP"
        )
        while some := "".join(islice(lines, _LINES_AT_ONCE)):
            cursor.copy_expert(f"COPY identity_arriving ({', '.join(columns)}) FROM STDIN", io.StringIO(some))
        cursor.execute(
            f"""INSERT INTO households_identity SELECT * FROM identity_arriving ORDER BY token_{held.active}
            ON CONFLICT DO NOTHING"""  # noqa: S608  (a or b)
        )
        written = cursor.rowcount
        cursor.execute("TRUNCATE identity_arriving")
    return made if written == len(made) else _look_up(wanted, held)


def _subjects(count: int) -> Iterator[uuid.UUID]:
    """Yield new subjects: UUIDs of version 7, each later than the one before, with 62 bits of chance.

    They say when and in which order numbers came, never which. PERF: what comes together lies together in every index
    by subject; wholly random ones have a file of a million people touch each page of these indexes again and again.
    """
    tick, chance = (time.time_ns() // 1_000_000) << 12, secrets.token_bytes(8 * count)
    for place in range(count):
        moment, fine = divmod(tick + place, 1 << 12)
        (bits,) = _EIGHT_BYTES.unpack_from(chance, 8 * place)
        yield uuid.UUID(int=moment << 80 | 7 << 76 | fine << 64 | 2 << 62 | bits >> 2)


def _lines(kind: str, wanted: Tokens, made: Found, held: ActiveKeys) -> Iterator[str]:
    """Yield a line of COPY for each number. The tokens under the looked-up key are known already."""
    seal = sealing.sealer()
    tails: dict[tuple[str, str], int] = {}
    for known, number in wanted.items():
        subject = made[number]
        cells = [subject.hex, kind, "\\\\x" + seal(number.encode(), context(subject)).hex()]
        for column, key in held.keys.items():
            end = (column, number[-TAIL:])
            if end not in tails:
                tails[end] = key.tail(kind, number)
            cells += [known if column == held.active else key.token(kind, number), str(tails[end])]
        yield "\t".join(cells) + "\n"


def _parts(tokens: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(tokens), AT_ONCE):
        yield tokens[start : start + AT_ONCE]
