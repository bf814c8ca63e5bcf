"""Judge a register file row by row, household by household and against the register (datasets.md sections 2 and 5).

    read = read_file(tables, file, progress=…)       fills `incoming`, remembers which columns the file has
    judge(tables, by=user)                           fills `fault` (seq, field, reason) and what is accepted
    hand_over(tables)                                keeps the numbers of accepted people; makes lines for PostgreSQL

ID numbers live in these tables in memory, and sealed in households_identity; nowhere else.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection
from django.db.models import Q

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.names import person_initials
from foundation.accounts.progress import Progress
from foundation.accounts.refusals import unreadable_is_refused
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import WHOLE_COUNTRY, prefixes, within
from foundation.tables.duck import Tables
from foundation.tables.reading import Read, read_table
from households.identity import index, number_sql
from households.identity.keeping import ActiveKeys, keep, keep_new, keys_held, keys_in_use
from households.identity.numbers import PhoneFault, read_phone
from households.models import Household, Identity
from households.register import contract
from households.register.writing import batches

_SQL = Path(__file__).parent / "sql"
_AT_ONCE = 50_000
_NUMBERS_AT_ONCE = 200_000


def read_file(tables: Tables, file: BinaryIO, *, progress: Progress) -> tuple[Read, frozenset[str]]:
    """Read the file into `incoming`; returns what it was, and the fields that it has columns for."""
    with unreadable_is_refused():
        read = read_table(tables, file, contract.COLUMNS, into="incoming", progress=progress)
    stated = {
        name
        for places in read.heads.values()
        for name, place in zip(contract.FIELDS, places.of, strict=True)
        if place >= 0
    }
    return read, frozenset(stated)


def judge(tables: Tables, *, by: User) -> None:
    """Find every fault, and say in codes what the accepted rows state."""
    number_sql.define(tables)
    words = ((field, word, code or None) for field, word, code in contract.words())
    tables.load("word", {"field": "VARCHAR", "word": "VARCHAR", "code": "VARCHAR"}, words)
    _run(tables, "0_words")
    _run(tables, "1_cells", {"year": clock.today().year})
    tables.load("village", {"code": "VARCHAR"}, _villages(tables, by))
    _run(tables, "2_faults_of_rows")
    tables.load("outside", {"household": "VARCHAR"}, _outside(tables, by))
    _run(tables, "3_faults_of_households")
    _look_up_known(tables)
    tables.run("CREATE TABLE living AS SELECT number, household FROM known WHERE household IS NOT NULL")
    _run(tables, "4_faults_of_people")
    _run(tables, "5_taken")


def hand_over(tables: Tables, *, progress: Progress) -> None:
    """Keep the numbers of accepted people and telephones, and write the lines that go to PostgreSQL."""
    held = keys_held()
    index.define(tables, held.looked_up)
    tables.run(
        """CREATE TABLE arriving AS SELECT seq, area, household, number,
            replace(identity_token($kind, number)::VARCHAR, '-', '') AS token
        FROM person ANTI JOIN known ON known.number = person.number""",
        {"kind": Identity.Kind.ID_NUMBER.value},
    )
    tables.load("kept", {"number": "VARCHAR", "subject": "VARCHAR"}, _kept(tables, held, progress))
    tables.run("DROP TABLE arriving")
    tables.run(
        """CREATE TABLE subject AS SELECT number, subject FROM kept
        UNION ALL SELECT number, subject FROM known WHERE subject IS NOT NULL"""
    )
    tables.load("phone_subject", {"phone": "VARCHAR", "subject": "VARCHAR"}, _phones(tables))
    names = tables.rows("SELECT DISTINCT name FROM person")
    tables.load(
        "initials",
        {"name": "VARCHAR", "initials": "VARCHAR"},
        ((name, person_initials(name)) for (name,) in names),
    )
    _run(tables, "6_lines")


def _villages(tables: Tables, by: User) -> Iterator[tuple[str]]:
    """Yield the codes of the file that are living villages where `by` may import."""
    scope = within("code", prefixes(by, Right.IMPORT_REGISTER))
    codes = tables.rows("SELECT DISTINCT area FROM cell WHERE area IS NOT NULL")
    for some in batches((code for (code,) in codes), _AT_ONCE):
        here = Area.objects.filter(scope, code__in=some, level=Level.VILLAGE).living()
        yield from here.values_list("code")


def _outside(tables: Tables, by: User) -> Iterator[tuple[str]]:
    """Yield the household numbers of the file that belong to areas where `by` may not import."""
    scope = prefixes(by, Right.IMPORT_REGISTER)
    if WHOLE_COUNTRY in scope:
        return
    codes = tables.rows("SELECT DISTINCT household FROM cell WHERE household IS NOT NULL")
    for some in batches((code for (code,) in codes), _AT_ONCE):
        yield from Household.objects.filter(~Q(within("area__code", scope)), code__in=some).values_list(
            "code"
        )


def _look_up_known(tables: Tables) -> None:
    """Make `known`: every number of the file that was ever accepted, and the household in which its owner lives.

    Numbers are looked up by their tokens, which DuckDB works out for the whole column and PostgreSQL joins at once.
    """
    tables.run("CREATE TABLE known (number VARCHAR, subject VARCHAR, household VARCHAR)")
    held = keys_in_use()
    if held is None:
        return
    index.define(tables, held.looked_up)
    tables.run(
        """CREATE TABLE wanted AS SELECT number, identity_token($kind, number)::VARCHAR AS token
        FROM (SELECT DISTINCT number FROM cell WHERE number IS NOT NULL)""",
        {"kind": Identity.Kind.ID_NUMBER.value},
    )
    columns = {"token": "VARCHAR", "subject": "VARCHAR", "household": "VARCHAR"}
    tables.load("found", columns, _found(tables, held.active))
    tables.run("INSERT INTO known SELECT number, subject, household FROM wanted JOIN found USING (token)")


def _found(tables: Tables, column: str) -> Iterator[tuple[Any, ...]]:
    """Yield token, subject and household number of the wanted tokens that are there."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE register_wanted (token uuid) ON COMMIT DROP")
        for some in batches(tables.rows("SELECT token FROM wanted"), _AT_ONCE):
            cursor.copy_expert(
                "COPY register_wanted FROM STDIN", io.StringIO("".join(f"{token}\n" for (token,) in some))
            )
        cursor.execute("ANALYZE register_wanted")
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"""SELECT wanted.token, identity.subject, household.code
            FROM register_wanted AS wanted
            JOIN households_identity AS identity ON identity.token_{column} = wanted.token
            LEFT JOIN households_resident AS resident
                ON resident.subject = identity.subject AND resident.left_on IS NULL
            LEFT JOIN households_household AS household ON household.id = resident.household_id"""  # noqa: S608
        )
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE register_wanted")


