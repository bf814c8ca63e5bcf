"""The timetable's doorbells of the register; all of it may ring twice without harm."""

from celery import shared_task

from foundation.accounts import clock
from foundation.accounts.models import User
from households.authorisations.ending import night_work
from households.moving import settling
from households.pairs import overdue, seeking, waiting
from households.quality.following import WHOLE_COUNTRY, ask
from households.visits import drafts


@shared_task
def check_register() -> None:
    """Ask for the nightly check of data quality; it then runs as long work, county by county."""
    ask(WHOLE_COUNTRY, by=User.objects.built_in("system"), once=True)


@shared_task
def look_after_moves() -> None:
    """Remind receiving areas of moves, and hand up what they did not answer in time (every night)."""
    settling.night_work(by=User.objects.built_in("system"), on=clock.today())


@shared_task
def look_after_pairs() -> None:
    """Look for one person in two households, and for pairs that should have been decided (every night)."""
    system, today = User.objects.built_in("system"), clock.today()
    seeking.night_work(by=system, on=today)
    overdue.night_work(by=system, on=today)
    waiting.night_work(by=system, on=today)


@shared_task
def forget_drafts() -> None:
    """Remove begun forms of visits that nobody went on with (every night)."""
    drafts.night_work(by=User.objects.built_in("system"), on=clock.today())


@shared_task
def expire_authorisations() -> None:
    """Let the authorisations expire whose last day has passed (every night)."""
    night_work(by=User.objects.built_in("system"), on=clock.today())
