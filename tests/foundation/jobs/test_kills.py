"""Kill -9 of worker, broker and PostgreSQL in the middle of a job loses nothing and doubles nothing.

Real servers and real processes, bounded; the seed of the moments is printed by pytest when a test fails.
"""

import contextlib
import io
import os
import random
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from foundation.accounts.models import Area
from foundation.desk.imports import hand_in
from foundation.jobs import asking, spool
from foundation.jobs.models import Chunk, Job, Pulse, State
from foundation.ledger.models import Entry
from tests.foundation.jobs.ground import Ground, await_that, standing
from tests.foundation.jobs.kinds import assert_done_once, rows_done
from tests.people import COUNTY, make_areas, make_people

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def ground(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Ground]:
    """Servers, two worker processes and a scheduler; Django of this process looks at the same database."""
    with django_db_blocker.unblock(), standing(tmp_path_factory.mktemp("g")) as made:
        made.start_worker()
        made.start_scheduler()
        yield made


@pytest.fixture
def begin(ground) -> Callable[..., Job]:
    """Ask for a job; the bell is not heard, so that the sweeper finds the row by itself."""
    asker = make_people(make_areas())["xitong"]

    def ask(**size) -> Job:
        given = {"chunks": 8, "size": 40, "batch": 4, "pause": 0.05} | size
        return asking.enqueue("count", given, by=asker, area=COUNTY)

    return ask


def look(job: Job) -> str:
    """State of the job, whether or not the database is there."""
    try:
        job.refresh_from_db()
    except Exception:
        connection.close()
        return ""
    return job.state


def await_some_rows(count: int) -> None:
    await_that(lambda: rows_done().total() >= count, 90, f"{count} rows")


def assert_undisturbed(ground: Ground, job: Job, rows: int = 320, seconds: float = 120) -> None:
    """The job ends within so many seconds, and everything is as if nothing had happened."""
    await_that(lambda: look(job) == State.DONE, seconds, "the end of the job")
    assert_done_once(rows)
    assert job.result == {"rows": rows}
    assert set(Chunk.objects.values_list("state", "lease_until", "rows_done")) == {("done", None, 40)}
    assert ground.rows("SELECT count(*) FROM ledger_entry WHERE verb = 'job.done'") == [(1,)]


def test_workers_killed_at_random_moments(ground, begin) -> None:
    chance = random.Random(20261104)
    job = begin()
    for _kill in range(3):
        await_some_rows(1)
        time.sleep(chance.uniform(0.1, 1.5))
        ground.kill("worker")
        ground.start_worker()
    assert_undisturbed(ground, job)


@pytest.mark.slow
def test_children_of_a_worker_killed_at_many_random_moments(ground, begin) -> None:
    chance = random.Random(7)
    job = begin(pause=0.1)
    await_some_rows(1)
    for _kill in range(20):
        # A child may end by itself between being counted and being killed: its work goes on without it all the same.
        if children := ground.children("worker"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(children), signal.SIGKILL)
        time.sleep(chance.uniform(0.05, 1.0))
    # Each fruitless attempt doubles the pause before the next one: kills that fall unluckily make for long pauses.
    assert_undisturbed(ground, job, seconds=200)


AREAS = 40_000


def area_file() -> io.BytesIO:
    """Townships and villages that the county does not have yet, and one row that is no area."""
    rows = ["行政区划代码,名称", "4,无"]
    for number in range(AREAS // 200):
        township = f"{COUNTY}9{number % 100:02}" if number < 100 else f"{COUNTY}8{number % 100:02}"
        rows.append(f"{township},镇{number}")
        rows += [f"{township}{village:03},村{village}" for village in range(1, 200)]
    return io.BytesIO("\n".join(rows).encode())


@pytest.mark.parametrize("victim", ["worker", pytest.param("postgres", marks=pytest.mark.slow)])
def test_an_import_killed_in_the_middle_is_whole_and_entered_once(ground, settings, victim) -> None:
    settings.VAR, settings.KEYS_DIR = ground.place.var, ground.place.keys
    before = len(make_areas())
    asker = make_people({area.code: area for area in Area.objects.all()})["xitong"]
    with ground.nobody_writes("accounts_area"):
        job = hand_in(area_file(), "import_areas", by=asker)
        await_that(
            lambda: Pulse.objects.filter(rows_seen__gt=AREAS // 5).exists(), 120, "a fifth of the rows"
        )
        connection.close()
        ground.kill(victim, group=victim == "worker")
    getattr(ground, f"start_{victim}")()
    await_that(lambda: look(job) == State.DONE, 150, f"the end of the import ({job.state})")
    assert Chunk.objects.get().fence > 1  # it really was interrupted
    assert Area.objects.count() == before + AREAS
    assert (job.result["created"], job.result["rejected"]) == (AREAS, 1)
    assert Entry.objects.filter(verb="area.imported").count() == 1
    assert spool.read(job.rejects).decode("utf-8-sig").count("\n") == 2
    # The file goes after the end is committed.
    await_that(lambda: look(job) == State.DONE and job.spooled == "", 60, "the end of the kept file")


def test_the_broker_killed_in_the_middle_and_emptied(ground, begin) -> None:
    job = begin()
    await_some_rows(20)
    ground.kill("valkey")
    for file in (ground.place.var / "valkey").rglob("*"):
        if file.is_file():
            file.unlink()
    second = begin(chunks=1)  # asked for while there is no broker
    time.sleep(1)
    ground.start_valkey()
    await_that(lambda: look(second) == State.DONE, 120, "the job that was asked for without a broker")
    await_that(lambda: look(job) == State.DONE, 120, "the job that was under way")
    assert Chunk.objects.filter(job=job, state=State.DONE, lease_until=None).count() == 8


def test_postgres_killed_in_the_middle(ground, begin) -> None:
    job = begin()
    await_some_rows(20)
    connection.close()
    ground.kill("postgres", group=False)
    time.sleep(1)
    ground.start_postgres()
    assert_undisturbed(ground, job)


@pytest.mark.slow
def test_everything_killed_in_turn(ground, begin) -> None:
    chance = random.Random(11)
    job = begin(pause=0.1)
    await_some_rows(1)
    for name in chance.sample(["worker", "valkey", "postgres"] * 2, 6):
        time.sleep(chance.uniform(0.3, 2))
        connection.close()
        ground.kill(name, group=name != "postgres")
        time.sleep(chance.uniform(0, 1))
        getattr(ground, f"start_{name}")()
    assert_undisturbed(ground, job)
