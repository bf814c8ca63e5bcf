"""The timetable's doorbells of cases."""

from celery import shared_task

from assistance.notices import ending
from foundation.accounts import clock
from foundation.accounts.models import User


@shared_task
def end_notices() -> None:
    """End the public notices whose last whole day is over (just after midnight)."""
    ending.night_work(by=User.objects.built_in("system"), on=clock.today())
