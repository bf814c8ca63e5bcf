"""compare killed -9 in the middle: nothing of it is written, and its run is taken up and ends exactly once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db.models.functions import Now
from django.test import override_settings

from foundation.accounts.models import User
from foundation.jobs.models import Chunk, Job
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from monitoring.models import Finding, Run, RunStandard, StagedFinding
from tests.monitoring.comparison.stories import county, paid
from tests.monitoring.intake.test_killed import held_open
from tests.people import COUNTY, make_areas, make_people

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
HOME = Path(__file__).resolve().parents[3]
YEAR = "medical_self_paid_year"
FOUND = 8
Connect = Callable[..., psycopg2.extensions.connection]


@pytest.fixture
def ground(own_database: str, tmp_path: Path) -> dict[str, str]:
    """A database and a data folder of the test's own, as a command in a process of its own sees them."""
    xian = make_people(make_areas())["xian"]
    archive = tmp_path / "var" / "archive"
    with override_settings(ARCHIVE_INCOMING=archive / "incoming", ARCHIVE_FOLDER=archive / "kept"):
        made = county(FOUND, by=xian)
        paid(made, *[(f"甲{n}", str(n), "26000") for n in range(FOUND)], by=xian)
    User.objects.built_in("shell")
    address = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{own_database}"
    return os.environ | {
        "DATABASE_URL": address,
        "SHOUWANG_VAR": str(tmp_path / "var"),
        "SHOUWANG_KEYS": str(settings.KEYS_DIR),
        "SHOUWANG_TODAY": "2026-11-04",
    }


def begun(ground: dict[str, str]) -> "subprocess.Popen[bytes]":
    arguments = ("compare", "--area", COUNTY, "--as-of", "2026-10-31", "--standard", YEAR, "--json")
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=HOME, env=ground, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


@pytest.mark.parametrize("table", ["monitoring_stagedfinding", "monitoring_finding"])
def test_a_comparison_killed_in_the_middle_ends_once(
    ground: dict[str, str], own_database: str, owner_connection: Connect, table: str, tmp_path: Path
) -> None:
    with held_open(owner_connection(own_database), table) as until_somebody_waits:
        process = begun(ground)
        until_somebody_waits()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
    run = Run.objects.get()
    assert run.ended_at is None
    assert not Finding.objects.exists()
    assert not RunStandard.objects.exists()
    assert StagedFinding.objects.count() == (0 if table == "monitoring_stagedfinding" else FOUND)
    Job.objects.update(lease_until=Now())  # its time is over
    Chunk.objects.filter(lease_until__isnull=False).update(lease_until=Now())

    archive = tmp_path / "var" / "archive"
    with override_settings(
        ARCHIVE_INCOMING=archive / "incoming",
        ARCHIVE_FOLDER=archive / "kept",
        SNAPSHOT_FOLDER=tmp_path / "var" / "snapshots",
    ):
        run_here(Job.objects.get(uuid=str(run.job)))
    assert Finding.objects.filter(result="new", run=run).count() == FOUND
    assert RunStandard.objects.get().new == FOUND
    assert Entry.objects.filter(verb="comparison.ended").count() == 1
    assert not StagedFinding.objects.exists()

    out, errors = begun(ground).communicate(timeout=200)
    assert errors == b""
    told = json.loads(out)["standards"][YEAR]
    assert (told["findings"], told["new"], told["repeated"]) == (FOUND, 0, FOUND)
    assert Finding.objects.count() == FOUND
