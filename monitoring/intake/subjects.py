"""From ID numbers to subjects, set-wise: tokens in DuckDB, a join with the register, and new numbers kept.

    search = Search(tables, contract)
    with search.beside(rows):   has the whole index come over meanwhile, where so many rows will ask for much of it
    search.tokens("c")      columns k0, k1, … of a statement over c0, c1, …: the tokens of numbers
    search.name_block()     makes the view `named` of the accepted rows of the block in `typed`: s0, s1, …, registered

`s3` is the subject of the number in the column of place 3; `registered` is what the register calls the contract's own
subject, null for whom it does not know. Runs in the caller's transaction: what it keeps lasts with the delivery.

A file that names a good part of everybody has the whole index brought over at once, if its size says so even while its
first lines are read; any other one has PostgreSQL asked for the numbers of each block that were not asked for before.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from foundation.accounts.statistics import room_to_work
from foundation.tables.beside import copied_beside
from foundation.tables.duck import Tables
from households.identity import index
from households.identity.keeping import ActiveKeys, keep_new, keys_held
from households.models import Identity
from households.register.writing import batches
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import CellType

#: New numbers that are sealed and written in one go.
_NEW_AT_ONCE = 100_000
_KIND = Identity.Kind.ID_NUMBER.value
_KNOWN = {"token": "UUID", "subject": "UUID", "registered": "VARCHAR"}
#: The whole index is brought over where a block asks for one in so many of its numbers, and it has no more than these:
#: some 60 bytes of memory each. A number alone costs about eight times what it costs among all.
_ONE_IN, _MOST_AT_ONCE = 10, 6_000_000
#: And before any block was read, where a file has a row for one in so many: what it names is not known then.
_ONE_ROW_IN = 3


class Search:
    """The search for the subjects of one delivery. It holds the keys of the index until the transaction ends."""

    def __init__(self, tables: Tables, contract: Contract) -> None:
        """Make `known` (token, subject, registered): whom this delivery has asked for so far."""
        self._tables, self._held, self._has_all = tables, keys_held(), False
        self._arrived: Callable[[], None] | None = None
        self._places = [
            place for place, each in enumerate(contract.columns) if each.type is CellType.ID_NUMBER
        ]
        self._own = next(
            place for place, each in enumerate(contract.columns) if each.header == contract.subject
        )
        room_to_work()
        tables.run("CREATE TABLE known (token UUID, subject UUID, registered VARCHAR)")

    @contextmanager
    def beside(self, rows: int) -> Iterator[None]:
        """Have the whole index come over meanwhile, where about so many rows (0: nobody knows) will ask for much of it.

        Queries of PostgreSQL wait until it has come (foundation.tables.beside).
        """
        everybody = _size_of_index()
        if not rows or rows * _ONE_ROW_IN < everybody or everybody > _MOST_AT_ONCE:
            yield
            return
        with copied_beside(
            lambda cursor: _copy_everybody(self._tables, self._held.active, cursor)
        ) as arrived:
            self._arrived = arrived
            yield

    def define(self, connection: Tables) -> None:
        """Give a connection the macros that `tokens` ask for."""
        index.define(connection, self._held.looked_up)

    def tokens(self, values: str) -> dict[str, str]:
        """Return the token of each ID column, k0, k1, …, over columns whose names begin so."""
        return {f"k{place}": f"identity_token('{_KIND}', {values}{place})" for place in self._places}

    def name_block(self) -> None:
        """Make `named` of the accepted rows of `typed`, with new subjects for new numbers."""
        self._look_up()
        self._keep_new()
        found = ", ".join(f"t{place}.subject AS s{place}" for place in self._places)
        joins = " ".join(
            f"LEFT JOIN hit AS t{place} ON t{place}.token = accepted.k{place}" for place in self._places
        )
        self._tables.run(
            f"""CREATE OR REPLACE VIEW named AS SELECT accepted.*, {found}, t{self._own}.registered
            FROM (SELECT * FROM typed WHERE faults IS NULL) AS accepted {joins}"""  # noqa: S608  (numbered)
        )

    def _look_up(self) -> None:
        """Make `hit`, that part of `known` which the block names, after asking for whom it does not hold."""
        self._tables.run(
            f"CREATE OR REPLACE TABLE wanted AS SELECT DISTINCT token FROM ({self._cells('k{0} AS token')})"  # noqa: S608
            " WHERE token IS NOT NULL"
        )
        if self._arrived and not self._has_all:
            self._arrived()
            self._know_everybody()
        if not self._has_all:
            self._ask()
        self._tables.run(
            "CREATE OR REPLACE TABLE hit AS SELECT known.* FROM known SEMI JOIN wanted USING (token)"
        )

    def _ask(self) -> None:
        """Add to `known` who is wanted and there: everybody at once, where that is cheaper."""
        self._tables.run(
            "CREATE OR REPLACE TABLE asked AS SELECT token FROM wanted ANTI JOIN known USING (token)"
        )
        asked, everybody = self._tables.one("SELECT count(*) FROM asked"), _size_of_index()
        if asked * _ONE_IN >= everybody and asked and everybody <= _MOST_AT_ONCE:
            with connection.cursor() as cursor:
                _copy_everybody(self._tables, self._held.active, cursor)
            self._know_everybody()
        elif asked:
            _copy_asked(self._tables, self._held.active)
            self._tables.run("INSERT INTO known SELECT * FROM found")
            self._tables.run("DROP TABLE found")

    def _know_everybody(self) -> None:
        """Let the whole index, which has come, be `known`: two processors make UUIDs of what one has read."""
        columns = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in _KNOWN.items())
        self._tables.run(f"CREATE OR REPLACE TABLE known AS SELECT {columns} FROM everybody")  # noqa: S608
        self._tables.run("DROP TABLE everybody")
        self._has_all = True

    def _keep_new(self) -> None:
        """Keep the numbers of the block that nobody has brought before, and add them to `known` and `hit`."""
        if not self._tables.one("SELECT (SELECT count(*) FROM wanted) - (SELECT count(*) FROM hit)"):
            return
        numbers = self._cells("v{0} AS number, k{0} AS token")
        self._tables.run(
            f"""CREATE OR REPLACE TABLE fresh AS SELECT DISTINCT number, token FROM ({numbers})
            WHERE token IS NOT NULL AND token NOT IN (SELECT token FROM hit)"""  # noqa: S608  (columns are numbered)
        )
        self._tables.load("kept", {"number": "VARCHAR", "subject": "UUID"}, _kept(self._tables, self._held))
        for table in ("known", "hit"):
            self._tables.run(
                f"INSERT INTO {table} SELECT token, subject, NULL FROM fresh JOIN kept USING (number)"  # noqa: S608
            )
        self._tables.run("DROP TABLE kept")

    def _cells(self, columns: str) -> str:
        """Return the query of `columns` of every ID column of accepted rows, one below the other."""
        return " UNION ALL ".join(
            f"SELECT {columns.format(place)} FROM typed WHERE faults IS NULL"  # noqa: S608  (columns are numbered)
            for place in self._places
        )


def _size_of_index() -> int:
    """Return about how many numbers there are, as PostgreSQL has counted them last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = 'households_identity'::regclass")
        return max(int(cursor.fetchone()[0]), 0)


