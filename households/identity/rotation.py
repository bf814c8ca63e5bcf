"""Change the key of the index, and seal every number under the vault's current key, while people work.

    begin    the free column gets the vault's current key; whatever is kept from here on stands under both
    rewrite  every older row, some at a time: its token and tail under the new key, its number sealed anew
    switch   nothing is missing, so the new column is the one that is looked up
    empty    the tokens of the old key go, some at a time

Each step waits until nobody holds the keys for writing (keeping.keys_held), so no row can slip through between two
of them. The old key stays in the vault: older backups need it, and what else it sealed.
"""

import uuid
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Busy, Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from foundation.vault import keys, sealing
from foundation.vault.keys import UnknownKey
from foundation.vault.sealing import DoesNotOpen
from households.identity import keeping
from households.identity.index import IndexKey, index_key
from households.models import IdentityKeys

RIGHT = Right.MANAGE_ACCOUNTS
AT_ONCE = 2_000
_OTHER = {"a": "b", "b": "a"}


class Done(NamedTuple):
    """What one step did: the last subject it looked at (None: there was none left), rows, and how many do not open."""

    after: uuid.UUID | None
    rows: int = 0
    unreadable: int = 0


@transaction.atomic
def begin(*, by: User) -> str:
    """Begin to change to the vault's current key, or go on with a change that has begun; returns the new column."""
    actor = by.authority(RIGHT, "")
    row = _locked()
    column = _OTHER[row.active]
    if _key(row, column):
        return column
    current = keys.current().id.hex()
    if _key(row, row.active) == current:
        raise Refused(_("The index already uses the current key: ask for a new key first."))
    if _holds_tokens(column):
        raise Refused(_("The index of the former key is still being emptied: wait until that has ended."))
    IdentityKeys.objects.update(**{f"key_{column}": current})
    _note("identity.rotation_begun", column, current, actor)
    return column


def rewrite(column: str, after: uuid.UUID, until: uuid.UUID) -> Done:
    """Write the next rows after a subject, up to and including `until`, under the new key; in the caller's transaction.

    Rows that no key of this installation opens stay as they are and are counted.
    """
    key = _new_key(column)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT subject, kind, sealed FROM households_identity WHERE subject > %s AND subject <= %s
            ORDER BY subject LIMIT %s""",
            [after, until, AT_ONCE],
        )
        found = cursor.fetchall()
        if not found:
            return Done(None)
        anew = [row for each in found if (row := _anew(key, *each))]
        _write(column, anew)
    return Done(found[-1][0], len(found), len(found) - len(anew))


@transaction.atomic
def switch(column: str, *, by: User) -> None:
    """Look up the new column from now on. Refused while rows are missing there; Busy while somebody keeps numbers."""
    row = _locked()
    if row.active == column:
        return
    actor = by.authority(RIGHT, "")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM households_identity WHERE token_{column} IS NULL")  # noqa: S608  (a, b)
        (missing,) = cursor.fetchone()
        if missing:
            raise Refused(
                _(
                    "%(count)d numbers do not open with any key of this installation, so the old index stays: "
                    "bring back the missing key, then ask again."
                )
                % {"count": missing}
            )
        _copy_tails(cursor, column, f"tail.tail_{column} IS NULL")
    IdentityKeys.objects.update(active=column, **{f"key_{_OTHER[column]}": ""})
    _note("identity.rotated", column, _key(row, column), actor)


def empty(column: str, after: uuid.UUID, until: uuid.UUID) -> Done:
    """Take the tokens of the former key out of the next rows; in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject FROM households_identity WHERE subject > %s AND subject <= %s ORDER BY subject LIMIT %s",
            [after, until, AT_ONCE],
        )
        found = [subject for (subject,) in cursor.fetchall()]
        if not found:
            return Done(None)
        cursor.execute(
            f"UPDATE households_identity SET token_{column} = NULL, tail_{column} = NULL WHERE subject = ANY(%s)",  # noqa: S608  (a or b)
            [found],
        )
        _copy_tails(cursor, column, f"tail.resident_id IN ({_RESIDENTS})", {"subjects": found})
    return Done(found[-1], len(found))


