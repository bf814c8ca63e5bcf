"""The timetable's doorbells of cases."""

from celery import shared_task

from assistance.aid import following as aid
from assistance.enrolment import escalating
from assistance.followups import keeping
from assistance.helping import following
from assistance.income import following as following_incomes
from assistance.income import reminding
from assistance.notices import ending
from assistance.overdue import telling as overdue
from assistance.removal import escalating as removals
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
    """Hold confirmed sheets against what departments delivered since, and tell of those that are overdue (mornings)."""
    following_incomes.night_work(by=User.objects.built_in("system"), on=clock.today())
    reminding.night_work(by=User.objects.built_in("system"), on=clock.today())


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
    """Tell superiors of cases and removals that have been overdue for days (mornings)."""
    escalating.night_work(by=User.objects.built_in("system"), on=clock.today())
    removals.night_work(by=User.objects.built_in("system"), on=clock.today())


@shared_task
def tell_overdue_help() -> None:
    """Tell of plans, answers and after-care that became overdue, and of after-care that comes due (mornings)."""
    overdue.night_work(by=User.objects.built_in("system"), on=clock.today())
