"""The platform's settings with short waits, so that kills are survived within seconds."""

from config.settings import *  # noqa: F403

COMPOSITION = "tests.foundation.jobs.composition"
JOB_LEASE_SECONDS = 2
JOB_SLICE_SECONDS = 1
JOB_RING_AGAIN_SECONDS = 1
JOB_BACKOFF_SECONDS = 0.2
JOB_ATTEMPTS = 40  # these tests kill far more often than life does
CELERY_BEAT_SCHEDULE = {
    "sweep jobs": {"task": "foundation.jobs.tasks.sweep", "schedule": 0.5, "options": {"expires": 5}},
}
