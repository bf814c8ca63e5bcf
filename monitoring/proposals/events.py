"""What the police registered, as a family event of the register: which one, of whom, and how it is taken.

A person looks at the form, at what would follow, and decides; the event gets the delivery as its source.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request, move
from households.lineage.acting import perform
from households.lineage.planning import Told, plan_arrival, plan_departure, plan_joining
from households.lineage.plans import Kind, Newcomer, Plan
from households.models import Resident, Revision
from monitoring.models import RegisterProposal
from monitoring.proposals.claims import ARRIVALS, DEATH, MOVED_OUT
from monitoring.proposals.deciding import is_membership, origin

SPLIT = "分户"
#: What is registered, as an event by which somebody comes or as a reason of leaving.
_COMINGS: Mapping[str, str] = {"出生": Kind.BIRTH, "婚入": Kind.MARRIAGE_IN, "迁入": Kind.CAME}
_LEAVINGS: Mapping[str, str] = {
    DEATH: Resident.Departure.DIED,
    MOVED_OUT: Resident.Departure.MOVED_OUT,
    "婚出": Resident.Departure.MARRIED_OUT,
    "注销": Resident.Departure.OTHER,
    SPLIT: Resident.Departure.SPLIT_OFF,
}


#: What leads into another household, where another area of this platform may have it.
_JOININGS: Mapping[str, str] = {MOVED_OUT: Kind.CAME, "婚出": Kind.MARRIAGE}


def is_event(proposal: RegisterProposal) -> bool:
    """Say whether a proposal is a family event that a form takes."""
    return is_membership(proposal) and (is_arrival(proposal) or proposal.resident_id is not None)


def is_arrival(proposal: RegisterProposal) -> bool:
    """Say whether somebody comes."""
    return proposal.event.get("event") in ARRIVALS and proposal.subject_id is not None


def is_split(proposal: RegisterProposal) -> bool:
    """Say whether somebody splits off."""
    return proposal.event.get("event") == SPLIT


def day_of(proposal: RegisterProposal) -> datetime.date:
    """Return the day that the department names."""
    return datetime.date.fromisoformat(proposal.event["on"])


def departure_of(proposal: RegisterProposal) -> str:
    """Return why somebody leaves."""
    return str(_LEAVINGS.get(proposal.event["event"], Resident.Departure.OTHER))


def joining_of(proposal: RegisterProposal) -> str:
    """Return as what somebody may have gone to a household of another area; "" where nobody went to one."""
    return str(_JOININGS.get(proposal.event["event"], ""))


def told_of(proposal: RegisterProposal, given: Mapping[str, Any]) -> Told:
    """Return what the event is entered with: what was typed (`happened_on`, `paper`, `reason`) and the delivery's line.

    The line stands before the reason, and as the paper where no other was named.
    """
    line = origin(proposal)
    reason = " · ".join(filter(None, (line, given.get("reason", "").strip())))
    return Told(given["happened_on"], reason[:200], given["paper"] or line, Revision.Kind.FEED)


def arrival_plan(proposal: RegisterProposal, name: str, relation: str, told: Told, *, by: User) -> Plan:
    """Plan that somebody comes: from another household of the register where they live in one, else from outside."""
    kind = _COMINGS[proposal.event["event"]]
    living = Resident.objects.filter(identity=proposal.subject_id, left_on__isnull=True)
    lives = living.select_related("household").first()
    sees = lives is not None and by.holds(Right.EDIT_HOUSEHOLDS, lives.area_id)
    if lives is None or not sees or lives.household_id == proposal.household_id:
        # Where somebody lives elsewhere is not said to who has no say there: the arrival is refused without it.
        newcomer = Newcomer(name, "", relation, identity=proposal.subject_id)
        return plan_arrival(proposal.household, kind, newcomer, told, by=by)
    joins = Kind.MARRIAGE if kind == Kind.MARRIAGE_IN else Kind.CAME
    return plan_joining(lives, proposal.household, joins, relation, told, by=by)


def departure_plan(
    proposal: RegisterProposal, departure: str, told: Told, *, by: User, new_head: Resident | None
) -> Plan:
    """Plan that a member dies or leaves."""
    return plan_departure(_member(proposal), departure, told, by=by, new_head=new_head)


@transaction.atomic
def take_event(proposal: RegisterProposal, plan: Plan, *, by: User) -> RegisterProposal:
    """Take a proposal by writing the event that a person made of it."""
    # The move first: the register tells its followers, and what waits about this person would count as overtaken.
    move(proposal, Request("take", writes={"decided_on": clock.today()}), by=by)
    revision = perform(plan, by=by).revision
    RegisterProposal.objects.filter(pk=proposal.pk).update(revision=revision)
    proposal.revision = revision
    return proposal


def _member(proposal: RegisterProposal) -> Resident:
    if proposal.resident is None:
        raise Refused(pgettext("lineage", "This person is no member of the register."))
    proposal.resident.refresh_from_db()
    return proposal.resident
