"""What follows for an assessed household when an objection against its line is settled; the others go on."""

import datetime

from django.utils.translation import gettext as _

from assistance.assessment.lifecycle import CLEARED
from assistance.assessment.moved import follow as follow_rows
from assistance.assessment.moved import moved_many
from assistance.models import AssessedHousehold, Objection
from assistance.notices.ending import end_if_over, extend
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request

Outcome = Objection.Outcome


def follow(objection: Objection, extend_until: datetime.date | None, *, by: User) -> None:
    """Let the household go on; or, the objection founded, let the township judge it anew, or take it out.

    Whoever objects after the county has decided is heard, and what follows is an act of the county: it takes its
    decision back, as the sentence says.
    """
    item, row = objection.item, objection.item.assessed
    if row is None:
        raise ValueError(objection.pk)
    if objection.outcome == Outcome.DISMISSED:
        if extend_until is not None:
            extend(item, extend_until, objection.answer, by=by)
        end_if_over(item)
        return
    if row.state in ("decided", "done"):
        raise Refused(_("The county has decided about this household: it takes the decision back first."))
    if row.state not in _ON_LIST:
        return
    if objection.outcome == Outcome.RECHECK:
        _move(row, Request("recheck", reason=objection.answer, writes=dict(CLEARED)), by)
    else:
        _move(row, Request("drop", reason=objection.answer), by)


#: Where a founded objection changes something: elsewhere the household went back, or out, before.
_ON_LIST = ("posted", "heard", "reviewed")


def _move(row: AssessedHousehold, asked: Request, by: User) -> None:
    results, moved = moved_many([row], asked, by=by)
    if results[0].refusal is not None:
        raise results[0].refusal
    follow_rows(moved, by=by)
