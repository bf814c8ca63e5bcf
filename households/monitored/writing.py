"""Bring sound rows of a list into the register: staged by COPY, held against what is there, written set-wise."""

import datetime
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection

from foundation.accounts import clock
from foundation.accounts.models import Area
from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.accounts.names import person_initials
from foundation.accounts.statistics import look_again
from households.identity.keeping import find, keep
from households.identity.numbers import IdNumber, read_id_number
from households.models import Identity, Revision
from households.monitored.reading import Stated

_SQL = Path(__file__).parent / "sql"
_ROWS_AT_ONCE = 100_000
_JOINED = ("households_household", "households_resident", "households_standing", "households_identity")
_SEPARATORS = str.maketrans({"；": ";", "\n": ";"})


@dataclass(frozen=True, slots=True)
class Made:
    """What was made in the register, because it did not have it."""

    households: int
    residents: int


def stage(rows: Iterator[Stated]) -> None:
    """Put rows into the temporary table of the import; their numbers are kept sealed, only subjects go along."""
    with connection.cursor() as cursor:
        cursor.execute(_statement("stage"))
        while part := list(islice(rows, _ROWS_AT_ONCE)):
            subjects = keep(Identity.Kind.ID_NUMBER, [row.number for row in part])
            lines = io.StringIO("".join(_line(row, str(subjects[row.number])) for row in part))
            cursor.copy_expert("COPY monitored_incoming FROM STDIN", lines)
        cursor.execute("CREATE INDEX ON monitored_incoming (household)")
        cursor.execute("ANALYZE monitored_incoming")


def contradicted(*, strict: bool) -> list[tuple[int, str, str]]:
    """Take out the rows that the register contradicts; returns their seq, the column to blame and the reason."""
    look_again(*_JOINED)
    with connection.cursor() as cursor:
        cursor.execute(_statement("against_register"), {"strict": strict})
        found: list[tuple[int, str, str]] = cursor.fetchall()
        cursor.execute(
            "DELETE FROM monitored_incoming WHERE seq = ANY (%s)", [sorted({seq for seq, *_rest in found})]
        )
    return found


def make_people(revision: Revision) -> Made:
    """Make the households and members that the register does not have."""
    told: dict[str, Any] = {"revision": revision.pk, "day": revision.as_of}
    with connection.cursor() as cursor:
        cursor.execute(_statement("households"), told)
        households = cursor.fetchone()[0]
        cursor.execute(_statement("residents"), told)
        made = Made(households, cursor.fetchone()[0])
    look_again(*_JOINED)
    return made


def note_pairs(claims: Iterable[tuple[str, str, str, str]], revision: Revision) -> None:
    """Let somebody decide about each person whom the file puts into another household than the register.

    `claims` are number, household, village and name as the file has them.
    """
    told = list(claims)
    subjects = find(Identity.Kind.ID_NUMBER, {number for number, *_rest in told})
    pairs = [(str(subjects[number]), *rest) for number, *rest in told if number in subjects]
    if not pairs:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _statement("pairs"),
            {
                "day": clock.today(),
                "revision": revision.pk,
                **dict(
                    zip(
                        ("subjects", "households", "areas", "names"),
                        map(list, zip(*pairs, strict=True)),
                        strict=True,
                    )
                ),
            },
        )


def match_cases(day: datetime.date) -> int:
    """Find for each household of the file the case that the register has; returns the number of households."""
    with connection.cursor() as cursor:
        cursor.execute(_statement("people"))
        cursor.execute("ANALYZE monitored_member")
        cursor.execute(_statement("cases"), {"day": day})
        cases: int = cursor.rowcount
        cursor.execute("ANALYZE monitored_case")
        return cases


def mentioned() -> tuple[int, int]:
    """Return how many households and how many people the file has, of those that were taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT household), count(DISTINCT subject) FROM monitored_incoming")
        households, people = cursor.fetchone()
        return households, people


def reach() -> tuple[Area | None, list[str]]:
    """Return the smallest area that holds all of what was taken, and the counties it lies in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(area), max(area) FROM monitored_incoming")
        first, last = (code or "" for code in cursor.fetchone())
        cursor.execute("SELECT DISTINCT left(area, 6) FROM monitored_incoming ORDER BY 1")
        counties = [code for (code,) in cursor.fetchall()]
    shared = [first[:length] for length in CODE_LENGTHS if first and last.startswith(first[:length])]
    return Area.objects.filter(code__in=shared).order_by("-level").first(), counties


def unstage() -> None:
    """Drop the temporary tables: another import may follow in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE monitored_incoming, monitored_member, monitored_case")


def _line(row: Stated, subject: str) -> str:
    """Return a row as a line of COPY."""
    person = read_id_number(row.number)
    assert isinstance(person, IdNumber)  # noqa: S101  (checked while the file was read)
    measures = [each.strip() for each in (row.measures or "").translate(_SEPARATORS).split(";")]
    cells = (
        row.seq, row.household, row.area, row.name, _initials(row.name), subject, person.born_on,
        person.sex, row.relation, row.kind, _array(row.risks), row.from_day, row.removed_on, row.way or "",
        row.helper or "", _array(dict.fromkeys(each for each in measures if each)), row.income,
    )  # fmt: skip
    return "\t".join(_cell(cell) for cell in cells) + "\n"


@lru_cache(maxsize=50_000)
def _initials(name: str) -> str:
    """Return the initials of a name; many people have the same."""
    return person_initials(name)[:60]


def _array(words: Iterable[str]) -> str:
    """Return words as an array of PostgreSQL."""
    return "{" + ",".join(json.dumps(word, ensure_ascii=False) for word in words) + "}"


def _cell(cell: object) -> str:
    if cell is None:
        return "\\N"
    return str(cell).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")


def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")
