"""What people do with long work: ask for it, cancel it, try again what failed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.jobs import doorbell
from foundation.jobs.endings import close_if_idle, record_act
from foundation.jobs.kinds import authority, kind_of, known
from foundation.jobs.models import Chunk, ChunkPlan, Job, Phase, State
from foundation.ledger.tracing import asked_in


def enqueue(
    kind: str,
    params: Mapping[str, Any],
    *,
    by: User,
    area: str,
    chunks: Iterable[ChunkPlan] | None = None,
    dedupe: str = "",
    spooled: str = "",
    ring: bool = True,
) -> Job:
    """Ask for long work in `area` and return its job, or the open one with the same `dedupe` key.

    `params` hold ids and numbers only. `spooled` is a kept file (foundation/jobs/spool.py) that belongs to the job
    from here on. With `chunks` the kind need not plan. Nothing is lost where the broker is down: the row stands,
    and the sweeper rings later. `ring=False` leaves the work to the caller's own process (running.run_here).
    """
    actor = authority(known()[kind], by, area)
    wanted = Job(
        kind=kind,
        params=dict(params),
        asked_by=by,
        asked_in=asked_in(),
        area=area,
        dedupe_key=dedupe,
        spooled=spooled,
    )
    with transaction.atomic():
        job, made = _insert(wanted)
        if not made:
            return job
        if chunks is not None:
            _write_chunks(job, list(chunks))
        record_act(job, "job.asked", actor, before=None, after=State.QUEUED.value)
        if ring:
            transaction.on_commit(lambda: doorbell.ring(job.uuid))
    return job


def cancel(job: Job, *, by: User) -> Job:
    """Ask that a job stops at its next checkpoint; what is done stays done. At once where nobody works on it."""
    actor = authority(kind_of(job), by, job.area)
    with transaction.atomic():
        job = _locked(job)
        if not job.is_open:
            raise Refused(_("This job has already ended."))
        if job.cancel_requested_at is not None:
            return job
        # Without its key, so that the same work may be asked for again while this one still stops.
        Job.objects.filter(pk=job.pk).update(cancel_requested_at=Now(), cancel_requested_by=by, dedupe_key="")
        job.refresh_from_db()
        record_act(job, "job.cancel_asked", actor, before=job.state, after=job.state)
        close_if_idle(job)
    job.refresh_from_db()
    return job


def retry(job: Job, *, by: User) -> Job:
    """Try a failed job again, from where each of its parts stood."""
    actor = authority(kind_of(job), by, job.area)
    try:
        with transaction.atomic():
            job = _locked(job)
            if job.state != State.FAILED:
                raise Refused(_("Only a job that failed can be tried again."))
            if "sha256" in job.params and not job.spooled:
                raise Refused(_("The file is no longer kept: hand it in again."))
            _reopen(job)
            record_act(job, "job.retried", actor, before=State.FAILED.value, after=State.QUEUED.value)
            transaction.on_commit(lambda: doorbell.ring(job.uuid))
    except IntegrityError as clash:
        raise Refused(_("The same work has been asked for again meanwhile: look there.")) from clash
    job.refresh_from_db()
    return job


def _insert(wanted: Job) -> tuple[Job, bool]:
    """Insert a job unless one with its key is open; the constraint decides between two who ask at once."""
    same = Job.objects.open().filter(kind=wanted.kind, dedupe_key=wanted.dedupe_key)
    for _attempt in range(5):  # the twin may end between our insert and our look
        if wanted.dedupe_key and (twin := same.first()):
            return twin, False
        try:
            with transaction.atomic():
                wanted.save(force_insert=True)
        except IntegrityError:
            continue
        return wanted, True
    raise Refused(_("The same work is being asked for at this moment: look again shortly."))


def _write_chunks(job: Job, plans: list[ChunkPlan]) -> None:
    Chunk.objects.bulk_create(
        Chunk(job=job, number=number, params=params, rows=rows)
        for number, (params, rows) in enumerate(plans, start=1)
    )
    job.total = sum(rows for _params, rows in plans)
    job.phase = Phase.WORK if plans else Phase.FINISH
    job.state = State.RUNNING if plans else State.QUEUED
    job.save(update_fields=["total", "phase", "state"])


def _locked(job: Job) -> Job:
    """Lock the job's row; refuse where it is being completed at this moment."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
    try:
        return Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    except OperationalError as busy:
        raise Refused(_("This job is being completed at this moment: look again shortly.")) from busy


def _reopen(job: Job) -> None:
    again = {"error": "", "error_ref": "", "attempts": 0, "next_try_at": None}
    failed = job.chunks.filter(state=State.FAILED).update(state=State.QUEUED, **again)
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING if failed else State.QUEUED,
        fence=F("fence") + 1,
        finished_at=None,
        rung_at=Now(),
        **again,
    )
