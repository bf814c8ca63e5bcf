"""Decide on a proposed change: take it into the register, or leave the register as it is, with the reason.

Taking writes through the register's own stage functions, in the transaction of the move: the row of the register gets
the department's delivery as its source, with the day of which the department spoke. Nothing newer is overwritten.
"""

import datetime
from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request, Result, move
from households.departures import depart
from households.feed_changes import take_from_feed
from households.models import Resident, Revision
from households.sources import Row
from monitoring.contracts.terms import Field
from monitoring.models import RegisterProposal
from monitoring.proposals.claims import DEATH


@transaction.atomic
def take(proposal: RegisterProposal, *, by: User, new_head: Resident | None = None) -> RegisterProposal:
    """Write what the department says into the register; refused where the register knows newer or by hand.

    `new_head` follows where the head of a household has died and others live there.
    """
    if sentence := why_not(proposal):
        raise Refused(sentence)
    # The move first: the register tells its followers, and what waits on this field would count as overtaken.
    move(proposal, Request("take", writes={"decided_on": clock.today()}), by=by)
    revision = _departed(proposal, by, new_head) if is_membership(proposal) else _written(proposal, by)
    RegisterProposal.objects.filter(pk=proposal.pk).update(revision=revision)
    proposal.revision = revision
    return proposal


def refuse(proposal: RegisterProposal, *, by: User, reason: str) -> RegisterProposal:
    """Leave the register as it is, with the reason; the same is not asked again while both sides stay as they are."""
    return move(proposal, Request("refuse", reason=reason, writes={"decided_on": clock.today()}), by=by)


def reopen(proposal: RegisterProposal, *, by: User, reason: str) -> RegisterProposal:
    """Put a refused proposal back to be decided, with the reason."""
    return move(proposal, Request("reopen", reason=reason, writes={"decided_on": None}), by=by)


def take_many(proposals: Sequence[RegisterProposal], *, by: User) -> list[Result]:
    """Take several, each on its own; returns a result for each, with the sentence why it was not taken."""
    return _each(proposals, lambda proposal: take(proposal, by=by))


def refuse_many(proposals: Sequence[RegisterProposal], *, by: User, reason: str) -> list[Result]:
    """Refuse several for one reason, each on its own."""
    return _each(proposals, lambda proposal: refuse(proposal, by=by, reason=reason))


def why_not(proposal: RegisterProposal) -> str:
    """Say why a proposal cannot be taken as it stands; empty where it can."""
    if is_membership(proposal):
        if is_death(proposal):
            return ""
        return _(
            "Births, moves, marriages and splits are not taken by a press yet: enter on the household's page who "
            "came or left, then this is settled by itself."
        )
    if proposal.proposed is None:
        return _(
            "The department names no value: look, correct the household by hand, or say that it is right."
        )
    return ""


def is_membership(proposal: RegisterProposal) -> bool:
    """Say whether it is about somebody who comes or goes."""
    return proposal.field == Field.MEMBERSHIP.value


def is_death(proposal: RegisterProposal) -> bool:
    """Say whether a department reports that a member died."""
    return proposal.event.get("event") == DEATH and proposal.resident_id is not None


def row_of(proposal: RegisterProposal) -> Row:
    """Return the row of the register that it is about."""
    return proposal.resident or proposal.household


def origin(proposal: RegisterProposal) -> str:
    """Name the delivery and the line, for the register's history."""
    delivery = proposal.delivery
    named = {"dataset": delivery.dataset.name_zh, "period": delivery.period, "number": delivery.pk}
    if not proposal.line:
        return _("%(dataset)s %(period)s, delivery %(number)d") % named
    return _("%(dataset)s %(period)s, delivery %(number)d, line %(line)d") % (named | {"line": proposal.line})


def _written(proposal: RegisterProposal, by: User) -> Revision:
    row = row_of(proposal)
    row.refresh_from_db()
    if getattr(row, proposal.column) != proposal.present:
        raise Refused(_("The register says something else meanwhile: look at the household again."))
    return take_from_feed(
        row,
        {proposal.column: proposal.proposed},
        by=by,
        known_on=proposal.known_on,
        origin=origin(proposal),
        seen=row.revision_id,
    )


def _departed(proposal: RegisterProposal, by: User, new_head: Resident | None) -> Revision:
    resident = proposal.resident
    if resident is None:
        raise Refused(_("This person is no member of the register."))
    resident.refresh_from_db()
    return depart(
        resident,
        Resident.Departure.DIED,
        datetime.date.fromisoformat(proposal.event["on"]),
        by=by,
        seen=resident.revision_id,
        reason=origin(proposal),
        new_head=new_head,
        kind=Revision.Kind.FEED,
    )


def _each(
    proposals: Sequence[RegisterProposal], act: Callable[[RegisterProposal], RegisterProposal]
) -> list[Result]:
    results = []
    for proposal in proposals:
        try:
            with transaction.atomic():
                act(proposal)
        except Refused as refusal:
            results.append(Result(proposal.pk, refusal))
        else:
            results.append(Result(proposal.pk))
    return results
