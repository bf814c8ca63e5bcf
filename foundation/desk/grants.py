"""Grants in two steps: one person proposes a posting, another approves it (field.md 2.0, safety.md L09)."""

from dataclasses import replace

from django.db import transaction

from foundation.accounts import clock
from foundation.accounts.eligibility import held_by
from foundation.accounts.labels import role_label
from foundation.accounts.models import Posting, User
from foundation.accounts.postings import (
    Grant,
    check_grant,
    check_grantee,
    check_move,
    grant,
    move_on,
)
from foundation.accounts.roles import Right, Role
from foundation.desk.models import GrantProposal
from foundation.inbox.notices import holders, notify
from foundation.workflow.move import Request, create, move


def propose(
    wanted: Grant, *, by: User, reason: str = "", moves_on_from: Posting | None = None
) -> GrantProposal:
    """Propose a posting; refused at once where it could never be granted.

    It takes the place of `moves_on_from`, where that is given, which ends on the day before.
    """
    actor = by.authority(Right.GRANT_POSTINGS, wanted.area.code)
    check_grantee(wanted, by=by)
    if moves_on_from is not None:
        check_move(moves_on_from, wanted, by=by, reason=reason)
    check_grant(wanted, held=held_by(wanted.user, without=moves_on_from))
    clock.happened(min(wanted.from_day, clock.today()), reason=reason, areas=[wanted.area.code])
    proposal = GrantProposal(
        user=wanted.user,
        role=wanted.role.value,
        area=wanted.area,
        department=wanted.department,
        from_day=wanted.from_day,
        until_day=wanted.until_day,
        reason=reason,
        proposed_by=by,
        moves_on_from=moves_on_from,
    )
    with transaction.atomic():
        create(proposal, by=by, reason=reason, actor=actor)
        notify(
            holders(Right.APPROVE_GRANTS, wanted.area.code, but=by),
            "grant_waits",
            place=_place(proposal),
            group=str(proposal.pk),
        )
    return proposal


def decide(proposal: GrantProposal, asked: Request, *, by: User) -> GrantProposal:
    """Make any move on a proposal; approving it also grants the posting, a decision is told to who proposed it."""
    with transaction.atomic():
        decided = (
            approve(proposal, by=by, asked=asked) if asked.verb == "approve" else move(proposal, asked, by=by)
        )
        if asked.verb in ("approve", "return", "refuse"):
            told = "grant_returned" if asked.verb == "return" else "grant_decided"
            notify([proposal.proposed_by], told, place=_place(proposal), group=str(proposal.pk))
    return decided


@transaction.atomic
def approve(proposal: GrantProposal, *, by: User, asked: Request | None = None) -> GrantProposal:
    """Approve a proposal: the posting begins to exist, and one it takes the place of ends, in the same transaction."""
    asked = asked or Request("approve")
    wanted, proposer, reason = wanted_by(proposal), proposal.proposed_by, proposal.reason
    if proposal.moves_on_from is not None:
        posting = move_on(proposal.moves_on_from, wanted, by=proposer, reason=reason, approved_by=by)
    else:
        posting = grant(wanted, by=proposer, reason=reason, approved_by=by)
    return move(proposal, replace(asked, writes={"posting": posting.pk}), by=by)


def left_by(proposal: GrantProposal, reader: User) -> str:
    """Name the post that the proposed one takes the place of, as far as `reader` may see it; else ""."""
    if proposal.moves_on_from_id is None:
        return ""
    seen = Posting.objects.visible_to(reader).select_related("area")
    left = seen.filter(pk=proposal.moves_on_from_id).first()
    return f"{role_label(Role(left.role), left.area_id)} · {left.area.name}" if left else ""


def _place(proposal: GrantProposal) -> str:
    return f"/grants/{proposal.pk}/"


def wanted_by(proposal: GrantProposal) -> Grant:
    """Return what a proposal asks for."""
    return Grant(
        user=proposal.user,
        role=Role(proposal.role),
        area=proposal.area,
        from_day=proposal.from_day,
        until_day=proposal.until_day,
        department=proposal.department,
    )
