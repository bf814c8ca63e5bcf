"""The timetable's doorbells of departmental data."""

from celery import shared_task

from foundation.accounts import clock
from foundation.accounts.models import User
from monitoring import retention
from monitoring.comparison import rhythm, trials
from monitoring.rhythm import reminding


@shared_task
def remind_of_deliveries() -> None:
    """Remind the officers of deliveries that are overdue (every morning, before the digest)."""
    reminding.remind()


@shared_task
def tidy_archive() -> None:
    """Delete batches at the end of their time, remove strays, and look whether every batch is there (every night)."""
    retention.tidy(by=User.objects.built_in("system"))


@shared_task
def compare_counties() -> None:
    """Ask for the comparison of every county (every night, after what is out of date was tidied away)."""
    rhythm.compare_counties(clock.today(), by=User.objects.built_in("system"))


@shared_task
def begin_waiting_comparisons() -> None:
    """Begin the comparisons that deliveries asked for, where the area is free (every minute)."""
    rhythm.begin_ripe(by=User.objects.built_in("system"))


@shared_task
def tidy_trials() -> None:
    """Delete the trials whose time is over (every night)."""
    trials.delete_over(clock.today(), by=User.objects.built_in("system"))
