"""What Celery rings for; it may run twice without harm."""

from celery import shared_task

from foundation.accounts import loans
from foundation.accounts.models import User


@shared_task
def close_loans() -> None:
    """Close the loans whose last day has passed (every night)."""
    loans.sweep_loans(by=User.objects.built_in("system"))
