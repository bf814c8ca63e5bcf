"""At night: who goes there is told of after-care that comes due, once for each last day, as long as it is not over.

The village, or the level above where its post is empty, hears of its households; a helper who stayed of their own.
How many days before is a value of the county (aftercare_soon_days). What is over is told to the township
(assistance.overdue.telling).
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.assessment import aftercare as after_policy
from assistance.followups.before import ENDED
from assistance.models import FollowUp, HelperPlace, PolicyExit, Removal
from assistance.removal.aftercare import looked_after, near
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from foundation.accounts.vacancies import Roster
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import tell_once

COMING = NoticeKind(
    "aftercare_coming",
    _("After-care visits of mine come due"),
    _("Households whose after-care visit comes due: {count}."),
)
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Coming:
    """One visit that comes due: of which household in which village, by when, and the list it stands on."""

    home: int
    village: str
    due: datetime.date
    route: str
    asked: str


@transaction.atomic
def tell_coming(on: datetime.date) -> int:
    """Tell villages and helpers of after-care that comes due on a day or after it; returns how many were told now."""
    found = list(_coming(on))
    villages = Counter((each.village, each.due, each.route, each.asked) for each in found)
    told = 0
    roster = Roster.read({each.village for each in found}, on)
    there = {
        each.village: [one.user for one in roster.owners(each.village, Role.VILLAGE_ASSISTANT)]
        for each in found
    }
    for (village, due, route, asked), count in villages.items():
        place = f"{reverse(route)}?{asked}"
        # Each list has its own notice: it leads to the households that it counts.
        group = f"{village}-{due}-{route}"
        told += tell_once(there[village], COMING.code, place=place, group=group, count=count)
    return told + _tell_helpers(found, there)


def _coming(on: datetime.date) -> Iterator[Coming]:
    """Yield what comes due: after removals here, after removals before this platform, and after the end of policy."""
    removals = near(looked_after(Removal.objects.all()), "visit_due_on", "case__area", on)
    for home, village, due in removals.filter(visit_due_on__gte=on).values_list(
        "case__household", "case__area", "visit_due_on"
    ):
        yield Coming(home, village, due, "cases:removals", "visit=yes")
    before = near(FollowUp.objects.owed().filter(case__state=ENDED), "due_on", "case__area", on)
    for home, village, due in before.filter(due_on__gte=on).values_list(
        "case__household", "case__area", "due_on"
    ):
        yield Coming(home, village, due, "cases:follow_ups", "removed=yes")
    ends = near(after_policy.looked_after(PolicyExit.objects.all()), "visit_due_on", "household__area", on)
    for home, village, due in ends.filter(visit_due_on__gte=on).values_list(
        "household", "household__area", "visit_due_on"
    ):
        yield Coming(home, village, due, "cases:policy_ends", "due=yes")


def _tell_helpers(found: list[Coming], there: dict[str, list[User]]) -> int:
    """Tell who helps a household still; who hears of the whole village hears it once."""
    days = {each.home: (each.due, {person.pk for person in there[each.village]}) for each in found}
    homes = sorted(days)
    own: dict[datetime.date, dict[User, set[int]]] = defaultdict(lambda: defaultdict(set))
    for first in range(0, len(homes), _AT_ONCE):
        places = HelperPlace.objects.held().filter(case__household__in=homes[first : first + _AT_ONCE])
        for place in places.select_related("person", "case"):
            due, knowing = days[place.case.household_id]
            if place.person_id not in knowing:
                own[due][place.person].add(place.case.household_id)
    told, page = 0, reverse("cases:my_households")
    for due, people in own.items():
        for person, helped in people.items():
            told += tell_once([person], COMING.code, place=page, group=f"own-{due}", count=len(helped))
    return told
