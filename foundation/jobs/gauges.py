"""What watchers are told of long work: how much waits and for how long, what failed, whether somebody sweeps."""

import datetime
from collections.abc import Iterator

from django.db.models import Min
from django.utils import timezone
from prometheus_client.core import Metric

from foundation.accounts.gauges import counted, moment, one, table
from foundation.jobs.models import Job, State
from foundation.jobs.sweeping import last_round, rings

_LATELY = datetime.timedelta(days=1)


def jobs() -> Iterator[Metric]:
    """Yield open jobs by kind and state, the oldest that waits by kind, and what ended within a day."""
    yield table(
        "shouwang_jobs_open",
        "Jobs that have not ended, by kind and state.",
        ["kind", "state"],
        counted(Job.objects.open(), "kind", "state"),
    )
    waiting = Job.objects.filter(state__in=[State.QUEUED, State.WAITING_RETRY]).order_by().values_list("kind")
    oldest = {(kind,): at.timestamp() for kind, at in waiting.annotate(at=Min("created_at"))}
    yield table(
        "shouwang_jobs_oldest_waiting_timestamp_seconds",
        "When the job was asked for that waits longest, by kind.",
        ["kind"],
        oldest,
    )
    lately = Job.objects.filter(finished_at__gte=timezone.now() - _LATELY)
    yield table(
        "shouwang_jobs_ended_last_day",
        "Jobs that ended within 24 hours, by kind and how they ended.",
        ["kind", "state"],
        counted(lately, "kind", "state"),
    )


def workers() -> Iterator[Metric]:
    """Yield when the sweeper last made its round (scheduler and worker live), and how many rings wait."""
    yield moment(
        "shouwang_sweeper_last_round_timestamp_seconds",
        "When a worker last made the round that the scheduler rings for every 15 seconds.",
        last_round(),
    )
    yield one(
        "shouwang_broker_rings_waiting", "Messages at the broker that no worker has taken yet.", rings()
    )
