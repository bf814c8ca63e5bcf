"""From ID numbers to subjects, set-wise: tokens in DuckDB, one join in PostgreSQL, and new numbers kept.

Makes `subject` (number, subject) for every number of an accepted row, and `person` (subject, name) for those of them
whom the register knows. Runs in the caller's transaction: what it keeps lasts with the delivery.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from foundation.accounts.progress import Progress
from foundation.tables.duck import Tables
from households.identity import index
from households.identity.keeping import keep, keys_held
from households.models import Identity
from households.register.writing import batches
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import CellType

_AT_ONCE = 50_000
#: New numbers that are sealed and written in one go.
_NEW_AT_ONCE = 100_000


def id_places(contract: Contract) -> list[int]:
    """Return the places of the ID columns of a contract."""
    return [place for place, each in enumerate(contract.columns) if each.type is CellType.ID_NUMBER]


def find_or_keep(tables: Tables, places: Sequence[int], *, progress: Progress) -> None:
    """Find the subject of every number in the columns `places` of the accepted rows of `typed`, making new ones.

    New numbers are written in the order of their tokens over the whole delivery, so that two deliveries that bring
    the same ones wait for each other and never lock each other out.
    """
    held = keys_held()
    index.define(tables, held.looked_up)
    numbers = " UNION ".join(
        f"SELECT v{place} AS number FROM typed WHERE faults IS NULL AND v{place} IS NOT NULL"  # noqa: S608
        for place in places
    )
    tables.run(
        f"""CREATE TABLE wanted AS SELECT number, identity_token($kind, number) AS token
        FROM (SELECT DISTINCT number FROM ({numbers}))""",  # noqa: S608  (places are numbers)
        {"kind": Identity.Kind.ID_NUMBER.value},
    )
    columns = {"token": "UUID", "subject": "UUID", "name": "VARCHAR"}
    tables.load("found", columns, _found(tables, held.active))
    tables.run("CREATE TABLE person AS SELECT subject, name FROM found WHERE name IS NOT NULL")
    tables.load("new", {"number": "VARCHAR", "subject": "UUID"}, _kept(tables, progress))
    tables.run(
        """CREATE TABLE subject AS SELECT number, subject FROM wanted JOIN found USING (token)
        UNION ALL SELECT number, subject FROM new"""
    )
    for table in ("wanted", "found", "new"):
        tables.run(f"DROP TABLE {table}")


def _found(tables: Tables, column: str) -> Iterator[tuple[Any, ...]]:
    """Yield token, subject and registered name (or None) of the wanted tokens that are there."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE feed_wanted (token uuid) ON COMMIT DROP")
        for some in batches(tables.rows("SELECT CAST(token AS VARCHAR) FROM wanted"), _AT_ONCE):
            lines = io.StringIO("".join(f"{token}\n" for (token,) in some))
            cursor.copy_expert("COPY feed_wanted FROM STDIN", lines)
        cursor.execute("ANALYZE feed_wanted")
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT ON (wanted.token) wanted.token::text, identity.subject::text, resident.name
            FROM feed_wanted AS wanted
            JOIN households_identity AS identity ON identity.token_{column} = wanted.token
            LEFT JOIN households_resident AS resident ON resident.subject = identity.subject
            ORDER BY wanted.token, (resident.left_on IS NULL) DESC, resident.left_on DESC, resident.id DESC"""  # noqa: S608
        )
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE feed_wanted")


def _kept(tables: Tables, progress: Progress) -> Iterator[tuple[str, str]]:
    """Keep the numbers that are new, in the order of their tokens, and yield their subjects."""
    unknown = "FROM wanted ANTI JOIN found ON found.token = wanted.token"
    total = max(tables.one(f"SELECT count(*) {unknown}"), 1)
    done = 0
    for some in batches(tables.rows(f"SELECT number {unknown} ORDER BY token"), _NEW_AT_ONCE):
        for number, subject in keep(Identity.Kind.ID_NUMBER, (number for (number,) in some)).items():
            yield number, str(subject)
        done += len(some)
        progress(done, total)
