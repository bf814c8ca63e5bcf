"""The timetable's doorbells of departmental data."""

from celery import shared_task

from monitoring.rhythm import reminding


@shared_task
def remind_of_deliveries() -> None:
    """Remind the officers of deliveries that are overdue (every morning, before the digest)."""
    reminding.remind()
