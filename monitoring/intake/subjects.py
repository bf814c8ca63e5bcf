"""From ID numbers to subjects, set-wise: tokens in DuckDB, one join in PostgreSQL, and new numbers kept.

    begin(tables)                 makes `known` (number, subject, name): whom this delivery has named so far
    find_or_keep(tables, places)  adds the numbers of the present block of `typed`

`name` is what the register calls them, null for whom it does not know. Runs in the caller's transaction: what it keeps
lasts with the delivery.
"""

import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.db import connection

from foundation.accounts.statistics import room_to_work
from foundation.tables.duck import Tables
from households.identity import index
from households.identity.keeping import ActiveKeys, keep, keys_held
from households.models import Identity
from households.register.writing import batches
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import CellType

#: New numbers that are sealed and written in one go.
_NEW_AT_ONCE = 100_000
_FOUND = {"token": "UUID", "subject": "UUID", "name": "VARCHAR"}


def id_places(contract: Contract) -> list[int]:
    """Return the places of the ID columns of a contract."""
    return [place for place, each in enumerate(contract.columns) if each.type is CellType.ID_NUMBER]


def begin(tables: Tables) -> ActiveKeys:
    """Prepare the search, and hold the keys of the index until the transaction ends."""
    held = keys_held()
    room_to_work()
    index.define(tables, held.looked_up)
    tables.run("CREATE TABLE known (number VARCHAR, subject UUID, name VARCHAR)")
    return held


def find_or_keep(tables: Tables, places: Sequence[int], held: ActiveKeys) -> None:
    """Find the subject of every number in the columns `places` of the accepted rows of `typed`, making new ones."""
    numbers = " UNION ALL ".join(
        f"SELECT v{place} AS number FROM typed WHERE faults IS NULL AND v{place} IS NOT NULL"  # noqa: S608
        for place in places
    )
    tables.run(
        f"""CREATE TABLE wanted AS SELECT number, identity_token($kind, number) AS token
        FROM (SELECT DISTINCT number FROM ({numbers}) AS named ANTI JOIN known USING (number))""",  # noqa: S608
        {"kind": Identity.Kind.ID_NUMBER.value},
    )
    if tables.one("SELECT count(*) FROM wanted"):
        _look_up(tables, held.active)
        tables.run(
            "INSERT INTO known SELECT number, subject, nullif(name, '') FROM wanted JOIN found USING (token)"
        )
        tables.load("new", {"number": "VARCHAR", "subject": "UUID"}, _kept(tables))
        tables.run("INSERT INTO known SELECT number, subject, NULL FROM new")
        tables.run("DROP TABLE new")
        tables.run("DROP TABLE found")
    tables.run("DROP TABLE wanted")


def _look_up(tables: Tables, column: str) -> None:
    """Make `found` of the wanted tokens that are there; who lives somewhere goes before who left."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE feed_wanted (token uuid) ON COMMIT DROP")
        # In the order of the tokens: each page of the index is then touched once, and not again for every number.
        for (lines,) in tables.rows(
            """SELECT string_agg(CAST(token AS VARCHAR), chr(10) ORDER BY token)
            FROM (SELECT token, row_number() OVER (ORDER BY token) // 100000 AS part FROM wanted)
            GROUP BY part ORDER BY part"""
        ):
            cursor.copy_expert("COPY feed_wanted FROM STDIN", io.StringIO(lines))
        cursor.execute("ANALYZE feed_wanted")

        def write(sink: BinaryIO) -> None:
            cursor.copy_expert(
                f"""COPY (
                    SELECT wanted.token, identity.subject, coalesce(resident.name, (
                        SELECT name FROM households_resident AS gone
                        WHERE gone.subject = identity.subject AND gone.left_on IS NOT NULL
                        ORDER BY left_on DESC, id DESC LIMIT 1
                    ))
                    FROM feed_wanted AS wanted
                    JOIN households_identity AS identity ON identity.token_{column} = wanted.token
                    LEFT JOIN households_resident AS resident
                        ON resident.subject = identity.subject AND resident.left_on IS NULL
                ) TO STDOUT (FORMAT csv)""",  # noqa: S608  (a or b)
                sink,
            )

        tables.load_copied("found", _FOUND, write)
        cursor.execute("DROP TABLE feed_wanted")


def _kept(tables: Tables) -> Iterator[tuple[str, str]]:
    """Keep the numbers that are new, in the order of their tokens, and yield their subjects."""
    unknown = tables.rows(
        "SELECT number FROM wanted ANTI JOIN found ON found.token = wanted.token ORDER BY wanted.token"
    )
    for some in batches(unknown, _NEW_AT_ONCE):
        for number, subject in keep(Identity.Kind.ID_NUMBER, (number for (number,) in some)).items():
            yield number, str(subject)
