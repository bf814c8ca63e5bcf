"""The timetable's doorbells of alerts."""

from celery import shared_task

from alerts.verification import escalating
from foundation.accounts import clock
from foundation.accounts.models import User


@shared_task
def escalate_overdue() -> None:
    """Tell superiors of what is overdue for days (every morning, before the digest)."""
    escalating.night_work(by=User.objects.built_in("system"), on=clock.today())
