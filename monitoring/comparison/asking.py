"""Ask for a comparison, run one in the caller's own process, and decide over what its brake holds."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.jobs import asking
from foundation.jobs.models import Job
from foundation.jobs.running import Progress, run_here
from foundation.ledger.record import Act, record
from monitoring.comparison.releasing import refuse_held, release_held
from monitoring.models import Run
from monitoring.screening.book import standards as declared

__all__ = ["ask_run", "is_before_newest", "refuse_held", "release_held", "run_now"]

KIND = "compare"


@transaction.atomic
def ask_run(
    area: str,
    *,
    by: User,
    as_of: datetime.date | None = None,
    standards: Collection[str] = (),
    known_at: datetime.datetime | None = None,
    cause: Run.Cause = Run.Cause.HAND,
    ring: bool = True,
) -> Run:
    """Ask for a comparison of the households under an area, as of a business day (default: today), as long work.

    Without `standards`, all that are evaluated there. A day before the area's newest comparison, or a moment
    (`known_at`), looks back: nothing is raised and nothing taken back. `ring=False` leaves the work to `run_now`.
    """
    actor = by.authority(Right.RUN_COMPARISON, area)
    _check(area, standards)
    day = as_of or clock.today()
    run = Run.objects.create(
        area_id=area,
        as_of=day,
        known_at=known_at,
        standards=sorted(set(standards)),
        cause=cause,
        looks_back=known_at is not None or is_before_newest(area, day),
        by=by,
    )
    run.job = asking.enqueue(KIND, {"run": run.pk}, by=by, area=area, ring=ring).uuid
    run.save(update_fields=["job"])
    record(_act(run), by=actor)
    return run


def run_now(run: Run, *, progress: Progress | None = None) -> Run:
    """Run a comparison in this process to its end; raises Refused with its sentence where it failed."""
    run_here(Job.objects.get(uuid=str(run.job)), progress=progress)
    run.refresh_from_db()
    return run


def is_before_newest(area: str, day: datetime.date) -> bool:
    """Say whether a day lies before a comparison of this area, of one it lies in, or of a part of it."""
    ended = Run.objects.filter(looks_back=False, ended_at__isnull=False, as_of__gt=day)
    inside = ended.filter(area__code__startswith=area)
    return inside.exists() or ended.filter(area__in=ancestors(area)).exists()


def _check(area: str, standards: Collection[str]) -> None:
    if not Area.objects.filter(code=area).exists():
        raise Refused(_("There is no area with the code %(code)s.") % {"code": area}, field="area")
    for code in standards:
        if code not in declared():
            raise Refused(_("There is no standard “%(code)s”.") % {"code": code}, field="standards")


def _act(run: Run) -> Act:
    return Act(
        verb="comparison.asked",
        object_type="monitoring.run",
        object_id=str(run.pk),
        happened_on=clock.today(),
        entered_on=clock.today(),
        area=run.area_id,
        details={
            "as_of": run.as_of,
            "standards": run.standards,
            "cause": run.cause,
            "known_at": run.known_at.isoformat() if run.known_at else "",
        },
    )
