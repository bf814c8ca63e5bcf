"""Who is told when a comparison has ended: of what it holds back, and of a failure that nobody waits for."""

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.inbox.models import Notice
from foundation.inbox.notices import holders, notify
from foundation.jobs.models import Job, State
from monitoring.followers import TakenUp
from monitoring.models import Finding, Run
from monitoring.runs.held import groups, waiting
from monitoring.runs.notices import FAILED, HELD
from monitoring.runs.places import page_of


def tell_of_held(run: Run, *, by: User) -> TakenUp:
    """Tell who may release them of the findings a run newly holds back (monitoring.followers.ComparisonFollower).

    Each group is told of once: the run is told of again when a part of what it holds is released.
    """
    rows = waiting(Finding.objects.filter(first_run=run))
    for each in groups(rows):
        group = f"{run.pk}:{each.standard.pk}:{each.county}"
        if Notice.objects.filter(kind=HELD, group=group).exists():
            continue
        people = holders(Right.RUN_COMPARISON, each.county)
        notify(people, HELD, place=each.url, group=group, count=each.count)
    return TakenUp()


def after_job(job: Job, state: State) -> None:
    """Tell who runs comparisons of one of the platform's own that failed (foundation.jobs.endings.JobFollower)."""
    if state != State.FAILED or not job.asked_by.is_built_in:
        return
    run = Run.objects.filter(job=job.uuid).first()
    if run is not None:
        people = holders(Right.RUN_COMPARISON, run.area_id)
        notify(people, FAILED, place=page_of(run), group=str(run.pk))
