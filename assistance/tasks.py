"""The timetable's doorbells of cases."""

from celery import shared_task

from assistance.aid import following as aid
from assistance.enrolment import escalating
from assistance.followups import keeping
from assistance.helping import following
from assistance.income import following as following_incomes
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
    keeping.night_work(by=User.objects.built_in("system"), on=clock.today())


@shared_task
def look_after_incomes() -> None:
    """Hold confirmed income sheets against what departments delivered since (before work begins)."""
    following_incomes.night_work(by=User.objects.built_in("system"), on=clock.today())


@shared_task
def look_after_helpers() -> None:
    """Make the loans of helpers last as long as their help, and tell townships of who lacks one (mornings)."""
    following.night_work(by=User.objects.built_in("system"), on=clock.today())


@shared_task
def compare_aid() -> None:
    """Ask every county for what was promised and not paid, and hand in what landed (before work begins)."""
    aid.night_work(by=User.objects.built_in("system"), on=clock.today())


@shared_task
def escalate_cases() -> None:
    """Tell superiors of cases that have been overdue for days (mornings)."""
    escalating.night_work(by=User.objects.built_in("system"), on=clock.today())
