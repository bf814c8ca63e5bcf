"""The timetable's doorbells of cases."""

from celery import shared_task

from assistance.followups import keeping
from assistance.notices import ending
from foundation.accounts import clock
from foundation.accounts.models import User


@shared_task
def end_notices() -> None:
    """End the public notices whose last whole day is over (just after midnight)."""
    ending.night_work(by=User.objects.built_in("system"), on=clock.today())


@shared_task
def look_after_follow_ups() -> None:
    """Owe every monitored household its next visit, and tell townships what is overdue (before work begins)."""
    keeping.night_work(by=User.objects.built_in("system"))
