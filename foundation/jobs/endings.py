"""How jobs end: done, failed with a sentence, or cancelled. Every end is an entry in the ledger."""

from typing import Protocol

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.jobs.models import Chunk, Job, Phase, State
from foundation.ledger.record import Act, Actor, record

#: The built-in account in whose name the engine itself writes.
ENGINE = "system"


class JobFollower(Protocol):
    """What follows the end of a job in the same transaction; config/composition.py lists them (JOB_FOLLOWERS)."""

    def __call__(self, job: Job, state: State) -> None:
        """Draw the consequence of the end of `job`, which is now in `state`; it may come again after a retry."""
        ...


def settle(job_pk: int) -> None:
    """Draw the consequence of a piece that has just ended, in the same transaction; locks the job."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job_pk)
    if not job.is_open:
        return
    if job.cancel_requested_at is not None:
        close_if_idle(job)
    elif job.phase == Phase.WORK and not job.chunks.open().exists():
        failed = job.chunks.filter(state=State.FAILED).order_by("number")
        if first := failed.first():
            end(job, State.FAILED, error=_sentence(job, failed.count(), first), reference=first.error_ref)
        else:
            Job.objects.filter(pk=job_pk).update(phase=Phase.FINISH)


def close_if_idle(job: Job) -> bool:
    """End a job, locked by the caller, that is to be cancelled, unless a worker still holds a piece of it."""
    if not job.is_open or job.cancel_requested_at is None:
        return False
    open_chunks = job.chunks.open()
    free = open_chunks.select_for_update(no_key=True, skip_locked=True)
    # A chunk that is locked is in the middle of a checkpoint: its worker closes the job afterwards.
    if len(free) < open_chunks.count() or open_chunks.held().exists():
        return False
    if Job.objects.filter(pk=job.pk).held().exists():
        return False
    open_chunks.update(
        state=State.CANCELLED, fence=F("fence") + 1, lease_owner="", lease_until=None, next_try_at=None
    )
    end(job, State.CANCELLED)
    return True


def end(job: Job, state: State, *, error: str = "", reference: str = "") -> None:
    """Write the end of a job, locked by the caller, and its ledger entry."""
    before = job.state
    Job.objects.filter(pk=job.pk).update(
        state=state,
        fence=F("fence") + 1,
        error=error[:500],
        error_ref=reference,
        finished_at=Now(),
        lease_owner="",
        lease_until=None,
        next_try_at=None,
    )
    record_act(
        job, f"job.{state.value}", Actor(ENGINE, "platform", job.area), before=before, after=state.value
    )
    for follow in parts("JOB_FOLLOWERS"):
        follow(job, state)


def record_act(job: Job, verb: str, actor: Actor, *, before: str | None, after: str) -> None:
    """Write what happened to a job into the ledger: kind and counts, never personal data."""
    record(
        Act(
            verb,
            "job",
            str(job.uuid),
            happened_on=clock.today(),
            entered_on=clock.today(),
            area=job.area,
            before=before,
            after=after,
            details={"kind": job.kind, "params": job.params, "result": job.result},
        ),
        by=actor,
    )


def _sentence(job: Job, failed: int, first: Chunk) -> str:
    """Say how many parts failed and why the first did."""
    count = job.chunks.count()
    if count == 1:
        return first.error
    return _(
        "%(failed)d of %(count)d parts failed, the others are done. The first of them (part %(number)d): %(why)s"
    ) % {
        "failed": failed,
        "count": count,
        "number": first.number,
        "why": first.error,
    }
