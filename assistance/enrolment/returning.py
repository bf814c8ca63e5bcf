"""Send a case back with what is missing, and go on with it (field.md 5.6): it lands with the step that can mend it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.enrolment import chain, pieces
from assistance.enrolment.moved import advance
from assistance.enrolment.pieces import ReturnItem
from assistance.models import Case
from assistance.telling import tell_leaders, tell_returned
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.courses import Standing
from foundation.workflow.move import Request

__all__ = ["LEADER_AT", "ReturnItem", "give_back"]
#: From this return on the leader of the township hears of it, with the reasons of every return.
LEADER_AT = 3
#: The step at which the county decides.
DECIDING = "decide"


@transaction.atomic
def give_back(case: Case, items: Sequence[ReturnItem], reason: str, *, by: User) -> Case:
    """Return a case with its check list to the earliest step that mends it; the third time its leader is told.

    The county returns what waits for its decision, the township everything before.
    """
    standing = chain.standing_of(case)
    if standing is None:
        raise Refused(_("This case follows no chain: nothing of it can be returned."))
    pieces.check(items, case.area_id, standing)
    if not any(not standing.is_ahead(step) for step in standing.steps):
        raise Refused(_("Nothing has been handed in yet: there is nothing to return."))
    missing = [item.piece for item in items]
    asked = Request(
        verb_for(case, by),
        reason=reason,
        given={"items": missing},
        writes={"returned": case.returned + 1},
        details={"missing": missing},
        back_to=_earliest(items, standing),
    )
    pieces.ask(case, items, by=by)
    advance(case, asked, by=by)
    tell_returned(case, by=by)
    if case.returned >= LEADER_AT:
        tell_leaders(case)
    return case


def verb_for(case: Case, by: User) -> str:
    """Return as what somebody returns: the county where its decision is waited for, else the township."""
    decides = DECIDING in case.waits_for and by.holds(Right.DECIDE_CASES, case.area_id)
    return "return_from_county" if decides else "return"


def _earliest(items: Sequence[ReturnItem], standing: Standing) -> str:
    """Return the first step of the chain that mends something; those that happen once are not opened again by it."""
    named = {item.step for item in items}
    return next(step.code for step in standing.steps if step.code in named)
