"""What pages tell about jobs: how far, how fast, how long still, and whether a worker fell silent."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, When
from django.db.models.functions import Greatest, Now

from foundation.accounts.models import User
from foundation.jobs.models import Chunk, Job, State


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come. `left` is in seconds, `rate` in rows per second; None where nobody can tell."""

    done: int
    total: int
    rate: float | None
    left: float | None

    @property
    def percent(self) -> int:
        """The share done, 0 to 100."""
        return min(100 * self.done // self.total, 100) if self.total else 0


def progress_of(job: Any) -> Progress:
    """Return how far a job of `Job.objects.with_progress()` has come.

    The rate is that of the seconds really worked, so an interruption does not falsify it.
    """
    rate = left = None
    if job.rows_done and job.seconds_worked:
        rate = job.rows_done / job.seconds_worked * max(job.chunks_held, 1)
        left = max(job.total - job.rows_done, 0) / rate if job.chunks_held else None
    return Progress(job.rows_done, job.total, rate, left)


def may_know_asker(user: User) -> Exists:
    """Return the condition, for a queryset of jobs, that `user` may be told who asked for a job."""
    return Exists(User.objects.visible_to(user).filter(pk=OuterRef("asked_by")))


def waiting_part(user: User, job: Job) -> Chunk | None:
    """Return the part of a visible job that is to be tried again soonest, if one waits for that."""
    visible = Job.objects.visible_to(user).filter(pk=job.pk)
    waiting = Chunk.objects.filter(job__in=visible, state=State.WAITING_RETRY)
    return waiting.order_by("next_try_at").first()


@dataclass(frozen=True, slots=True)
class Interruption:
    """A part whose worker gives no sign (`silent_since`), or that another worker has taken up again (None).

    `anew` says that nothing of the part is committed, so that it begins from its first row.
    """

    silent_since: datetime.datetime | None
    anew: bool


def interruption_of(user: User, job: Job) -> Interruption | None:
    """Return what interrupted a visible job, if something did; a silence before a change of workers.

    The sign of a worker is the later of its last prolonged lease and its pulse: inside a long transaction only
    the pulse goes on. It is given three times in the length of a lease, and missed after two thirds of it.
    """
    lease = datetime.timedelta(seconds=settings.JOB_LEASE_SECONDS)
    visible = Job.objects.visible_to(user).filter(pk=job.pk)
    held = Chunk.objects.filter(job__in=visible, state=State.RUNNING, lease_until__isnull=False)
    pulse = Case(When(pulse__fence=F("fence"), then="pulse__beat_at"))
    with_sign = held.annotate(sign=Greatest(F("lease_until") - lease, pulse))
    silent: Any = with_sign.filter(sign__lt=Now() - lease * 2 / 3).order_by("sign").first()
    if silent is not None:
        return Interruption(silent.sign, anew=silent.rows_done == 0)
    again = held.filter(attempts__gt=1, error="").order_by("number").first()
    return None if again is None else Interruption(None, anew=again.rows_done == 0)
