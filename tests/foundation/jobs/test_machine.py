"""Any order of workers, kills, sweeps, cancels and retries keeps the promises, found by trying many orders."""

import datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.jobs import asking
from foundation.jobs.engine import take_turn
from foundation.jobs.leases import LeaseLost, claim
from foundation.jobs.models import Chunk, Job, Phase, State
from foundation.jobs.steps import Cancelled, Context
from foundation.jobs.sweeping import close_cancelled, ring_forgotten
from foundation.ledger.models import Entry
from tests.foundation.jobs.kinds import CLERK, an_act, record, rows_done
from tests.people import COUNTY, make_areas, make_people

PAST = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
CHUNKS, SIZE = 2, 4
#: Often enough to be tried, seldom enough that most jobs live for some steps before.
SELDOM = st.sampled_from([False] * 9 + [True])


class Workers(RuleBasedStateMachine):
    """Workers that come, work a step, stall, wake up as zombies, and die."""

    asker: User

    @initialize()
    def ask(self) -> None:
        self.held: list[tuple[Context, int]] = []
        self.asked = asking.enqueue(
            "count", {"chunks": CHUNKS, "size": SIZE, "batch": 1}, by=self.asker, area=COUNTY
        )
        self.before = rows_done()
        self.files_before = Entry.objects.filter(verb="file.done").count()

    @rule(really=SELDOM)
    def a_worker_takes_a_whole_turn(self, really: bool) -> None:
        if really or Job.objects.get(pk=self.asked.pk).phase != Phase.WORK:
            take_turn(self.asked.uuid, owner="whole")

    @rule(overtaking=st.booleans())
    def a_worker_claims_a_chunk(self, overtaking: bool) -> None:
        if overtaking:
            self.every_lease_runs_out()
        lease = claim(Chunk.objects.filter(job=self.asked).takeable().order_by("number"), owner="stepwise")
        if lease is not None:
            self.held.append((Context(lease), lease.row.params["from"]))

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0, 9))
    def a_worker_does_one_step_alive_or_zombie(self, which: int) -> None:
        context, first = held = self.held[which % len(self.held)]
        row = context.saved.get("next", 0)  # as old as this worker's claim: only the fence protects
        try:
            with context.checkpoint() as saved:
                if row < SIZE:
                    record(an_act("row.done", first + row), by=CLERK)
                    saved["next"] = row + 1
                    context.advance(1)
        except LeaseLost:
            self.held.remove(held)
        except Cancelled:
            pass

    @rule()
    def every_lease_runs_out(self) -> None:
        Chunk.objects.filter(job=self.asked, lease_until__isnull=False).update(lease_until=PAST)
        Job.objects.filter(pk=self.asked.pk, lease_until__isnull=False).update(lease_until=PAST)

    @rule()
    def the_sweeper_comes(self) -> None:
        Job.objects.filter(pk=self.asked.pk).update(rung_at=PAST)
        close_cancelled()
        ring_forgotten()

    @rule(really=SELDOM)
    def somebody_cancels(self, really: bool) -> None:
        if really:
            try:
                asking.cancel(self.asked, by=self.asker)
            except Refused:
                assert not Job.objects.get(pk=self.asked.pk).is_open

    @invariant()
    def no_row_is_done_twice(self) -> None:
        if hasattr(self, "asked"):
            done = rows_done() - self.before
            assert max(done.values(), default=0) <= 1

    @invariant()
    def what_has_ended_is_held_by_nobody_and_whole(self) -> None:
        if not hasattr(self, "asked"):
            return
        job = Job.objects.get(pk=self.asked.pk)
        files = Entry.objects.filter(verb="file.done").count() - self.files_before
        assert files == (job.state == State.DONE)
        if not job.is_open:
            assert not job.chunks.open().exists()
            assert job.lease_until is None
        if job.state == State.DONE:
            assert (rows_done() - self.before).total() == CHUNKS * SIZE

    def teardown(self) -> None:
        """However it was left, the job comes to an end."""
        self.every_lease_runs_out()
        self.the_sweeper_comes()
        for _turn in range(CHUNKS + 2):
            take_turn(self.asked.uuid, owner="last")
        assert not Job.objects.get(pk=self.asked.pk).is_open
        self.what_has_ended_is_held_by_nobody_and_whole()


@pytest.mark.timeout(300)
def test_any_order_keeps_the_promises(own_database: str, rings: list[str]) -> None:
    Workers.asker = make_people(make_areas())["xitong"]
    run_state_machine_as_test(
        Workers,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
