"""What Celery rings for; it may run twice without harm."""

from celery import shared_task

from foundation.accounts import limits, loans
from foundation.accounts.entry import sessions, unused
from foundation.accounts.models import User
from foundation.accounts.programs import answering_once


@shared_task
def close_loans() -> None:
    """Close the loans whose last day has passed (every night)."""
    loans.sweep_loans(by=User.objects.built_in("system"))


@shared_task
def forget_counts() -> None:
    """Take away the counts of acts whose time is over (every hour)."""
    limits.forget_old()


@shared_task
def forget_sessions() -> None:
    """Take away the sessions whose time is over (every night)."""
    sessions.forget_old()


@shared_task
def forget_answers() -> None:
    """Take away the answers to requests with a key that were kept long enough (every night)."""
    answering_once.forget_old()


@shared_task
def close_unused_accounts() -> None:
    """Close the accounts that nobody used for long (every night)."""
    unused.close(by=User.objects.built_in("system"))
