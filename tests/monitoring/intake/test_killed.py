"""import_feed killed -9 in the middle of a delivery: nothing of it counts, and it is taken up exactly once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db.models.functions import Now
from django.test import override_settings

from foundation.accounts.models import User
from foundation.jobs.models import Chunk
from foundation.ledger.models import Entry
from households.models import Identity
from monitoring.intake.archive_store import remove_strays
from monitoring.models import Batch, Delivery
from tests.households.identity.test_nothing_in_the_clear import forms
from tests.monitoring.intake.files import csv_of, number, row
from tests.people import COUNTY, make_areas, make_people

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
ROWS = 3_000
HOME = Path(__file__).resolve().parents[3]
Connect = Callable[..., psycopg2.extensions.connection]


@pytest.fixture
def ground(own_database: str, tmp_path: Path) -> dict[str, str]:
    """A database and a data folder of the test's own, as a command in a process of its own sees them."""
    make_people(make_areas())
    User.objects.built_in("shell")
    address = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{own_database}"
    return os.environ | {
        "DATABASE_URL": address,
        "SHOUWANG_VAR": str(tmp_path / "var"),
        "SHOUWANG_KEYS": str(settings.KEYS_DIR),
        "SHOUWANG_TODAY": "2026-11-04",
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A delivery with one faulty row."""
    path = tmp_path / "delivered.csv"
    rows = [row(结算流水号=str(n), person=n % 900 + 1) for n in range(ROWS)]
    path.write_bytes(csv_of([*rows, row(结算流水号="x", 身份证号="123")]).getvalue())
    return path


def begun(ground: dict[str, str], file: Path) -> "subprocess.Popen[bytes]":
    arguments = (
        "import_feed",
        "medical_settlement",
        str(file),
        "--period",
        "2026-10",
        "--area",
        COUNTY,
        "--json",
    )
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=HOME, env=ground, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


@contextmanager
def held_open(connection: psycopg2.extensions.connection, table: str) -> Iterator[Callable[[], None]]:
    """Let nobody write to a table; yields what waits until somebody wants to."""
    connection.autocommit = False
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")

        def until_somebody_waits() -> None:
            deadline = time.monotonic() + 120
            while True:
                cursor.execute(
                    "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass", [table]
                )
                if cursor.fetchone():
                    return
                assert time.monotonic() < deadline, f"nobody wanted to write to {table}"
                time.sleep(0.1)

        yield until_somebody_waits
    connection.rollback()


def archived(ground: dict[str, str]) -> set[str]:
    """Names of the files in the archive."""
    return {path.name for path in (Path(ground["SHOUWANG_VAR"]) / "archive" / "kept").glob("??/??/*")}


@pytest.mark.parametrize(("table", "strays"), [("households_identity", 0), ("monitoring_batch", 1)])
def test_a_delivery_killed_in_the_middle_is_taken_up_once(
    ground: dict[str, str],
    file: Path,
    own_database: str,
    owner_connection: Connect,
    table: str,
    strays: int,
) -> None:
    with held_open(owner_connection(own_database), table) as until_somebody_waits:
        process = begun(ground, file)
        until_somebody_waits()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
    delivery = Delivery.objects.get()
    assert (delivery.state, Batch.objects.count(), delivery.rows_read) == ("received", 0, None)
    assert len(archived(ground)) == strays
    assert not Identity.objects.exists()
    Chunk.objects.update(lease_until=Now())  # its time is over

    out, errors = begun(ground, file).communicate(timeout=200)
    answer = json.loads(out)
    assert errors == b""
    assert (answer["delivery"], answer["state"]) == (delivery.pk, "accepted")
    assert (answer["rows_read"], answer["rows_accepted"], answer["rows_rejected"]) == (ROWS + 1, ROWS, 1)
    batch = Batch.objects.get()
    assert batch.rows == ROWS
    assert len(archived(ground)) == strays + 1
    _after_two_nights(ground)
    assert archived(ground) == {batch.digest}
    assert Identity.objects.count() == 900
    assert Entry.objects.filter(verb="delivery.take").count() == 1

    again, _errors = begun(ground, file).communicate(timeout=200)
    assert json.loads(again) | {"seconds": 0} == answer | {"state": "duplicate", "seconds": 0}
    _nothing_in_the_clear(ground, owner_connection(own_database))


def _after_two_nights(ground: dict[str, str]) -> None:
    """Let the night remove what no batch names for more than a day."""
    folder = Path(ground["SHOUWANG_VAR"]) / "archive"
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))
    with override_settings(
        ARCHIVE_INCOMING=folder / "incoming",
        ARCHIVE_FOLDER=folder / "kept",
        ARCHIVE_CACHE=folder / "cache",
    ):
        remove_strays()


def _nothing_in_the_clear(ground: dict[str, str], connection: psycopg2.extensions.connection) -> None:
    """No number of the file stands in the archive, the data folder or a row of the database."""
    planted = [number(person) for person in range(1, 901)]
    places = {
        str(path): path.read_bytes() for path in Path(ground["SHOUWANG_VAR"]).rglob("*") if path.is_file()
    }
    assert len(places) >= 3
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{name}" AS t')
            places[name] = (cursor.fetchone()[0] or "").encode()
    for where, content in places.items():
        assert not any(form in content for each in planted[:50] for form in forms(each)), where
