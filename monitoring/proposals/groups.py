"""What is proposed, household by household: with what else is open there, and the way to move all of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household, HouseholdMove, Resident
from monitoring.models import RegisterProposal
from monitoring.proposals.deciding import origin
from monitoring.proposals.open_work import Line, open_work
from monitoring.proposals.selectors import moved_out
from monitoring.proposals.wording import Told


@dataclass(frozen=True, slots=True)
class Leaving:
    """That members were registered as moved out: `whole` where it is all of them.

    `url` proposes the move of the household; where one waits already (`waits`) it leads there.
    """

    whole: bool
    waits: bool
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """The proposals of one household in words."""

    household: Household
    told: list[Told]
    work: list[Line]
    leaving: Leaving | None


def grouped(told: Iterable[Told], user: User) -> list[Group]:
    """Return proposals by household, in the order in which they come; a few queries whatever their number."""
    by_home: dict[int, list[Told]] = {}
    for each in told:
        by_home.setdefault(each.proposal.household_id, []).append(each)
    work, leaves = open_work(list(by_home), user), leaving(list(by_home), user)
    return [
        Group(rows[0].proposal.household, rows, work.get(key, []), leaves.get(key))
        for key, rows in by_home.items()
    ]


def leaving(keys: list[int], user: User) -> dict[int, Leaving]:
    """Return the households of which members moved out, where `user` may propose a move."""
    rows = moved_out(RegisterProposal.objects.waiting().filter(household__in=keys))
    going: dict[int, list[RegisterProposal]] = {}
    for row in rows.select_related("household", "delivery__dataset").order_by("pk"):
        if user.holds(Right.EDIT_HOUSEHOLDS, row.area_id):
            going.setdefault(row.household_id, []).append(row)
    if not going:
        return {}
    present = Resident.objects.present().filter(household__in=going).order_by()
    living = dict(present.values_list("household").annotate(count=Count("pk")))
    moves = HouseholdMove.objects.of_households().waiting().filter(household__in=going)
    waits = dict(moves.values_list("household", "pk"))
    return {
        key: Leaving(
            whole=len({row.resident_id for row in found}) == living.get(key),
            waits=key in waits,
            url=reverse("moves:move", args=[waits[key]]) if key in waits else _proposing(found),
        )
        for key, found in going.items()
    }


def _proposing(rows: list[RegisterProposal]) -> str:
    """Return the address that proposes the move, with the day and the delivery that say so filled in."""
    last = max(rows, key=lambda row: row.event["on"])
    filled = urlencode({"moved_on": last.event["on"], "document": origin(last)})
    return f"{reverse('moves:propose', args=[last.household_id])}?{filled}"
