"""The timetable's doorbells of departmental data."""

from celery import shared_task

from foundation.accounts.models import User
from monitoring import retention
from monitoring.rhythm import reminding


@shared_task
def remind_of_deliveries() -> None:
    """Remind the officers of deliveries that are overdue (every morning, before the digest)."""
    reminding.remind()


@shared_task
def tidy_archive() -> None:
    """Delete batches at the end of their time, remove strays, and look whether every batch is there (every night)."""
    retention.tidy(by=User.objects.built_in("system"))
