"""Comparisons for the scope walk: in both counties one that ended and holds something back, one under way, a trial."""

from collections.abc import Iterator

from foundation.accounts.models import User
from foundation.jobs.models import Job
from households.models import Household
from monitoring.comparison.trials import BOTH, DRAFT, NOW
from monitoring.models import Finding, Run, RunRequest, Trial
from tests.house.things import ALL_POSTS, DAY, Thing
from tests.monitoring.runs.made import PAID, found, ran

_ASKERS = ("xian", "lin_xian")


def compared(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Return what both counties have, by kind."""
    return {"comparison": list(_comparisons(people, homes)), "trial": list(_trials(people))}


def _comparisons(people: dict[str, User], homes: list[Household]) -> Iterator[Thing]:
    """Let the dispatcher of each county have compared it, with a held finding in each of its households."""
    for name in _ASKERS:
        county = ALL_POSTS[name][1]
        own = [home for home in homes if home.area_id.startswith(county)]
        ended = ran(
            people[name], area=county, results={PAID: {"held": len(own), "found": {county: len(own)}}}
        )
        for home in own:
            found(ended, home, result=Finding.Result.HELD, held_because="more_than_usual")
        RunRequest.objects.create(
            area_id=county, cause=Run.Cause.DELIVERY, first_at=ended.asked_at, asked_at=ended.asked_at,
            begins_at=ended.asked_at,
        )  # fmt: skip
        for each in (ended, ran(people[name], area=county, state="running")):
            yield Thing(each.pk, county)


def _trials(people: dict[str, User]) -> Iterator[Thing]:
    """Let the same people have tried a line."""
    for name in _ASKERS:
        county = ALL_POSTS[name][1]
        counts = {NOW: 1, BOTH: 2, DRAFT: 3}
        job = Job.objects.create(kind="try_draft", params={}, asked_by=people[name], area=county)
        made = Trial.objects.create(
            area_id=county, as_of=DAY, standard=PAID, amount=20000, comparator=">=", by=people[name],
            kept_until=DAY, job=job.uuid, result={
                "months": [{"day": DAY.isoformat(), **counts}], "all": counts, "outcomes": None,
                "townships": [{"area": f"{county}001", **counts}],
            },
        )  # fmt: skip
        yield Thing(made.pk, county)
