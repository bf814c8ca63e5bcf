"""Leases: who holds a job or a chunk, for how long, and the one transaction in which nobody can take it over."""

import datetime
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Expression, F
from django.db.models.functions import Coalesce, Now

from foundation.jobs.models import Chunk, Job, State
from foundation.jobs.querysets import LeasedQuerySet

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


def _once(column: str) -> Expression:
    """Return the database's time for a column that is empty, and what stands there otherwise."""
    return Coalesce(F(column), Now())