def _kept(tables: Tables, held: ActiveKeys, progress: Progress) -> Iterator[tuple[str, str]]:
    """Keep the numbers of accepted people that are new, household by household, and yield their subjects."""
    total, done = max(tables.one("SELECT count(*) FROM arriving"), 1), 0
    tokens = tables.rows("SELECT token, number FROM arriving ORDER BY area, household, seq")
    for some in batches(tokens, _NUMBERS_AT_ONCE):
        for number, subject in keep_new(Identity.Kind.ID_NUMBER, dict(some), held).items():
            yield number, str(subject)
        done += len(some)
        progress(done, total)


def _phones(tables: Tables) -> Iterator[tuple[str, str]]:
    """Keep the telephones of accepted households; what is none is left out, and is a finding of its own."""
    sent = tables.rows(
        "SELECT phone FROM family WHERE phone IS NOT NULL GROUP BY phone ORDER BY min(area), min(household)"
    )
    for some in batches((phone for (phone,) in sent), _NUMBERS_AT_ONCE):
        read = {text: number for text in some if not isinstance(number := read_phone(text), PhoneFault)}
        subjects = keep(Identity.Kind.PHONE, dict.fromkeys(read.values()))
        for text, number in read.items():
            yield text, str(subjects[number])


def _run(tables: Tables, name: str, parameters: dict[str, Any] | None = None) -> None:
    tables.run((_SQL / f"{name}.sql").read_text(encoding="utf-8"), parameters)
