"""Tick off what was entered in the national system: who, when, and what it has there from now on."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.models import NationalEntry
from assistance.national.changes import digests_of, line_of
from assistance.national.facts import HouseholdFacts, facts_of, monitored
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record_many

ENTERED, TAKEN_OVER = "national.entered", "national.taken_over"


@transaction.atomic
def tick(area: str, households: Collection[int], *, by: User) -> int:
    """Record that `by` has entered these households as they stand now; returns how many.

    What stands there already is passed over: pressed twice, nothing happens twice. Refused where none is chosen.
    """
    if not households:
        raise Refused(_("Choose the households that you have entered."))
    found = list(facts_of(monitored(by, area, households)))
    newest = _newest(by, found)
    todo = [each for each in found if line_of(each, newest.get(each.household.pk)).state != "there"]
    _keep(todo, NationalEntry.Basis.TYPED, ENTERED, area, by)
    return len(todo)


@transaction.atomic
def take_over(area: str, *, by: User) -> int:
    """Take what came from a list of monitored objects as it stands: the national system has it; returns how many.

    From here on the list says what changes. Households with an entry stay as they are.
    """
    found = list(facts_of(monitored(by, area)))
    newest = _newest(by, found)
    todo = [each for each in found if line_of(each, newest.get(each.household.pk)).state == "presumed"]
    if not todo:
        raise Refused(_("There is nothing left to take over here."))
    _keep(todo, NationalEntry.Basis.TAKEN_OVER, TAKEN_OVER, area, by)
    return len(todo)


def _newest(by: User, found: list[HouseholdFacts]) -> dict[int, NationalEntry]:
    keys = [each.household.pk for each in found]
    rows = NationalEntry.objects.visible_to(by).filter(household__in=keys).newest()
    return {row.household_id: row for row in rows}


def _keep(found: list[HouseholdFacts], basis: str, verb: str, area: str, by: User) -> None:
    actor = by.authority(Right.PREPARE_CASES, area)
    today = clock.today()
    NationalEntry.objects.bulk_create(
        NationalEntry(
            household=each.household, basis=basis, digests=digests_of(each), entered_on=today, entered_by=by
        )
        for each in found
    )
    record_many([_act(each, verb, today) for each in found], by=actor)


def _act(found: HouseholdFacts, verb: str, on: datetime.date) -> Act:
    return Act(verb, "household", str(found.household.pk), on, on, area=found.household.area_id)
