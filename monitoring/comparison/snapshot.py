"""The register as a comparison reads it: who lives where and who counts as what, by county, named by its digest.

A file holds subjects, ids of ours and days: no name, no number. It is written when it says something new, so that the
parts of one run read one register, and a later look can tell whether the register was another one.
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.db.models.functions import Left
from django.utils import timezone

from foundation.accounts.models.areas import CODE_LENGTHS
from foundation.files.stores import Missing
from foundation.tables import duck
from foundation.tables.duck import Tables, quoted
from foundation.tables.strays import remove, untouched_since
from households.models import Household as Registered
from monitoring.intake.archive_store import digested, folders

#: Members of households, and other stays of the same people elsewhere.
PEOPLE = {
    "subject": "UUID",
    "resident": "BIGINT",
    "household": "BIGINT",
    "area": "VARCHAR",
    "born_on": "DATE",
    "left_on": "DATE",
    "died": "BOOLEAN",
}
HELD = {
    "household": "BIGINT",
    "resident": "BIGINT",
    "kind": "VARCHAR",
    "from_day": "DATE",
    "until_day": "DATE",
}
#: A file that no run has read for so long is removed; it can be made anew while the register stays as it is.
_KEPT_SECONDS = 3 * 24 * 3600
_COUNTY = CODE_LENGTHS[2]
_FORMAT = "FORMAT parquet, COMPRESSION snappy"


@dataclass(frozen=True, slots=True)
class Household:
    """One household, read from the database and written nowhere."""

    pk: int


@dataclass(frozen=True, slots=True)
class County:
    """All households under an area (a county), read from the database."""

    area: str


@contextmanager
def opened() -> Iterator[Tables]:
    """Open a database in memory that may read the archive and the snapshots."""
    with duck.opened(folders=[*folders(), _folder()]) as tables:
        yield tables


def write(area: str) -> str:
    """Write down the register of a county as it is now, unless that is there, and return its digest."""
    with opened() as tables:
        read(tables, County(area))
        draft = _folder() / f"{uuid.uuid4()}.part"
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            tables.run(f"COPY ({_written()}) TO {quoted(draft)} ({_FORMAT})")
            digest = digested(draft)
            path = _folder() / digest
            if path.is_file():
                os.utime(path)
            else:
                draft.rename(path)
        finally:
            draft.unlink(missing_ok=True)
    return digest


def load(tables: Tables, digest: str) -> None:
    """Make `people` and `held` of a snapshot; Missing where it is no longer kept."""
    path = _folder() / digest
    if not path.is_file():
        raise Missing(digest)
    os.utime(path)
    for table, columns in (("people", PEOPLE), ("held", HELD)):
        tables.run(
            f"CREATE TABLE {table} AS SELECT {', '.join(columns)} FROM read_parquet({quoted(path)}) "  # noqa: S608
            f"WHERE what = {quoted(table)}"
        )


def read(tables: Tables, of: County | Household) -> None:
    """Make `people` and `held` of the register as it is now."""
    here, there, value = _narrowed(of)
    with connection.cursor() as cursor:
        people = cursor.mogrify(_PEOPLE.format(here=here, there=there), {"of": value}).decode()
        held = cursor.mogrify(_HELD.format(here=here), {"of": value}).decode()

        def copy(query: str, sink: BinaryIO) -> None:
            cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv)", sink)

        tables.load_copied("people", PEOPLE, lambda sink: copy(people, sink))
        tables.load_copied("held", HELD, lambda sink: copy(held, sink))


def counties(area: str) -> list[str]:
    """Return the counties under an area that have households; for a county or a part of one, that county."""
    if len(area) >= _COUNTY:
        return [area[:_COUNTY]]
    return list(
        Registered.objects.filter(area__code__startswith=area)
        .annotate(county=Left("area_id", _COUNTY))
        .order_by("county")
        .values_list("county", flat=True)
        .distinct()
    )


def tidy() -> int:
    """Remove snapshots that nobody has read for days, and drafts of killed processes; returns how many."""
    old = list(untouched_since(_folder().iterdir(), timezone.now().timestamp() - _KEPT_SECONDS))
    for path in old:
        remove(path)
    return len(old)


def _folder() -> Path:
    folder: Path = settings.SNAPSHOT_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _narrowed(of: County | Household) -> tuple[str, str, str | int]:
    """Return what says of a row that its household belongs to it, that it does not, and the value for both.

    The area of a member is that of the household; the database keeps it so.
    """
    if isinstance(of, Household):
        return "household_id = %(of)s", "household_id <> %(of)s", of.pk
    return "area_id LIKE %(of)s", "area_id NOT LIKE %(of)s", f"{of.area}%"


_PEOPLE = """
    WITH here AS NOT MATERIALIZED (SELECT * FROM households_resident WHERE {here})
    SELECT subject, id, household_id, area_id, born_on, left_on, departure = 'died' FROM here
    UNION ALL
    SELECT other.subject, other.id, other.household_id, other.area_id, other.born_on, other.left_on,
        other.departure = 'died'
    FROM households_resident AS other
    WHERE other.subject IN (SELECT subject FROM here WHERE subject IS NOT NULL) AND other.{there}
"""
_HELD = """
    SELECT standing.household_id, standing.resident_id, standing.kind, standing.from_day, standing.until_day
    FROM households_standing AS standing
    JOIN households_household AS household ON household.id = standing.household_id
    WHERE {here}
"""


def _written() -> str:
    """Return the query of both tables as one, in a fixed order."""

    def of(table: str, own: dict[str, str]) -> str:
        columns = ", ".join(
            name if name in own else f"NULL::{kind} AS {name}" for name, kind in (PEOPLE | HELD).items()
        )
        return f"SELECT {quoted(table)} AS what, {columns} FROM {table}"  # noqa: S608  (names of ours)

    return (
        f"{of('people', PEOPLE)} UNION ALL {of('held', HELD)} "
        "ORDER BY what, household, resident, kind, from_day, until_day"
    )
