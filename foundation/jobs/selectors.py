"""What pages tell about jobs: how far, how fast, how long still."""

from dataclasses import dataclass
from typing import Any

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


def waiting_part(user: User, job: Job) -> Chunk | None:
    """Return the part of a visible job that is to be tried again soonest, if one waits for that."""
    visible = Job.objects.visible_to(user).filter(pk=job.pk)
    waiting = Chunk.objects.filter(job__in=visible, state=State.WAITING_RETRY)
    return waiting.order_by("next_try_at").first()
