"""Leases: one holder at a time, prolonged while it lives, taken over when it does not."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from foundation.jobs.engine import take_turn
from foundation.jobs.heartbeat import Heartbeat
from foundation.jobs.leases import LeaseLost, claim
from foundation.jobs.models import Chunk, State
from tests.foundation.jobs.ground import await_that


@pytest.fixture
def planned(ask):
    job = ask(chunks=6)
    take_turn(job.uuid, owner="planner")
    return job


def test_workers_who_come_together_take_different_chunks(planned) -> None:
    def take(number: int) -> int | None:
        try:
            lease = claim(Chunk.objects.takeable().order_by("number"), owner=str(number))
            return lease and lease.row.number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, range(8)))
    assert sorted(number for number in taken if number) == [1, 2, 3, 4, 5, 6]
    assert taken.count(None) == 2


def test_a_claim_raises_the_fence(planned) -> None:
    for fence in (1, 2, 3):
        lease = claim(Chunk.objects.filter(number=1).takeable(), owner="a")
        assert lease.row.fence == fence
        assert claim(Chunk.objects.filter(number=1).takeable(), owner="b") is None
        Chunk.objects.update(lease_until="2026-01-01T00:00Z")


def test_a_heartbeat_keeps_the_lease_of_a_worker_that_lives(planned, settings) -> None:
    settings.JOB_LEASE_SECONDS = 1.5
    lease = claim(Chunk.objects.takeable(), owner="a")
    with Heartbeat(lease):
        time.sleep(2.5)
        assert Chunk.objects.held().filter(pk=lease.row.pk).exists()
    held = Chunk.objects.held().filter(pk=lease.row.pk)
    await_that(lambda: not held.exists(), 20, "the end of the lease")


def test_a_heartbeat_does_not_wait_for_the_workers_own_transaction(planned, settings, meanwhile) -> None:
    lease = claim(Chunk.objects.takeable(), owner="a")
    with lease.hold():
        began = time.monotonic()
        assert meanwhile(lease.extend) is None
        assert time.monotonic() - began < 10  # waiting would not end before the transaction does


def test_a_lease_taken_over_can_neither_write_nor_hold(planned) -> None:
    old = claim(Chunk.objects.filter(number=1).takeable(), owner="a")
    Chunk.objects.update(lease_until="2026-01-01T00:00Z")
    claim(Chunk.objects.filter(number=1).takeable(), owner="b")
    with pytest.raises(LeaseLost):
        old.write(state=State.DONE)
    with pytest.raises(LeaseLost), old.hold():
        pass
    assert Chunk.objects.get(number=1).lease_owner == "b"