def under_way() -> bool:
    """Say whether a change has begun and not been switched to."""
    return IdentityKeys.objects.exclude(key_a="").exclude(key_b="").exists()


def left_over() -> str | None:
    """Return a column that holds tokens of a key that is no longer named, or None: its emptying was interrupted."""
    row = IdentityKeys.objects.first()
    column = _OTHER[row.active] if row else ""
    return column if row and not _key(row, column) and _holds_tokens(column) else None


def former(column: str) -> str:
    """Return the other column of the two."""
    return _OTHER[column]


#: Residents of some subjects, by the two partial indexes that know them.
_RESIDENTS = """SELECT id FROM households_resident WHERE subject = ANY(%(subjects)s) AND left_on IS NULL
    UNION ALL SELECT id FROM households_resident WHERE subject = ANY(%(subjects)s) AND left_on IS NOT NULL"""


def _write(column: str, anew: list[tuple[uuid.UUID, str, int, bytes]]) -> None:
    subjects, tokens, tails, sealed = (
        (list(cells) for cells in zip(*anew, strict=True)) if anew else ([], [], [], [])
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE households_identity AS kept
            SET token_{column} = anew.token, tail_{column} = anew.tail, sealed = anew.sealed
            FROM unnest(%s::uuid[], %s::uuid[], %s::bigint[], %s::bytea[]) AS anew (subject, token, tail, sealed)
            WHERE kept.subject = anew.subject""",  # noqa: S608  (a or b)
            [subjects, tokens, tails, sealed],
        )
        _copy_tails(cursor, column, f"tail.resident_id IN ({_RESIDENTS})", {"subjects": subjects})


def _copy_tails(cursor: Any, column: str, which: str, values: dict[str, object] | None = None) -> None:
    """Bring the tails that stand by township to what stands with the identities."""
    cursor.execute(
        f"""UPDATE households_tail AS tail SET tail_{column} = kept.tail_{column}
        FROM households_resident AS resident JOIN households_identity AS kept USING (subject)
        WHERE resident.id = tail.resident_id AND {which}""",  # noqa: S608  (a or b, and conditions of this module)
        values or {},
    )


def _anew(
    key: IndexKey, subject: uuid.UUID, kind: str, sealed: memoryview
) -> tuple[uuid.UUID, str, int, bytes] | None:
    """Return subject, token, tail and the number sealed anew; None where it does not open."""
    context = keeping.context(subject)
    try:
        number = keeping.opened(subject, sealed)
        again = sealing.reseal(bytes(sealed), context)
    except (DoesNotOpen, UnknownKey):
        return None
    return subject, key.token(kind, number), key.tail(kind, number), again


def _locked() -> IdentityKeys:
    """Return the keys, held alone; Busy where somebody writes numbers for longer than one waits."""
    keeping.keys_held()
    try:
        with transaction.atomic():
            return IdentityKeys.objects.select_for_update().get()
    except OperationalError:
        raise Busy(_("Numbers are being kept at this moment: it is tried again shortly.")) from None


def _new_key(column: str) -> IndexKey:
    return index_key(_key(IdentityKeys.objects.get(), column))


def _key(row: IdentityKeys, column: str) -> str:
    return row.key_a if column == "a" else row.key_b


def _holds_tokens(column: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM households_identity WHERE token_{column} IS NOT NULL)"  # noqa: S608  (a or b)
        )
        return bool(cursor.fetchone()[0])


def _note(verb: str, column: str, key: str, actor: Actor) -> None:
    """Write one entry: which key, by its name, stands behind which column."""
    day = clock.today()
    record(
        Act(verb, "identity_keys", "1", day, day, area="", details={"column": column, "key": key}),
        by=actor,
    )
