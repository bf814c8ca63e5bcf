"""Households come onto the list of a disaster, by an emergency list or by whole villages, and leave it unharmed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.disasters.guarding import Done, ListGuard
from assistance.enrolment.moved import follow as follow_cases
from assistance.enrolment.moved import fresh, moved_many
from assistance.lifecycle import LEFT
from assistance.models import Case, Disaster, DisasterHousehold
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.spans import spans
from foundation.ledger.record import Act, record
from foundation.workflow.move import Request
from households.identity.masking import masked_text
from households.models import Household

Found, Harm = DisasterHousehold.Found, DisasterHousehold.Harm
#: One event lists at most so many households at a time.
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Listed:
    """What came of listing: new on the list, there already (hit harder now where `raised`), and outside the place."""

    added: int
    known: int
    raised: int
    outside: int


@transaction.atomic
def add_households(disaster: Disaster, harms: dict[int, str], found: str, *, by: User) -> Listed:
    """Put households (by key, with their harm) onto the list; who stands there keeps the heavier of both.

    Households outside the place of the event or outside one's own areas are left out and counted.
    """
    actor = by.authority(Right.REVIEW_CASES, disaster.area_id)
    if not harms:
        raise Refused(_("No household is named."), field="text")
    if len(harms) > MOST:
        raise Refused(_("Name at most %(most)d households at a time.") % {"most": MOST}, field="text")
    Disaster.objects.select_for_update().get(pk=disaster.pk)
    mine = Household.objects.visible_to(by, Right.REVIEW_CASES).living()
    inside = set(
        mine.filter(pk__in=harms, area__code__startswith=disaster.area_id).values_list("pk", flat=True)
    )
    there = {
        row.household_id: row
        for row in DisasterHousehold.objects.filter(disaster=disaster, household__in=inside)
    }
    heavier = [
        row
        for key, row in there.items()
        if harms[key] == Harm.HEAVY and row.harm != Harm.HEAVY and row.left_on is None
    ]
    DisasterHousehold.objects.filter(pk__in=[row.pk for row in heavier]).update(harm=Harm.HEAVY)
    new = sorted(inside - set(there))
    today = clock.today()
    DisasterHousehold.objects.bulk_create(
        DisasterHousehold(disaster=disaster, household_id=key, harm=harms[key], found=found, listed_on=today)
        for key in new
    )
    told = {"households": spans(new), "count": len(new), "raised": len(heavier), "found": found}
    act = Act(
        "disaster.listed", "assistance.disaster", str(disaster.pk), today, today, area=disaster.area_id,
        details=told,
    )  # fmt: skip
    record(act, by=actor)
    return Listed(len(new), len(there), len(heavier), len(set(harms) - inside))


def add_villages(disaster: Disaster, villages: Collection[str], harm: str, *, by: User) -> Listed:
    """Put every living household of villages onto the list."""
    outside = [code for code in villages if not code.startswith(disaster.area_id)]
    if not villages or outside:
        raise Refused(_("Choose villages of the place that was struck."), field="villages")
    mine = Household.objects.visible_to(by, Right.REVIEW_CASES).living().filter(area__in=villages)
    return add_households(
        disaster, dict.fromkeys(mine.values_list("pk", flat=True), harm), Found.VILLAGE, by=by
    )


@transaction.atomic
def leave_unharmed(disaster: Disaster, keys: Sequence[int], reason: str, *, by: User) -> Done:
    """Take households off the list that turned out unharmed; the case that the disaster opened ends with them.

    A case that was there before the disaster goes on; one that is decided already holds its household back.
    """
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    reason = masked_text(reason.strip())
    guard = ListGuard(disaster, keys, Right.PREPARE_CASES, by)
    own = {row.case_id: row for row in guard.rows if row.case and row.case.origin == Case.Origin.DISASTER}
    opened = [case for case in fresh([key for key in own if key]) if case.state not in LEFT]
    asked = Request(
        "leave_unharmed", reason=reason, given={"disaster": disaster.pk}, details={"disaster": disaster.pk},
        writes={"ended_on": clock.today()},
    )  # fmt: skip
    results, moved = moved_many(opened, asked, by=by)
    for result in results:
        if result.refusal is not None:
            guard.refuse(own[result.key], result.refusal.sentence)
    DisasterHousehold.objects.filter(pk__in=[row.pk for row in guard.rows]).update(
        left_on=clock.today(), left_by=by, left_reason=reason
    )
    done = guard.note("disaster.left_unharmed", reason=reason)
    follow_cases(moved, by=by)
    return done


@transaction.atomic
def put_back(disaster: Disaster, keys: Sequence[int], reason: str, *, by: User) -> Done:
    """Put households back onto the list that were taken off wrongly; a case that ended is opened anew by hand."""
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    guard = ListGuard(disaster, keys, Right.REVIEW_CASES, by, left=True)
    back = DisasterHousehold.objects.filter(pk__in=[row.pk for row in guard.rows])
    back.filter(case__state__in=LEFT).update(case=None)
    back.update(left_on=None, left_by=None, left_reason="")
    return guard.note("disaster.put_back", reason=reason.strip())
