"""Ask, cancel, try again: what people may do with long work."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from foundation.accounts.refusals import Refused
from foundation.jobs import asking, doorbell
from foundation.jobs.engine import take_turn
from foundation.jobs.leases import claim
from foundation.jobs.models import Chunk, Job, State
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from tests.people import COUNTY, NEIGHBOUR_COUNTY

REAL_RING = doorbell.ring


def test_the_bell_rings_when_the_row_is_committed(ask, rings) -> None:
    job = ask()
    assert rings == [str(job.uuid)]
    assert Entry.objects.filter(verb="job.asked", actor=f"staff:{job.asked_by_id}", area=COUNTY).count() == 1


def test_who_lacks_the_right_cannot_ask(ask, staff) -> None:
    for username in ("cun", "anquan", "lin_xian"):
        with pytest.raises(Refused):
            ask(by=staff[username])
    with pytest.raises(Refused):
        asking.enqueue("count", {}, by=staff["xitong"], area=NEIGHBOUR_COUNTY)
    assert not Job.objects.exists()


def test_the_same_work_is_not_queued_twice(ask, rings) -> None:
    first, second = ask(dedupe="file 1"), ask(dedupe="file 1")
    other = ask(dedupe="file 2")
    assert first.pk == second.pk != other.pk
    assert len(rings) == 2


def test_of_ten_who_ask_at_the_same_moment_one_makes_the_job(asker) -> None:
    def one_more(_number: int) -> int:
        try:
            return asking.enqueue("count", {}, by=asker, area=COUNTY, dedupe="file").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(one_more, range(10)))) == 1
    assert Job.objects.count() == 1


def test_work_that_has_ended_or_is_being_cancelled_may_be_asked_for_again(ask, asker) -> None:
    first = ask(dedupe="file")
    run_here(first)
    second = ask(dedupe="file")
    asking.cancel(second, by=asker)
    assert len({first.pk, second.pk, ask(dedupe="file").pk}) == 3


@pytest.mark.parametrize("url", ["redis+socket:///nowhere/valkey.sock", "redis://127.0.0.1:1/0"])
def test_a_dead_broker_delays_nobody_and_loses_nothing(ask, monkeypatch, settings, url) -> None:
    from celery import current_app

    monkeypatch.setattr("foundation.jobs.doorbell.ring", REAL_RING)
    monkeypatch.setattr(current_app.conf, "broker_url", url)
    monkeypatch.setattr(current_app.conf, "broker_write_url", url)
    monkeypatch.setattr(current_app, "_pool", None)
    monkeypatch.setattr(current_app.amqp, "_producer_pool", None)
    REAL_RING(uuid4())  # what is imported on the first ring is not waited for again
    began = time.monotonic()
    job = ask()
    assert time.monotonic() - began < 3
    assert not doorbell.ring(job.uuid)
    assert Job.objects.get().state == State.QUEUED


def test_a_job_nobody_works_on_is_cancelled_at_once(ask, asker) -> None:
    job = asking.cancel(ask(), by=asker)
    assert job.state == State.CANCELLED
    assert job.finished_at is not None
    with pytest.raises(Refused, match=r"already ended|已经结束"):
        asking.cancel(job, by=asker)


def test_a_job_at_work_is_cancelled_when_the_last_worker_leaves(ask, asker) -> None:
    job = ask()
    take_turn(job.uuid, owner="planner")
    claim(Chunk.objects.takeable(), owner="busy")
    assert asking.cancel(job, by=asker).state == State.RUNNING
    assert take_turn(job.uuid, owner="other") is None


def test_an_outsider_cannot_cancel(ask, staff) -> None:
    job = ask()
    for username in ("lin_xian", "cun", "lingdao"):
        with pytest.raises(Refused):
            asking.cancel(job, by=staff[username])
    job.refresh_from_db()
    assert job.cancel_requested_at is None


def test_only_what_failed_is_tried_again(ask, asker) -> None:
    job = run_here(ask())
    with pytest.raises(Refused):
        asking.retry(job, by=asker)


def test_trying_again_what_was_asked_for_meanwhile_is_refused(ask, asker) -> None:
    failed = ask(dedupe="file")
    Job.objects.filter(pk=failed.pk).update(state=State.FAILED, finished_at="2026-11-04T00:00Z")
    ask(dedupe="file")
    with pytest.raises(Refused):
        asking.retry(failed, by=asker)


def test_one_sees_ones_own_jobs_and_those_of_the_areas_one_looks_after(ask, staff) -> None:
    job = ask()
    seen_by = {name for name, user in staff.items() if job in Job.objects.visible_to(user)}
    assert seen_by == {"xitong", "lingdao", "shi", "sheng"}


def test_l20_what_waits_at_the_broker_names_the_job_and_nothing_else(ask, monkeypatch) -> None:
    sent = []
    monkeypatch.setattr(
        "foundation.jobs.doorbell.current_app.send_task", lambda *task, **how: sent.append((task, how))
    )
    job = ask(dedupe="沈立夏")
    REAL_RING(job.uuid)
    assert sent == [((doorbell.RING,), {"args": [str(job.uuid)], "retry": False, "expires": 600})]
