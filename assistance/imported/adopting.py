"""Standings of the old register become cases “before this platform”, set-wise; again changes nothing.

The platform does it, after people have handed the list in: nothing is decided. A case that is held goes to `enrolled`,
one that was over to `ended`; neither follows a chain, and no paper is demanded of it. A household that has a running
case here already is left to people (assistance.imported.doubles).
"""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from assistance.enrolment.moved import follow, moved_many
from assistance.models import Case, CaseMember
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.workflow.move import Request, create_many
from households.models import Standing, StandingMember
from households.querysets import StandingQuerySet

SYSTEM = "system"


def waiting() -> StandingQuerySet:
    """Return the standings as a monitored object that no case tells of."""
    told = Case.objects.filter(standing=OuterRef("pk"))
    rows = Standing.objects.filter(kind__in=Standing.MONITORED, resident__isnull=True)
    return rows.filter(~Exists(told))


@transaction.atomic
def adopt(households: Collection[int]) -> int:
    """Take over what waits of some households; returns how many cases were made.

    A household that was monitored several times gets a case for each time, the ended ones first.
    """
    rows = list(waiting().filter(household__in=households).select_related("household", "revision"))
    busy = set(Case.objects.running().filter(household__in=households).values_list("household", flat=True))
    by_home: dict[int, list[Standing]] = {}
    for row in sorted(rows, key=lambda row: (is_held(row), str(row.from_day or ""), row.pk)):
        if row.household_id not in busy:
            by_home.setdefault(row.household_id, []).append(row)
    made = 0
    while wave := [standings.pop(0) for standings in by_home.values() if standings]:
        made += _adopt_wave([row for row in wave if not is_held(row)], "adopt_ended")
        made += _adopt_wave([row for row in wave if is_held(row)], "adopt")
    return made


def is_held(standing: Standing) -> bool:
    """Say whether a standing holds today or later; one whose last day is past is over."""
    return standing.until_day is None or standing.until_day >= clock.today()


def _adopt_wave(standings: Sequence[Standing], verb: str) -> int:
    """Make the cases of standings, at most one of each household, and let them arrive where they stand."""
    if not standings:
        return 0
    system = User.objects.built_in(SYSTEM)
    cases = [_case(row) for row in standings]
    create_many(cases, by=system, actor=system.authority(Right.IMPORT_REGISTER, ""), details=_told)
    of = {row.pk: case for row, case in zip(standings, cases, strict=True)}
    counted = StandingMember.objects.counted().filter(standing__in=of).values_list("standing", "resident")
    CaseMember.objects.bulk_create(
        (CaseMember(case=of[standing], resident_id=resident) for standing, resident in counted),
        batch_size=5_000,
    )
    given = {"standing": "old register"}
    results, moved = moved_many(cases, Request(verb, given=given), by=system)
    for result in results:
        if result.refusal is not None:
            raise result.refusal
    follow(moved, by=system)
    return len(moved)


def _case(row: Standing) -> Case:
    """Return the case of a standing as the old register tells it; nothing is asked that it does not say."""
    began = row.from_day or row.revision.as_of
    return Case(
        household=row.household,
        area_id=row.household.area_id,
        origin=Case.Origin.IMPORT,
        standing=row,
        opened_on=began,
        first_clue_on=began,
        category=row.kind,
        risk_types=row.risk_types,
        decided_on=row.from_day,
        ended_on=None if is_held(row) else row.until_day,
    )


def _told(case: Case) -> dict[str, int | None]:
    return {"standing": case.standing_id}


def homes_waiting(area: str) -> list[int]:
    """Return the households below an area of which something waits and nothing stands in the way, by their keys."""
    running = Case.objects.running().filter(household=OuterRef("household"))
    rows = waiting().filter(~Exists(running), household__area__code__startswith=area).order_by("household")
    return list(rows.values_list("household", flat=True).distinct())


def doubled() -> StandingQuerySet:
    """Return the standings of today whose household has a running case that is another one."""
    running = Case.objects.running().filter(household=OuterRef("household"))
    held = Q(until_day__isnull=True) | Q(until_day__gte=clock.today())
    return waiting().filter(held, Exists(running))
