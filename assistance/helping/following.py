"""What helpers follow: moves of their cases, areas that give way, people who are erased, and the night."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from assistance.helping import clocks, lending
from assistance.helping.places import NOT_HELPED
from assistance.models import Case, HandOver, HelperPlace
from foundation.accounts import clock
from foundation.accounts.models import Area, Posting, User
from foundation.workflow.move import Request, move_many

_ENROLLED = "enrolled"


def after_move(cases: Sequence[Case], *, by: User) -> None:
    """Start the clock of who was announced, and end the help where a case has ended (CASE_FOLLOWERS).

    A state that is not named in NOT_HELPED ends nothing: helpers stay after a removal, for after-care.
    """
    begun = [case for case in cases if case.state == _ENROLLED]
    over = [case for case in cases if case.state in NOT_HELPED]
    if begun:
        clocks.begin(begun, by=by)
    if over:
        _end(over)


def _end(cases: Sequence[Case]) -> None:
    """End every place of cases that have ended, by the platform; nobody has to be named any more."""
    system = User.objects.built_in("system")
    rows = (
        HelperPlace.objects.active().filter(case__in=cases).select_related("case__household").order_by("pk")
    )
    reason, today = _("The case has ended."), clock.today()
    asked = {"offered": "take_back", "accepted": "end"}
    for state, verb in asked.items():
        places = [row for row in rows if row.state == state]
        move_many(
            places, Request(verb, reason=reason, writes={"ended_on": today, "reason": reason}), by=system
        )
        lending.take_back(places, by=system)
    clocks.stop(cases, by=system)


def night_work(*, by: User, on: datetime.date) -> None:
    """Let loans last as long as the help does, and tell of what is overdue (foundation.accounts.next_day)."""
    lending.renew(by=by, on=on)
    clocks.urge(by=by, on=on)


@dataclass(frozen=True, slots=True)
class PlacesFollow:
    """Places go on from the post that continues a helper's old one; stands behind the follower of the postings."""

    claims = ()

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Point places at the posting of the same person and role in the new area; one statement."""
        codes = [area.code for area in successors]
        next_one = Posting.objects.standing().filter(
            user=OuterRef("person"), role=OuterRef("posting__role"), area__in=codes
        )
        rows = HelperPlace.objects.active().filter(posting__area=predecessor)
        moved = dict(rows.annotate(to=Subquery(next_one.values("pk")[:1])).values_list("pk", "to"))
        for key, to in moved.items():
            if to is not None:
                HelperPlace.objects.filter(pk=key).update(posting=to)


areas = PlacesFollow()


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank the reasons about households of erased people (households.followers.ErasureFollower)."""
    rows = HelperPlace.objects.filter(case__household__residents__in=residents)
    HandOver.objects.filter(pk__in=rows.order_by().values("hand_over")).update(reason="*")
    rows.exclude(reason="").update(reason="*")
