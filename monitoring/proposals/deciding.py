"""Decide on a proposed change: take it into the register, or leave the register as it is, with the reason.

Taking writes through the register's own stage functions, in the transaction of the move: the row of the register gets
the department's delivery as its source, with the day of which the department spoke. Nothing newer is overwritten.
Who comes, dies or leaves is never taken here: those are family events, whose form shows first what follows
(monitoring.proposals.events).
"""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request, Result, move
from households.feed_changes import take_from_feed
from households.models import Revision
from households.sources import Row
from monitoring.contracts.terms import Field
from monitoring.models import RegisterProposal


@transaction.atomic
def take(proposal: RegisterProposal, *, by: User) -> RegisterProposal:
    """Write what the department says into the register; refused where the register knows newer or by hand.

    A family event is refused too: whoever enters it looks first at what follows.
    """
    if sentence := why_not(proposal):
        raise Refused(sentence)
    # The move first: the register tells its followers, and what waits on this field would count as overtaken.
    move(proposal, Request("take", writes={"decided_on": clock.today()}), by=by)
    revision = _written(proposal, by)
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
        return pgettext("lineage", "Enter it as a family event: what follows is shown before it is written.")
    if proposal.proposed is None:
        return _(
            "The department names no value: look, correct the household by hand, or say that it is right."
        )
    return ""


def is_membership(proposal: RegisterProposal) -> bool:
    """Say whether it is about somebody who comes or goes."""
    return proposal.field == Field.MEMBERSHIP.value


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
