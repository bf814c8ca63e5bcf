"""The timetable's doorbells of the register."""

from celery import shared_task

from foundation.accounts.models import User
from households.codes import limits
from households.quality.following import WHOLE_COUNTRY, ask


@shared_task
def check_register() -> None:
    """Ask for the nightly check of data quality; it then runs as long work, county by county."""
    ask(WHOLE_COUNTRY, by=User.objects.built_in("system"), once=True)


@shared_task
def forget_scans() -> None:
    """Take away the counts of scans whose time is over (every hour)."""
    limits.forget_old()