def _copy_asked(tables: Tables, column: str) -> None:
    """Make `found` of the tokens in `asked` that are there."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE feed_asked (token uuid) ON COMMIT DROP")
        # In the order of the tokens: each page of the index is then touched once, and not again for every number.
        for (lines,) in tables.rows(
            """SELECT string_agg(CAST(token AS VARCHAR), chr(10) ORDER BY token)
            FROM (SELECT token, row_number() OVER (ORDER BY token) // 100000 AS part FROM asked)
            GROUP BY part ORDER BY part"""
        ):
            cursor.copy_expert("COPY feed_asked FROM STDIN", io.StringIO(lines))
        cursor.execute("ANALYZE feed_asked")
        matching = f"feed_asked AS asked JOIN households_identity AS identity ON identity.token_{column} = asked.token"
        _copy(tables, "found", _KNOWN, _registered(matching, "asked.token"), cursor)
        cursor.execute("DROP TABLE feed_asked")


def _copy_everybody(tables: Tables, column: str, cursor: Any) -> None:
    """Make `everybody` of the whole index."""
    identities = _registered("households_identity AS identity", f"identity.token_{column}")
    query = f"{identities} WHERE identity.kind = '{_KIND}' AND identity.token_{column} IS NOT NULL"
    _copy(tables, "everybody", dict.fromkeys(_KNOWN, "VARCHAR"), query, cursor)


def _registered(identities: str, token: str) -> str:
    """Return the query of token, subject and name of identities; who lives somewhere goes before who left."""
    return f"""SELECT {token}, identity.subject, coalesce(resident.name, (
            SELECT name FROM households_resident AS gone
            WHERE gone.subject = identity.subject AND gone.left_on IS NOT NULL
            ORDER BY left_on DESC, id DESC LIMIT 1
        ))
        FROM {identities} LEFT JOIN households_resident AS resident
            ON resident.subject = identity.subject AND resident.left_on IS NULL"""  # noqa: S608  (names of ours)


def _copy(tables: Tables, into: str, columns: dict[str, str], query: str, cursor: Any) -> None:
    """Make a table of what PostgreSQL answers."""
    tables.load_copied(
        into, columns, lambda sink: cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv)", sink)
    )


def _kept(tables: Tables, held: ActiveKeys) -> Iterator[tuple[str, str]]:
    """Keep the numbers in `fresh`, which were looked up, in the order of their tokens, and yield their subjects."""
    unknown = tables.rows("SELECT replace(CAST(token AS VARCHAR), '-', ''), number FROM fresh ORDER BY token")
    for some in batches(unknown, _NEW_AT_ONCE):
        for number, subject in keep_new(_KIND, dict(some), held).items():
            yield number, str(subject)
