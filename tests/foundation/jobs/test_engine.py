"""The engine: every row once, whatever goes wrong on the way."""

import pytest

from foundation.accounts.refusals import Refused
from foundation.jobs import asking
from foundation.jobs.engine import backoff, take_turn
from foundation.jobs.leases import LeaseLost, claim
from foundation.jobs.models import Chunk, Job, Phase, State
from foundation.jobs.running import one_slice, run_here
from foundation.jobs.steps import Context
from foundation.ledger.models import Entry
from tests.foundation.jobs import faults
from tests.foundation.jobs.kinds import CLERK, an_act, assert_done_once, record, refuse, rows_done
from tests.people import COUNTY

SECRET = "9999" * 4


def fail() -> None:
    raise ZeroDivisionError(SECRET)


def run_out(job: Job) -> None:
    """Let every lease of the job run out, as if its workers had been killed."""
    job.chunks.filter(state=State.RUNNING).update(lease_until="2026-01-01T00:00Z")
    Job.objects.filter(pk=job.pk, lease_until__isnull=False).update(lease_until="2026-01-01T00:00Z")


def test_a_job_runs_to_its_end_in_one_process(ask) -> None:
    told = []
    job = run_here(ask(), progress=lambda done, total: told.append((done, total)))
    assert (job.state, job.result, job.total) == (State.DONE, {"rows": 30}, 30)
    assert_done_once(30)
    assert told[-1] == (30, 30)


def test_asking_and_ending_are_entries_of_the_ledger(ask) -> None:
    job = run_here(ask())
    verbs = Entry.objects.filter(object_id=str(job.uuid)).order_by("id").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb.startswith("job.")] == ["job.asked", "job.done"]


def test_a_job_without_parts_is_finished_at_once(ask) -> None:
    assert run_here(ask(chunks=0)).result == {"rows": 0}


def test_chunks_known_beforehand_need_no_plan(asker) -> None:
    parts = [({"from": 0}, 4), ({"from": 4}, 4)]
    job = asking.enqueue("count", {}, by=asker, area=COUNTY, chunks=parts)
    assert take_turn(job.uuid, owner="a") == Phase.WORK
    run_here(job)
    assert_done_once(8)


def test_the_first_to_plan_calls_more_workers(ask, rings) -> None:
    job = ask(chunks=4)
    rings.clear()
    one_slice(str(job.uuid))
    assert rings == [str(job.uuid)] * 3


def test_a_slice_that_is_over_rings_for_the_next(ask, rings, settings) -> None:
    settings.JOB_SLICE_SECONDS = 0
    job = ask(chunks=4)
    rings.clear()
    one_slice(str(job.uuid))
    assert len(rings) == 4  # three for the other parts, one for the next slice
    assert rows_done() == {}


def test_a_worker_that_was_thought_dead_commits_nothing(ask) -> None:
    job = ask(chunks=1)
    take_turn(job.uuid, owner="planner")
    zombie = claim(Chunk.objects.takeable(), owner="zombie")
    run_out(job)
    context = Context(zombie)
    run_here(job)
    with pytest.raises(LeaseLost), context.checkpoint():
        record(an_act("row.done", 0), by=CLERK)
    assert_done_once(10)


def test_of_two_workers_at_one_chunk_only_the_later_commits(ask) -> None:
    job = ask(chunks=1)
    take_turn(job.uuid, owner="planner")
    zombie = Context(claim(Chunk.objects.takeable(), owner="zombie"))
    run_out(job)
    later = Context(claim(Chunk.objects.takeable(), owner="later"))
    for context, refused in ((later, False), (zombie, True)):
        try:
            with context.checkpoint() as saved:
                record(an_act("row.done", context.saved.get("next", 0)), by=CLERK)
                saved["next"] = 1
        except LeaseLost:
            assert refused
        else:
            assert not refused
    assert rows_done() == {"0": 1}


def test_nobody_takes_a_chunk_that_is_in_the_middle_of_a_checkpoint(ask, meanwhile) -> None:
    job = ask(chunks=1)
    take_turn(job.uuid, owner="planner")
    lease = claim(Chunk.objects.takeable(), owner="slow")
    run_out(job)
    with Context(lease).checkpoint() as saved:
        assert meanwhile(lambda: take_turn(job.uuid, owner="other")) is None
        saved["next"] = 5
    chunk = Chunk.objects.get()
    assert (chunk.checkpoint, chunk.fence) == ({"next": 5}, lease.row.fence)


