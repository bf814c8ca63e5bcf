"""The sweeper: the only redelivery, and the tidying."""

import datetime
import os
from pathlib import Path

import pytest
from django.utils import timezone

from foundation.jobs import asking, spool
from foundation.jobs.engine import take_turn
from foundation.jobs.leases import claim
from foundation.jobs.models import Chunk, Job, State
from foundation.jobs.running import run_here
from foundation.jobs.sweeping import ring_forgotten, sweep

LONG_AGO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.VAR, settings.KEYS_DIR = tmp_path, tmp_path / "keys"


def nobody_came(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(rung_at=LONG_AGO)


def test_a_lost_message_is_rung_again_but_not_at_every_round(ask, rings) -> None:
    job = ask()
    rings.clear()
    assert sweep() == 0
    nobody_came(job)
    assert sweep() == 1
    assert sweep() == 0
    assert rings == [str(job.uuid)]


def test_a_job_somebody_works_on_is_left_alone_until_the_lease_runs_out(ask, rings) -> None:
    job = ask(chunks=1)
    take_turn(job.uuid, owner="planner")
    claim(Chunk.objects.takeable(), owner="busy")
    nobody_came(job)
    assert sweep() == 0
    Chunk.objects.update(lease_until=LONG_AGO)
    assert sweep() == 1


def test_an_appointed_attempt_is_rung_for_when_its_time_has_come(ask) -> None:
    job = ask(chunks=1)
    take_turn(job.uuid, owner="planner")
    later = timezone.now() + datetime.timedelta(minutes=5)
    Chunk.objects.update(state=State.WAITING_RETRY, next_try_at=later)
    nobody_came(job)
    assert sweep() == 0
    Chunk.objects.update(next_try_at=LONG_AGO)
    assert sweep() == 1


def test_two_sweepers_at_once_ring_once(ask, rings, meanwhile) -> None:
    from django.db import transaction

    nobody_came(ask())
    with transaction.atomic():
        assert ring_forgotten() == 1
        assert meanwhile(ring_forgotten) == 0


def test_a_cancelled_job_whose_worker_died_is_closed(ask, asker) -> None:
    job = ask(chunks=2)
    take_turn(job.uuid, owner="planner")
    claim(Chunk.objects.takeable(), owner="dies")
    asking.cancel(job, by=asker)
    sweep()
    job.refresh_from_db()
    assert job.is_open
    Chunk.objects.filter(state=State.RUNNING).update(lease_until=LONG_AGO)
    sweep()
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert not Chunk.objects.open().exists()


def test_a_kept_file_goes_with_the_end_of_its_job_also_after_a_kill(ask, settings) -> None:
    kept = spool.keep([b"rows"])
    job = ask(spooled=kept.name)
    sweep()
    assert spool.read(kept.name) == b"rows"
    Job.objects.update(state=State.CANCELLED, finished_at=timezone.now())  # killed before it could delete
    sweep()
    assert list((settings.VAR / "uploads/spool").iterdir()) == []
    job.refresh_from_db()
    assert job.spooled == ""


def test_a_finished_job_deletes_its_file_itself(ask, settings) -> None:
    run_here(ask(spooled=spool.keep([b"rows"]).name))
    assert list((settings.VAR / "uploads/spool").iterdir()) == []


def test_the_file_of_a_failed_job_is_kept_while_it_may_be_tried_again(ask, asker) -> None:
    job = ask(spooled=spool.keep([b"rows"]).name)
    Job.objects.update(state=State.FAILED, finished_at=timezone.now())
    sweep()
    assert spool.read(job.spooled) == b"rows"
    Job.objects.update(finished_at=LONG_AGO + datetime.timedelta(days=280))
    sweep()
    assert Job.objects.get().spooled == ""


def test_a_stray_file_is_removed_after_a_day(ask, own_database, settings) -> None:
    stray, claimed = spool.keep([b"a"]), spool.keep([b"b"])
    ask(spooled=claimed.name)
    for kept in (stray, claimed):
        os.utime(settings.VAR / "uploads/spool" / kept.name, (0, 0))
    sweep()
    assert [path.name for path in Path(settings.VAR / "uploads/spool").iterdir()] == [claimed.name]


def test_jobs_that_ended_long_ago_are_removed_with_their_parts(ask) -> None:
    run_here(ask())
    sweep()
    assert Job.objects.count() == 1
    Job.objects.update(finished_at=LONG_AGO)
    sweep()
    assert not Job.objects.exists()
    assert not Chunk.objects.exists()
