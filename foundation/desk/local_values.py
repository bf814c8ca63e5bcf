"""Local values with their notices: who must decide is told, and who proposed learns the decision."""

from django.db import transaction

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.inbox.notices import holders, notify
from foundation.regulations import local_values
from foundation.regulations.drafts import Draft
from foundation.regulations.models import LocalValue
from foundation.workflow.move import Request

_ACTS = {
    "return": local_values.send_back,
    "withdraw": local_values.withdraw,
    "revoke": local_values.revoke,
}


@transaction.atomic
def propose(draft: Draft, why: str, *, by: User) -> LocalValue:
    """Propose a value and tell everybody who may approve it in its area."""
    proposal = local_values.propose(draft, why, by=by)
    _ask(proposal, by)
    return proposal


@transaction.atomic
def resubmit(proposal: LocalValue, draft: Draft, *, by: User) -> LocalValue:
    """Submit a returned proposal again and tell who may approve it."""
    local_values.resubmit(proposal, draft, by=by)
    _ask(proposal, by)
    return proposal


@transaction.atomic
def decide(proposal: LocalValue, asked: Request, *, by: User) -> LocalValue:
    """Make a move on a proposal and tell who proposed it what became of it."""
    if asked.verb == "approve":
        local_values.approve(proposal, by=by, on=asked.on, reason=asked.reason)
    else:
        _ACTS[asked.verb](proposal, asked.reason, by=by, on=asked.on)
    if asked.verb != "withdraw":
        told = "local_value_returned" if asked.verb == "return" else "local_value_decided"
        notify([proposal.proposed_by], told, place=_place(proposal), group=str(proposal.pk))
    return proposal


def _ask(proposal: LocalValue, by: User) -> None:
    deciding = holders(Right.APPROVE_VALUES, proposal.area_id, but=by)
    notify(deciding, "local_value_waits", place=_place(proposal), group=str(proposal.pk))


def _place(proposal: LocalValue) -> str:
    return f"/regulations/local/{proposal.pk}/"
