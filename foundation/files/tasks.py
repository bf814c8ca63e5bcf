"""What Celery rings for, each the function of the same name; all of it may run twice without harm."""

from celery import shared_task

from foundation.accounts.models import User
from foundation.files import drafts, retention


@shared_task
def tidy_files() -> None:
    """Erase what has reached the end of its retention, and remove what killed processes left behind."""
    system = User.objects.built_in("system")
    while retention.erase_due(by=system) == retention.AT_ONCE:
        pass
    retention.remove_strays()
    drafts.remove_strays()
