"""Two ways to run a job: a slice of it in a worker that was rung for, or all of it in a command's own process."""

import time
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused
from foundation.jobs import asking, doorbell
from foundation.jobs.engine import take_turn
from foundation.jobs.leases import new_owner
from foundation.jobs.models import Chunk, Job, Phase, State

#: Called with rows done and rows in all.
Progress = Callable[[int, int], None]
SECONDS_BETWEEN_LOOKS = 0.2


def one_slice(uuid: str) -> None:
    """Do pieces of a job until nothing is ready or the slice of time is over; then ring for the next slice.

    Slices let many jobs share few workers. Where the broker does not take the ring, the slice goes on.
    """
    owner = new_owner()
    ends = time.monotonic() + settings.JOB_SLICE_SECONDS
    while (phase := take_turn(uuid, owner=owner)) is not None:
        if phase == Phase.PLAN and (others := _ready_chunks(uuid) - 1) > 0:
            doorbell.ring(UUID(uuid), times=others)
        if time.monotonic() >= ends and doorbell.ring(UUID(uuid)):
            return


def run_here(job: Job, *, progress: Progress | None = None) -> Job:
    """Run a job in this process to its end, under the same leases as any worker, which may join in.

    Returns the job as it ended; raises Refused with its sentence where it failed or was cancelled. Ctrl-C cancels
    it. A database that goes away is waited for, up to JOB_PATIENCE_SECONDS without any answer.
    """
    owner, watch = new_owner(), _Watch(job, progress)
    answered = time.monotonic()
    try:
        while job.is_open:
            try:
                if take_turn(job.uuid, owner=owner, watch=watch) is None:
                    time.sleep(SECONDS_BETWEEN_LOOKS)
                job.refresh_from_db()
                watch(0)
                answered = time.monotonic()
            except (OperationalError, InterfaceError):
                connection.close()
                if time.monotonic() - answered > settings.JOB_PATIENCE_SECONDS:
                    raise
                time.sleep(SECONDS_BETWEEN_LOOKS)
    except KeyboardInterrupt:
        asking.cancel(job, by=job.asked_by)
        raise
    if job.state != State.DONE:
        raise Refused(job.error or _("The job was cancelled; what was done so far stays."))
    return job


class _Watch:
    """Tells a command's progress bar how far the job came, at most five times a second."""

    def __init__(self, job: Job, progress: Progress | None) -> None:
        self._job, self._progress = job, progress
        self._told_at = 0.0

    def __call__(self, uncommitted: int) -> None:
        now = time.monotonic()
        if self._progress is None or (self._job.is_open and now - self._told_at < SECONDS_BETWEEN_LOOKS):
            return
        self._told_at = now
        done = self._job.chunks.aggregate(rows=Sum("rows_done"))["rows"]
        if done is not None:
            self._job.refresh_from_db(fields=["total"])
            self._progress(done + uncommitted, self._job.total)


def _ready_chunks(uuid: str) -> int:
    return Chunk.objects.filter(job__uuid=uuid).takeable().count()
