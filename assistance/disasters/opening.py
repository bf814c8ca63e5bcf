"""The cases of a disaster are opened together; a household whose case runs keeps that one."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.disasters.alerts import set_aside
from assistance.disasters.guarding import Done, ListGuard
from assistance.enrolment import chain
from assistance.enrolment.moved import follow
from assistance.fast_track.papers import papers_due
from assistance.lifecycle import UNDER_WAY
from assistance.models import Case, CaseMember, Disaster, DisasterHousehold, FirstHelp
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.workflow.move import create_many
from households.models import Household, Resident


@transaction.atomic
def open_cases(disaster: Disaster, keys: Sequence[int], *, by: User) -> Done:
    """Open the cases of households on the list, help first and each with its own day for the papers.

    Their warnings of this event are put off: they are worked on here, not in the queue.
    """
    guard = ListGuard(disaster, keys, Right.REVIEW_CASES, by)
    homes = [row.household_id for row in guard.rows]
    locked = Household.objects.select_for_update().filter(pk__in=homes).order_by("pk")
    gone = {home.pk for home in locked if home.dissolved_on is not None}
    running = {case.household_id: case for case in Case.objects.running().filter(household__in=homes)}
    for row in list(guard.rows):
        if row.household_id in gone:
            guard.refuse(row, _("This household is dissolved: nothing is opened for it any more."))
        elif row.case is not None and row.case.is_running:
            guard.refuse(row, _("This household has a running case already."))
    new = [row for row in guard.rows if row.household_id not in running]
    made = _open(new, disaster, by)
    _join(guard.rows, running | made)
    joined = len(guard.rows) - len(new)
    done = guard.note("disaster.cases_opened", opened=str(len(new)), joined=str(joined))
    set_aside(disaster, by=by)
    return done


def _open(rows: Sequence[DisasterHousehold], disaster: Disaster, by: User) -> dict[int, Case]:
    """Open the cases of rows in a few statements; by household."""
    today = clock.today()
    helped = _helped([row.pk for row in rows])
    cases = [
        Case(
            household=row.household,
            area_id=row.household.area_id,
            origin=Case.Origin.DISASTER,
            opened_on=today,
            first_clue_on=disaster.happened_on,
            fast_track=True,
            papers_due_on=papers_due(row.household.area_id, min(helped.get(row.pk, today), today)),
        )
        for row in rows
    ]
    actor_of = {area: by.authority(Right.REVIEW_CASES, area) for area in {case.area_id for case in cases}}
    for actor in set(actor_of.values()):
        some = [case for case in cases if actor_of[case.area_id] == actor]
        create_many(some, by=by, actor=actor, details=lambda _case: {"disaster": disaster.pk})
    by_home = {case.household_id: case for case in cases}
    counted = Resident.objects.present().filter(household__in=by_home)
    CaseMember.objects.bulk_create(
        (CaseMember(case=by_home[each.household_id], resident=each) for each in counted), batch_size=2_000
    )
    chain.begin(cases)
    follow(cases, by=by)
    return by_home


def _join(rows: Sequence[DisasterHousehold], cases: dict[int, Case]) -> None:
    """Name the case of each row and of the help it got; cases that ran before go onto the fast track too."""
    for row in rows:
        row.case = cases[row.household_id]
    DisasterHousehold.objects.bulk_update(rows, ["case"], batch_size=500)
    helps = list(FirstHelp.objects.filter(listed__in=[row.pk for row in rows], case__isnull=True))
    for each in helps:
        each.case = cases[each.household_id]
    FirstHelp.objects.bulk_update(helps, ["case"], batch_size=500)
    for case in cases.values():
        if case.state in UNDER_WAY and not case.fast_track:
            due = papers_due(case.area_id, clock.today())
            Case.objects.filter(pk=case.pk).update(fast_track=True, papers_due_on=due)


def _helped(rows: Sequence[int]) -> dict[int, datetime.date]:
    """Return the first day on which each row was helped."""
    found = (
        FirstHelp.objects.filter(listed__in=rows).order_by("-helped_on").values_list("listed", "helped_on")
    )
    return {key: day for key, day in found if key is not None}
