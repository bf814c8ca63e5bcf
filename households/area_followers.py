"""What the register lets follow when an area gives way: its households go where the area went."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from households.models import FormerArea, Household, HouseholdMove, PairDecision, Revision
from households.moving.proposing import withdraw


@dataclass(frozen=True, slots=True)
class HouseholdsFollow:
    """Households take the one area that takes their village's place.

    Residents, findings and visits follow by their composite keys.

    A village that is split cannot be followed by itself: nobody but people know who lives in which part, so its
    households are sorted first.
    """

    claims = (
        "households.Household.area",
        "households.Household.stay_area",
        "households.Resident.area",
        "households.QualityFinding.area",
        "households.Revision.area",
        "households.Visit.area",
        "households.HouseholdMove.from_area",
        "households.HouseholdMove.to_area",
        "households.HouseholdMove.parent_area",
        "households.FormerArea.area",
        "households.PairDecision.parent_area",
    )

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Move what names the old area."""
        there = Household.objects.filter(Q(area=predecessor) | Q(stay_area=predecessor))
        if len(successors) != 1:
            if count := there.count():
                raise Refused(
                    _("%(count)d households belong to %(area)s: move them to the right villages first.")
                    % {"count": count, "area": predecessor}
                )
            return
        Household.objects.filter(area=predecessor).update(area=successors[0])
        Household.objects.filter(stay_area=predecessor).update(stay_area=successors[0])
        Revision.objects.filter(area=predecessor).update(area=successors[0])
        _follow_moves(predecessor, successors[0])
        PairDecision.objects.filter(parent_area=predecessor).update(parent_area=successors[0])
        FormerArea.objects.filter(area=predecessor).update(area=successors[0])


def _follow_moves(predecessor: Area, successor: Area) -> None:
    """Write the new code into moves; one that waits between two villages that became one is taken back."""
    sides = Q(from_area=predecessor, to_area=successor) | Q(from_area=successor, to_area=predecessor)
    for row in HouseholdMove.objects.waiting().filter(sides).select_related("household"):
        withdraw(row, _("The two villages were merged."), by=User.objects.built_in("system"))
    for side in ("from_area", "to_area", "parent_area"):
        HouseholdMove.objects.filter(**{side: predecessor}).update(**{side: successor})


households = HouseholdsFollow()
