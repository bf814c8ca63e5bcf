"""The sweeper, every 15 seconds: the only redelivery. It needs nothing but rows, and twins of it do no harm.

It rings for jobs of which something is to be taken but nobody came: a lost message, a flushed or dead broker, a
worker that was killed (its lease has run out), a second attempt whose time has come. It closes cancelled jobs
whose worker died, and removes kept files and old jobs that nothing needs any more.
"""

import datetime
import logging
from contextlib import closing

import redis
from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from foundation.jobs import doorbell, spool
from foundation.jobs.endings import close_if_idle
from foundation.jobs.kinds import known
from foundation.jobs.models import Chunk, Job, State

log = logging.getLogger(__name__)
#: Rows that one round looks at, so that a round is short whatever piled up.
AT_ONCE = 200
#: Where the broker keeps when the last round ended.
_SIGN = "shouwang:last_sweep"


def sweep() -> int:
    """Make one round; returns how many jobs were rung for."""
    close_cancelled()
    rung = ring_forgotten()
    forget_files()
    remove_old()
    _leave_a_sign()
    return rung


def last_round() -> datetime.datetime | None:
    """Return when the last round ended, as long as the broker remembers."""
    with closing(_broker()) as broker:
        told = broker.get(_SIGN)
    return datetime.datetime.fromtimestamp(float(told), datetime.UTC) if told else None


def rings() -> int:
    """Return how many messages wait at the broker for a worker."""
    with closing(_broker()) as broker:
        return int(broker.llen(current_app.conf.task_default_queue))


def _leave_a_sign() -> None:
    """Tell watchers that scheduler and workers live; a broker that is away is told of elsewhere."""
    try:
        with closing(_broker()) as broker:
            broker.set(_SIGN, timezone.now().timestamp())
    except (redis.RedisError, OSError) as fault:
        log.warning("The sweeper left no sign (%s).", type(fault).__name__)


def _broker() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2)


def ring_forgotten() -> int:
    """Ring for jobs in want of a worker that nobody rang for lately; returns how many."""
    with transaction.atomic():
        lately = Now() - datetime.timedelta(seconds=settings.JOB_RING_AGAIN_SECONDS)
        jobs = list(
            Job.objects.in_want_of_a_worker()
            .filter(kind__in=known(), rung_at__lt=lately)
            .select_for_update(no_key=True, skip_locked=True, of=("self",))
            .order_by("rung_at")[:AT_ONCE]
        )
        Job.objects.filter(pk__in=[job.pk for job in jobs]).update(rung_at=Now())
    for job in jobs:
        if not doorbell.ring(job.uuid, times=max(Chunk.objects.filter(job=job).takeable().count(), 1)):
            break  # the broker is away: the next round tries again
    return len(jobs)


def close_cancelled() -> None:
    """Close the jobs that were to be cancelled and whose worker did not come back to do it."""
    waiting = Job.objects.open().filter(cancel_requested_at__isnull=False)
    for pk in waiting.values_list("pk", flat=True)[:AT_ONCE]:
        with transaction.atomic():
            job = waiting.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(pk=pk).first()
            if job is not None:
                close_if_idle(job)


def forget_files() -> None:
    """Delete kept files whose job has ended (failed ones may be tried again for a while), and strays."""
    ended = Q(state__in=[State.DONE, State.CANCELLED])
    given_up = Q(state=State.FAILED, finished_at__lt=_days_ago(settings.JOB_KEEP_FILES_DAYS))
    for job in Job.objects.exclude(spooled="").filter(ended | given_up)[:AT_ONCE]:
        spool.forget_of(job)
    stale = Q(finished_at__lt=_days_ago(settings.JOB_KEEP_FILES_DAYS))
    for job in Job.objects.exclude(rejects="").filter(stale)[:AT_ONCE]:
        spool.forget_rejects_of(job)
    spool.remove_strays()


def remove_old() -> None:
    """Remove jobs that ended long ago; what they did, and who asked, stays in the ledger."""
    old = Job.objects.filter(finished_at__lt=_days_ago(settings.JOB_KEEP_DAYS), spooled="", rejects="")
    Job.objects.filter(pk__in=old.values("pk")[:AT_ONCE]).delete()


def _days_ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)
