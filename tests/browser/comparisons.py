"""Comparisons of the served database, in the neighbour county: one that holds findings back, and a trial."""

from foundation.accounts.models import User
from foundation.jobs.models import Job, State
from households.models import Household
from monitoring.comparison.trials import BOTH, DRAFT, NOW
from monitoring.models import Finding, Trial
from tests.monitoring.runs.made import DROPPED, PAID, found, ran
from tests.people import NEIGHBOUR_COUNTY, NEIGHBOUR_TOWNSHIP

_COUNTS = {NOW: 1, BOTH: 2, DRAFT: 3}


def plant_comparisons() -> None:
    """Make three usual comparisons, one that found far more, and a trial that is done."""
    by = User.objects.get(username="lin_xian")
    homes = list(Household.objects.filter(code__gte="LX000010", code__lt="LX000022").order_by("code"))
    for _run in range(3):
        ran(by, area=NEIGHBOUR_COUNTY, results={PAID: _counts(2, new=2), DROPPED: {"silent": True}})
    run = ran(
        by,
        area=NEIGHBOUR_COUNTY,
        results={PAID: _counts(len(homes), held=len(homes)), DROPPED: {"silent": True}},
    )
    for home in homes:
        found(run, home, result=Finding.Result.HELD, held_because="more_than_usual")
    job = Job.objects.create(
        kind="try_draft",
        params={},
        asked_by=by,
        area=NEIGHBOUR_COUNTY,
        state=State.DONE,
        finished_at=run.ended_at,
    )
    Trial.objects.create(
        area_id=NEIGHBOUR_COUNTY,
        as_of=run.as_of,
        standard=PAID,
        amount=20000,
        comparator=">=",
        by=by,
        job=job.uuid,
        ended_at=run.ended_at,
        kept_until="2027-01-31",
        result={
            "months": [{"day": f"2026-{month:02d}-28", **_COUNTS} for month in range(1, 13)],
            "all": _COUNTS,
            "outcomes": None,
            "townships": [{"area": NEIGHBOUR_TOWNSHIP, **_COUNTS}],
        },
    )


def _counts(number: int, **counts: int) -> dict[str, object]:
    return {"found": {NEIGHBOUR_COUNTY: number}, "basis": {NEIGHBOUR_COUNTY: {}}, **counts}
