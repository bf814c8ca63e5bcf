"""Doing in a command's own process what still waits of the search for candidates: no worker need be up."""

from foundation.accounts.models.areas import ancestors
from foundation.accounts.refusals import Refused
from foundation.jobs.models import Job, State
from foundation.jobs.running import run_here
from monitoring.candidates.job_kind import SEEK


def catch_up(area: str) -> int:
    """Do the searches that nobody has begun for deliveries that cover an area; returns how many."""
    waiting = Job.objects.filter(kind=SEEK.code, state=State.QUEUED, area__in=[*ancestors(area), area])
    done = 0
    for job in waiting.order_by("pk"):
        try:
            run_here(job)
        except Refused:
            continue  # it says on its own page why; what is asked here is answered without it
        done += 1
    return done
