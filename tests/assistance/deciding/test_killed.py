"""A worker killed -9 in the middle of a batch: what is decided stays, the rest waits, and nobody is decided twice."""

import datetime
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db.models.functions import Now

from assistance.deciding import batches
from assistance.deciding.batches import Paper
from assistance.models import Case, CaseBatch
from foundation.accounts.models import User
from foundation.jobs.models import Chunk, Job
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from foundation.workflow.models import Passage
from households.models import Standing
from tests.assistance.deciding.made import cases_at
from tests.foundation.regulations.made import says
from tests.households.families import make_household
from tests.people import COUNTY, make_areas, make_people

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
HOME = Path(__file__).resolve().parents[3]
TODAY = datetime.date(2026, 11, 4)
CASES, EACH_TIME, HELD = 12, 5, 7
#: A slice of a worker's work on a job, that commits after a few cases already.
WORK = """
from assistance.deciding import job_kind
from foundation.jobs.running import one_slice
job_kind._AT_ONCE = {each}
one_slice("{job}")
"""
Connect = Callable[..., psycopg2.extensions.connection]


@pytest.fixture
def staff(own_database: str) -> dict[str, User]:
    """People of a database in which everything commits, with the line of the stories."""
    made = make_people(make_areas())
    says("monitoring_line", COUNTY, "2026-01-01", "8800")
    return made


@pytest.fixture
def beside(own_database: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a process beside this one, on the database of the test."""
    address = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{own_database}"
    return os.environ | {
        "DATABASE_URL": address,
        "SHOUWANG_VAR": str(tmp_path / "var"),
        "SHOUWANG_KEYS": str(settings.KEYS_DIR),
        "SHOUWANG_TODAY": str(TODAY),
    }


@contextmanager
def held(connection: psycopg2.extensions.connection, case: Case) -> Iterator[Callable[[], None]]:
    """Let nobody write to one case; yields what waits until somebody wants to."""
    connection.autocommit = False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM assistance_case WHERE id = %s FOR UPDATE", [case.pk])

        def until_somebody_waits() -> None:
            deadline = time.monotonic() + 120
            while True:
                cursor.execute(
                    "SELECT 1 FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid"
                )
                if cursor.fetchone():
                    return
                assert time.monotonic() < deadline, "nobody came to the case that is held"
                time.sleep(0.1)

        yield until_somebody_waits
    connection.rollback()


def killed(job: Job, case: Case, beside: dict[str, str], connection: psycopg2.extensions.connection) -> None:
    """Let a process work on a job until it comes to a case, and kill it there."""
    with held(connection, case) as until_somebody_waits:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "-v", "0", "-c", WORK.format(each=EACH_TIME, job=job.uuid)],
            cwd=HOME, env=beside, start_new_session=True,
        )  # fmt: skip
        until_somebody_waits()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
    Job.objects.filter(pk=job.pk, lease_until__isnull=False).update(lease_until=Now())  # its time is over
    Chunk.objects.filter(job=job, lease_until__isnull=False).update(lease_until=Now())


def made(verb: str) -> list[str]:
    """Cases with a move that was made, a case for each time; as moves and as the record have them."""
    moves = list(Passage.objects.filter(verb=verb).order_by("pk").values_list("object_id", flat=True))
    entries = Entry.objects.filter(verb=f"case.{verb}").values_list("object_id", flat=True)
    assert sorted(entries) == sorted(moves)
    return moves


def results(batch: CaseBatch) -> list[str]:
    return list(batch.items.order_by("pk").values_list("result", flat=True))


def test_approval_and_announcement_killed_in_the_middle_decide_everybody_once(
    staff: dict[str, User],
    own_database: str,
    beside: dict[str, str],
    owner_connection: Connect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    homes = [make_household(f"YK{number:06d}", by=staff["xian"]) for number in range(CASES)]
    cases = cases_at("review", homes, staff["cun"])
    batches.review_many(cases, Paper(TODAY, as_computed=True), by=staff["zhen"])
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    county = Paper(TODAY, number="防贫审〔2026〕9号")
    posted = Paper(TODAY, place="村务公开栏")
    for verb, decide, paper, by in (
        ("approve", batches.approve_many, county, staff["shending"]),
        ("announce", batches.announce_many, posted, staff["zhen"]),
    ):
        rows = _now(cases)
        batch = decide(rows, paper, by=by, ring=False)
        job = Job.objects.get(uuid=batch.job)
        killed(job, rows[HELD], beside, owner_connection(own_database))
        assert made(verb) == [str(case.pk) for case in rows[:EACH_TIME]]
        assert results(batch) == ["done"] * EACH_TIME + [""] * (CASES - EACH_TIME)
        assert Standing.objects.count() == (EACH_TIME if verb == "announce" else 0)
        job.refresh_from_db()
        assert run_here(job).result == {"done": CASES, "left": 0}
        assert made(verb) == [str(case.pk) for case in rows]
        assert results(batch) == ["done"] * CASES
    assert set(Case.objects.values_list("state", "decided_on")) == {("enrolled", TODAY)}
    assert set(Standing.objects.values_list("household", flat=True)) == {home.pk for home in homes}
    assert Standing.objects.count() == Entry.objects.filter(verb="standing.held").count() == CASES


def _now(cases: Sequence[Case]) -> list[Case]:
    keys = [case.pk for case in cases]
    return list(Case.objects.filter(pk__in=keys).select_related("household").order_by("pk"))
