"""The timetable's doorbells of the inbox."""

from celery import shared_task

from foundation.inbox.digest import send_digests
from foundation.inbox.outgoing import send_due


@shared_task
def send_waiting_messages() -> None:
    """Send the messages that are due (every minute)."""
    send_due()


@shared_task
def send_morning_digests() -> None:
    """Queue the morning digest (every day at 8:00)."""
    send_digests()
