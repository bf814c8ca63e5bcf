"""A helper sees the households they help and nothing else there: case and household are lent for the time of the help.

A loan has a period: at most LONGEST days, or up to the last day of the post. The night makes it new while the place
is held from a post that lasts, so that nothing stays open by oversight (foundation.accounts.loans).
"""

import datetime
from collections.abc import Sequence

from django.utils.translation import gettext as _

from assistance.models import Case, HelperPlace
from foundation.accounts import clock
from foundation.accounts.loans import end_for_work, lend_for_work
from foundation.accounts.models import Loan, User
from foundation.ledger.record import Actor
from households.models import Household

#: First secretaries and units change every two years (field.md 2.5).
LONGEST = 730
#: The night renews what ends within so many days.
_AHEAD = 7
_AT_ONCE = 1_000
_CASE, _HOUSEHOLD = Case._meta.label_lower, Household._meta.label_lower


def lend(place: HelperPlace, *, actor: Actor) -> None:
    """Lend case and household to who was named, for as long as their post lasts."""
    until = _until(place)
    reason = _("Helper of case %(number)s") % {"number": place.case.number}
    made = [
        lend_for_work(record, place.case.area_id, place.person, until, actor=actor, reason=reason).pk
        for record in (place.case, place.case.household)
    ]
    HelperPlace.objects.filter(pk=place.pk).update(loans=made)
    place.loans = made


def take_back(places: Sequence[HelperPlace], *, by: User, actor: Actor | None = None) -> None:
    """End the loans of places that are over; what ran out by itself is left as it is."""
    keys = _keys(places)
    for loan in (
        Loan.objects.filter(pk__in=keys, ended_on__isnull=True).select_related("borrower").order_by("pk")
    ):
        end_for_work(loan, actor=actor or acting(by, loan.area_id))
    HelperPlace.objects.filter(pk__in=[place.pk for place in places]).update(loans=[])


def acting(by: User, area: str) -> Actor:
    """Return as whom somebody acts in a village: by the duty that lies nearest, or the one they hold elsewhere."""
    if by.is_built_in:
        return Actor(by.username, "platform", area)
    duties = sorted(by.duties(), key=lambda duty: (area.startswith(duty.area), len(duty.area)), reverse=True)
    return Actor(f"staff:{by.pk}", duties[0].role if duties else "", area)


def renew(*, by: User, on: datetime.date) -> int:
    """Make loans new that end soon although the place is held and the post lasts longer; returns how many."""
    soon = on + datetime.timedelta(days=_AHEAD)
    done, last = 0, 0
    waiting = (
        HelperPlace.objects.active().select_related("case__household", "person", "posting").order_by("pk")
    )
    while rows := list(waiting.filter(pk__gt=last)[:_AT_ONCE]):
        last = rows[-1].pk
        ending = set(
            Loan.objects.filter(pk__in=_keys(rows), until_day__lte=soon).values_list("pk", flat=True)
        )
        for place in rows:
            if ending.intersection(place.loans) and _holds_on(place, soon):
                take_back([place], by=by)
                lend(place, actor=acting(by, place.case.area_id))
                done += 1
    return done


def _keys(rows: Sequence[HelperPlace]) -> list[int]:
    return [key for place in rows for key in place.loans]


def _holds_on(place: HelperPlace, day: datetime.date) -> bool:
    posting = place.posting
    lasts = posting.until_day is None or posting.until_day > day
    return lasts and posting.withdrawn_on is None and place.person.is_active


def _until(place: HelperPlace) -> datetime.date:
    longest = clock.today() + datetime.timedelta(days=LONGEST)
    return min(place.posting.until_day or longest, longest)
