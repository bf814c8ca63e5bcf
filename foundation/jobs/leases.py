"""Leases: who holds a job or a chunk, for how long, and the one transaction in which nobody can take it over."""

import datetime
import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import Expression, F
from django.db.models.functions import Coalesce, Now

from foundation.jobs.models import Chunk, Job, State
from foundation.jobs.querysets import LeasedQuerySet

log = logging.getLogger(__name__)
L = TypeVar("L", Job, Chunk)


class LeaseLost(Exception):  # noqa: N818  (what happened, not an error of anybody)
    """Somebody else has claimed this work meanwhile: leave it alone, nothing of ours was committed."""


def new_owner() -> str:
    """Return a name for this worker that no other has, in a form a person can trace to a process."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def in_seconds(seconds: float) -> Expression:
    """Return the database's time `seconds` from now."""
    return Now() + datetime.timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Lease(Generic[L]):
    """A claim on one row, as it stood when it was claimed."""

    row: L

    @contextmanager
    def hold(self) -> Iterator[L]:
        """Open a transaction with the row locked, as it stands now; raises LeaseLost when it is ours no more.

        While the row is locked nobody can claim it (claims skip locked rows), however long this takes.
        """
        with transaction.atomic(durable=True):
            rows = self._mine().select_for_update(of=("self",), no_key=True)
            row: L | None = (rows.select_related("job") if isinstance(self.row, Chunk) else rows).first()
            if row is None:
                raise LeaseLost(str(self.row))
            yield row

    def write(self, **changes: object) -> None:
        """Change the row under the fencing check; exactly one row or LeaseLost."""
        if self._mine().update(**changes) != 1:
            raise LeaseLost(str(self.row))

    def extend(self) -> None:
        """Prolong the lease, unless it is lost or the row is locked by our own transaction, which holds it too."""
        with transaction.atomic():
            rows = self._mine().select_for_update(of=("self",), no_key=True, skip_locked=True)
            if rows.only("pk").first() is not None:
                self.write(lease_until=in_seconds(settings.JOB_LEASE_SECONDS))

    def _mine(self) -> "LeasedQuerySet[L]":
        model = type(self.row)
        return model.objects.filter(pk=self.row.pk, fence=self.row.fence, state=State.RUNNING)


def claim(rows: "LeasedQuerySet[L]", *, owner: str) -> Lease[L] | None:
    """Take the first of `rows` that nobody else is taking; None where there is none. Raises its fence."""
    model = rows.model
    with transaction.atomic(durable=True):
        first = rows.select_for_update(of=("self",), no_key=True, skip_locked=True).only("pk").first()
        if first is None:
            return None
        started = {"started_at": _once("started_at")} if model is Job else {}
        model.objects.filter(pk=first.pk).update(
            state=State.RUNNING,
            lease_owner=owner,
            lease_until=in_seconds(settings.JOB_LEASE_SECONDS),
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            next_try_at=None,
            **started,
        )
        row = model.objects.get(pk=first.pk)
    return Lease(row)


class Heartbeat:
    """Prolongs a lease from a thread with its own connection for as long as the `with` block runs."""

    def __init__(self, lease: "Lease[Job] | Lease[Chunk]") -> None:
        """Prepare to prolong `lease` three times in its length."""
        self._lease = lease
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease {lease.row}", daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=settings.JOB_LEASE_SECONDS)

    def _beat(self) -> None:
        try:
            while not self._stop.wait(settings.JOB_LEASE_SECONDS / 3):
                try:
                    self._lease.extend()
                except LeaseLost:
                    return  # the next checkpoint says so to the work itself
                except DatabaseError as fault:
                    log.warning(
                        "%s: the lease could not be prolonged (%s)", self._lease.row, type(fault).__name__
                    )
                    close_old_connections()
        finally:
            connection.close()


def _once(column: str) -> Expression:
    """Return the database's time for a column that is empty, and what stands there otherwise."""
    return Coalesce(F(column), Now())