def test_work_goes_on_from_the_checkpoint_of_a_killed_worker(ask) -> None:
    job = ask(chunks=1)
    take_turn(job.uuid, owner="planner")
    killed = Context(claim(Chunk.objects.takeable(), owner="killed"))
    with killed.checkpoint() as saved:
        for row in range(4):
            record(an_act("row.done", row), by=CLERK)
        saved["next"] = 4
    run_out(job)
    run_here(job)
    assert_done_once(10)


def test_an_effect_and_its_checkpoint_are_undone_together(ask) -> None:
    faults.AT[6] = fail
    job = ask("stumble", chunks=1)
    take_turn(job.uuid, owner="a")
    take_turn(job.uuid, owner="a")
    chunk = Chunk.objects.get()
    assert (chunk.checkpoint, chunk.rows_done, len(rows_done())) == ({"next": 6}, 6, 6)
    assert chunk.state == State.WAITING_RETRY
    assert chunk.lease_until is None


def test_a_fault_that_passes_is_tried_again_by_itself(ask) -> None:
    times = []

    def fail_twice() -> None:
        times.append(1)
        if len(times) < 3:
            fail()

    faults.AT[6] = fail_twice
    assert run_here(ask("stumble")).state == State.DONE
    assert_done_once(30)


def test_a_fault_that_stays_is_given_up_and_the_other_parts_are_done(ask, caplog) -> None:
    faults.AT[13] = fail
    job = ask("stumble")
    with pytest.raises(Refused, match=r"1 of 3|共 3 部分"):
        run_here(job)
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.chunks.get(number=2).attempts == 5
    assert len(rows_done()) == 23
    assert job.error_ref in caplog.text
    assert SECRET not in caplog.text + job.error


def test_what_the_work_refuses_is_not_tried_again(ask) -> None:
    faults.AT[3] = refuse
    job = ask("stumble", chunks=1)
    with pytest.raises(Refused, match="names no place"):
        run_here(job)
    assert job.chunks.get().fence == 1


def test_a_part_that_kills_every_worker_is_given_up(ask) -> None:
    job = ask(chunks=1)
    take_turn(job.uuid, owner="planner")
    for _kill in range(5):
        claim(Chunk.objects.takeable(), owner="killed")
        run_out(job)
    take_turn(job.uuid, owner="last")
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert rows_done() == {}


def test_lasting_progress_makes_earlier_attempts_forgotten(ask) -> None:
    job = ask(chunks=1)
    take_turn(job.uuid, owner="planner")
    for step in range(8):
        context = Context(claim(Chunk.objects.takeable(), owner="killed"))
        with context.checkpoint() as saved:
            record(an_act("row.done", step), by=CLERK)
            saved["next"] = step + 1
        run_out(job)
    run_here(job)
    assert_done_once(10)


def test_what_failed_is_tried_again_from_where_it_stood(ask, asker) -> None:
    faults.AT[3] = refuse
    job = ask("stumble")
    with pytest.raises(Refused):
        run_here(job)
    faults.AT.clear()
    job = run_here(asking.retry(job, by=asker))
    assert job.state == State.DONE
    assert_done_once(30)


def test_cancelling_stops_at_the_next_checkpoint_and_keeps_what_is_done(ask, asker, meanwhile) -> None:
    job = ask("stumble", chunks=2)
    faults.AT[3] = lambda: meanwhile(lambda: asking.cancel(job, by=asker))
    with pytest.raises(Refused):
        run_here(job)
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert len(rows_done()) == 4  # the step in which it was asked still commits
    assert set(job.chunks.values_list("state", flat=True)) == {State.CANCELLED}


def test_attempts_are_later_each_time_and_never_at_the_same_moment(settings) -> None:
    settings.JOB_BACKOFF_SECONDS = 5
    for attempts, full in ((1, 5), (2, 10), (3, 20), (20, 600)):
        waits = {backoff(attempts) for _time in range(20)}
        assert len(waits) > 10
        assert all(full / 2 <= wait <= full for wait in waits)
