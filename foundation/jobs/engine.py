"""The engine: take one piece of a job, do it under its lease, and settle what that means for the job.

A job is taken to be planned, its chunks are taken by whoever comes, and when the last has ended the job is taken
once more to be finished. Every end of a piece commits with what the piece did.
"""

import logging
import random
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.refusals import Busy, Refused
from foundation.jobs import spool
from foundation.jobs.endings import close_if_idle, end, settle
from foundation.jobs.heartbeat import Heartbeat
from foundation.jobs.kinds import kind_of, known
from foundation.jobs.leases import Lease, LeaseLost, claim, in_seconds
from foundation.jobs.models import Chunk, Job, Phase, State
from foundation.jobs.steps import Cancelled, Context, Watch
from foundation.ledger.tracing import asking_request, current_request
from foundation.regulations import revision

log = logging.getLogger(__name__)
RELEASED = {"lease_owner": "", "lease_until": None}


def take_turn(uuid: UUID | str, *, owner: str, watch: Watch | None = None) -> Phase | None:
    """Take and do one piece of the job `uuid`; returns which phase it belonged to, or None if nothing is ready."""
    jobs = Job.objects.filter(uuid=uuid, kind__in=known())
    whole = claim(jobs.takeable(), owner=owner)
    if whole is not None:
        _do(whole, whole.row, lambda _beat: _plan(whole) if whole.row.phase == Phase.PLAN else _finish(whole))
        return Phase(whole.row.phase)
    part = claim(Chunk.objects.filter(job__in=jobs).takeable().order_by("number"), owner=owner)
    if part is None:
        return None
    _do(part, part.row.job, lambda beat: _work(part, beat, watch or _unwatched))
    return Phase.WORK


def _plan(lease: Lease[Job]) -> None:
    """Ask the kind for the chunks and write them down, once."""
    plans = list(kind_of(lease.row).plan(lease.row))
    with lease.hold() as job:
        Chunk.objects.bulk_create(
            Chunk(job=job, number=number, params=params, rows=rows)
            for number, (params, rows) in enumerate(plans, start=1)
        )
        lease.write(
            phase=Phase.WORK if plans else Phase.FINISH,
            total=sum(rows for _params, rows in plans),
            attempts=0,
            **RELEASED,
        )
        settle(job.pk)


def _work(lease: Lease[Chunk], heartbeat: Heartbeat, watch: Watch) -> None:
    """Do one chunk; its end commits with its result, and with the next phase if it was the last."""
    job = lease.row.job
    result = kind_of(job).work(job, lease.row, Context(lease, heartbeat=heartbeat, watch=watch))
    with lease.hold() as chunk:
        lease.write(state=State.DONE, result=dict(result), rows_done=chunk.rows, error="", **RELEASED)
        settle(chunk.job_id)
    watch(0)


def _finish(lease: Lease[Job]) -> None:
    """Do what comes last and end the job, in one transaction."""
    with lease.hold() as job:
        results = list(job.chunks.order_by("number").values_list("result", flat=True))
        job.result = dict(kind_of(job).finish(job, results))
        job.save(update_fields=["result"])
        end(job, State.DONE)
    spool.forget_of(lease.row)


def _do(lease: "Lease[Job] | Lease[Chunk]", job: Job, act: Callable[[Heartbeat], None]) -> None:
    """Carry out `act` in the name of the asker; whatever goes wrong becomes a state and a sentence."""
    with _as_asked(job):
        try:
            if lease.row.attempts > settings.JOB_ATTEMPTS:
                return _give_up(lease, _("The worker stopped here again and again without a word."), "")
            with Heartbeat(lease) as heartbeat:
                act(heartbeat)
        except LeaseLost:
            log.info("job %s: another worker took over", job.uuid)
        except Cancelled:
            _leave(lease, job)
        except Busy as busy:
            _try_later(lease, busy.sentence, "", lease.row.attempts - 1)
        except Refused as refusal:
            _give_up(lease, refusal.sentence, "")
        except Exception as fault:
            _after_fault(lease, job, fault)


def _after_fault(lease: "Lease[Job] | Lease[Chunk]", job: Job, fault: Exception) -> None:
    """Appoint the next attempt, later each time; after the last one give up. The log never quotes values."""
    reference = secrets.token_hex(4)
    frames = traceback.extract_tb(fault.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    log.error("job %s, reference %s: %s", job.uuid, reference, type(fault).__name__, extra={"trace": where})
    for each in connections.all(initialized_only=True):
        each.close_if_unusable_or_obsolete()
    # A checkpoint may have set the count back since the claim.
    attempts = type(lease.row).objects.values_list("attempts", flat=True).get(pk=lease.row.pk)
    if attempts >= settings.JOB_ATTEMPTS:
        _give_up(lease, _("An internal fault stopped this again and again."), reference)
    else:
        _try_later(lease, _("An internal fault; it is tried again by itself."), reference, attempts)


def _try_later(lease: "Lease[Job] | Lease[Chunk]", sentence: str, reference: str, attempts: int) -> None:
    """Appoint the next attempt; `attempts` are the fruitless ones so far."""
    try:
        with lease.hold():
            lease.write(
                state=State.WAITING_RETRY,
                next_try_at=in_seconds(backoff(attempts)),
                attempts=attempts,
                error=sentence[:500],
                error_ref=reference,
                **RELEASED,
            )
    except LeaseLost:
        log.info("%s: another worker took over", lease.row)


def backoff(attempts: int) -> float:
    """Return the seconds to wait after so many fruitless attempts: doubling, capped, half of it by chance."""
    full = min(settings.JOB_BACKOFF_SECONDS * 2.0 ** max(attempts - 1, 0), 600.0)
    return full * random.uniform(0.5, 1.0)  # noqa: S311  (spreads retries, guards nothing)


def _give_up(lease: "Lease[Job] | Lease[Chunk]", sentence: str, reference: str) -> None:
    """Mark this piece as failed for good; the other chunks go on."""
    try:
        with lease.hold() as row:
            if isinstance(row, Job):
                return end(row, State.FAILED, error=sentence, reference=reference)
            lease.write(state=State.FAILED, error=sentence[:500], error_ref=reference, **RELEASED)
            settle(row.job_id)
    except LeaseLost:
        log.info("%s: another worker took over", lease.row)


def _leave(lease: "Lease[Job] | Lease[Chunk]", job: Job) -> None:
    """Put the piece down because the job is to be cancelled; the last to leave closes the job."""
    try:
        with lease.hold():
            lease.write(state=State.QUEUED, **RELEASED)
    except LeaseLost:
        log.info("job %s: another worker took over", job.uuid)
    with transaction.atomic():
        close_if_idle(Job.objects.select_for_update(no_key=True).get(pk=job.pk))


def _unwatched(_uncommitted: int) -> None:
    """Tell nobody."""


@contextmanager
def _as_asked(job: Job) -> Iterator[None]:
    """Work on one day and one reading of the law, in the asker's language; ledger entries name the job."""
    token, asked = current_request.set(f"job:{job.uuid}"), asking_request.set(job.asked_in)
    language = job.asked_by.language or settings.LANGUAGE_CODE
    try:
        with clock.one_reading(), revision.one_reading(), translation.override(language):
            yield
    finally:
        current_request.reset(token)
        asking_request.reset(asked)
