"""What the work of one chunk is given: where it stood, a way to commit the next step, and a way to be stopped."""

import copy
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from foundation.jobs import spool
from foundation.jobs.heartbeat import Heartbeat
from foundation.jobs.leases import Lease, in_seconds
from foundation.jobs.models import Chunk, Job

SECONDS_BETWEEN_LOOKS = 0.5


class Cancelled(Exception):  # noqa: N818  (what was asked, not an error)
    """Somebody asked to cancel the job; what was committed so far stays."""


#: Told how many rows of the present chunk have been seen that are not committed yet.
Watch = Callable[[int], None]


class Context:
    """One worker's hold on one chunk."""

    def __init__(
        self, lease: Lease[Chunk], *, heartbeat: Heartbeat | None = None, watch: Watch | None = None
    ) -> None:
        """Begin where the last committed checkpoint stood; `watch` is told of every step in this process."""
        self._lease = lease
        self._heartbeat = heartbeat
        self._watch: Watch = watch or (lambda _uncommitted: None)
        self._rows = lease.row.rows_done
        self._since = self._looked_at = time.monotonic()
        self._cancelled = False
        self.saved: dict[str, Any] = lease.row.checkpoint

    @property
    def fence(self) -> int:
        """The fencing token of this claim."""
        return self._lease.row.fence

    @contextmanager
    def checkpoint(self) -> Iterator[dict[str, Any]]:
        """Commit what the block does together with what it puts into the yielded dict, or neither.

        Raises Cancelled where the job is to stop, LeaseLost where another worker took over.
        """
        rows = self._rows
        try:
            with self._lease.hold() as chunk:
                if chunk.job.cancel_requested_at is not None:
                    raise Cancelled
                saved = copy.deepcopy(chunk.checkpoint)
                yield saved
                self._lease.write(
                    checkpoint=saved,
                    rows_done=self._rows,
                    seconds=chunk.seconds + time.monotonic() - self._since,
                    attempts=0,
                    lease_until=in_seconds(settings.JOB_LEASE_SECONDS),
                )
        except BaseException:
            self._rows = rows
            raise
        self._since = time.monotonic()
        self.saved = saved
        self._watch(0)

    def advance(self, rows: int) -> None:
        """Count rows as done; lasts with the checkpoint."""
        self._rows += rows

    def progress(self, done: int, total: int) -> None:
        """Tell how far a long step has come, as the call-back that stage functions take; for the eye only."""
        uncommitted = int((self._lease.row.rows - self._rows) * min(done / total, 1.0)) if total else 0
        if self._heartbeat is not None:
            self._heartbeat.rows = self._rows + uncommitted
        self._watch(uncommitted)

    def keep_file(self, content: Iterable[bytes]) -> None:
        """Keep a file for the asker (rejected rows, an exported list); inside a checkpoint, it lasts with it."""
        kept = spool.keep(content)
        Job.objects.filter(pk=self._lease.row.job_id).update(rejects=kept.name)

    def cancelled(self) -> bool:
        """Say whether somebody asked to cancel: for work that computes long between checkpoints. Cheap."""
        now = time.monotonic()
        if not self._cancelled and now - self._looked_at >= SECONDS_BETWEEN_LOOKS:
            self._looked_at = now
            self._cancelled = Job.objects.filter(
                pk=self._lease.row.job_id, cancel_requested_at__isnull=False
            ).exists()
        return self._cancelled

    def stop_if_cancelled(self) -> None:
        """Raise Cancelled where somebody asked to cancel."""
        if self.cancelled():
            raise Cancelled
