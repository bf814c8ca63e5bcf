"""The heartbeat of a worker: prolongs its lease and tells how far it came, from a thread with its own connection."""

import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.models.functions import Now

from foundation.jobs.leases import Lease, LeaseLost
from foundation.jobs.models import Chunk, Job, Pulse

log = logging.getLogger(__name__)
SECONDS_BETWEEN_BEATS = 1.0


class Heartbeat:
    """Beats for as long as the `with` block runs; `rows` is what the work last said it has seen."""

    def __init__(self, lease: "Lease[Job] | Lease[Chunk]") -> None:
        """Prepare to prolong `lease` three times in its length."""
        self._lease = lease
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"lease {lease.row}", daemon=True)
        self._began = self._prolonged_at = time.monotonic()
        self._told: int | None = None
        self.rows: int | None = None

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=settings.JOB_LEASE_SECONDS)

    def _run(self) -> None:
        try:
            while not self._stop.wait(min(SECONDS_BETWEEN_BEATS, settings.JOB_LEASE_SECONDS / 3)):
                try:
                    self._beat()
                except LeaseLost:
                    return  # the next checkpoint says so to the work itself
                except DatabaseError as fault:
                    log.warning("%s: no heartbeat (%s)", self._lease.row, type(fault).__name__)
                    close_old_connections()
        finally:
            connection.close()

    def _beat(self) -> None:
        due = time.monotonic() - self._prolonged_at >= settings.JOB_LEASE_SECONDS / 3
        if due:
            self._lease.extend()
            self._prolonged_at = time.monotonic()
        if isinstance(self._lease.row, Chunk) and (due or self.rows != self._told):
            self._told = self.rows
            self._show_life(self._lease.row, self._told or 0)

    def _show_life(self, chunk: Chunk, rows: int) -> None:
        seconds = chunk.seconds + time.monotonic() - self._began
        pulse = Pulse(chunk_id=chunk.pk, fence=chunk.fence, rows_seen=rows, seconds=seconds, beat_at=Now())
        fields = ["fence", "rows_seen", "seconds", "beat_at"]
        Pulse.objects.bulk_create(
            [pulse], update_conflicts=True, update_fields=fields, unique_fields=["chunk"]
        )
