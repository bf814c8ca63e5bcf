"""What Celery calls: a doorbell rung for one job, and the sweeper's round."""

import logging
from typing import Any

from celery import shared_task
from django.db import InterfaceError, OperationalError

from foundation.jobs import running, sweeping

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def ring(job: str, **_later: Any) -> None:
    """Work on the job for one slice of time. Ids only; unknown arguments of a newer version are ignored."""
    try:
        running.one_slice(job)
    except (OperationalError, InterfaceError) as fault:
        log.warning("Job %s: the database is away (%s); the sweeper rings again.", job, type(fault).__name__)


@shared_task(ignore_result=True)
def sweep(**_later: Any) -> None:
    """Make one round of the sweeper."""
    try:
        sweeping.sweep()
    except (OperationalError, InterfaceError) as fault:
        log.warning("The sweeper found the database away (%s).", type(fault).__name__)
