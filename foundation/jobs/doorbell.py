"""The doorbell: tells workers that a job has something to do. It carries the job's uuid and may get lost."""

import logging
from uuid import UUID

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
RING = "foundation.jobs.tasks.ring"
#: How many workers are called at most for one job at once.
WIDTH = 8


def ring(job: UUID, times: int = 1) -> bool:
    """Call for workers; says whether the broker took it. Where it did not, the sweeper rings later."""
    try:
        for _each in range(min(times, WIDTH)):
            current_app.send_task(
                RING, args=[str(job)], retry=False, expires=settings.JOB_RING_EXPIRES_SECONDS
            )
    except (OperationalError, OSError) as fault:
        log.warning("The doorbell of job %s did not ring (%s); the sweeper will.", job, type(fault).__name__)
        return False
    return True
