"""The timetable's doorbells of alerts."""

from celery import shared_task

from alerts import snoozing
from alerts.rules import running
from alerts.verification import escalating, leaving, night
from foundation.accounts import clock
from foundation.accounts.models import User


@shared_task
def look_after_warnings() -> None:
    """Bring back what was watched or put off, hand on what was left, tell superiors, let rules work (mornings)."""
    system, today = User.objects.built_in("system"), clock.today()
    for work in (
        night.night_work,
        leaving.night_work,
        escalating.night_work,
        snoozing.night_work,
        running.night_work,
    ):
        work(by=system, on=today)
