"""One act on the ticked households of an assessment: which acts a reader has, and the stage function of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.assessment import carrying, confirming
from assistance.assessment.confirming import Done
from assistance.assessment.forms import ACTS
from assistance.assessment.lifecycle import ASSESSED
from assistance.deciding.batches import Paper, decide
from assistance.models import AssessedHousehold, CaseBatch
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.scope import prefixes

#: Households that are carried out at one press: each has its own papers, report or end of policy.
MOST_CARRIED = 500
#: Acts that are a paper on many households → its kind.
_PAPERS = {"review": CaseBatch.Kind.REVIEW, "decide": CaseBatch.Kind.APPROVAL}


def acts_of(user: User, states: Sequence[str]) -> list[str]:
    """Return the acts that `user` may have somewhere, of those that leave from where households stand."""
    held = [act for act in ACTS if prefixes(user, ASSESSED.find(act).right)]
    return [act for act in held if ASSESSED.find(act).sources & set(states)]


def do(act: str, rows: Sequence[AssessedHousehold], said: Mapping[str, Any], *, by: User) -> Done:
    """Do one act on many households; refused as a whole where nothing of it could be done."""
    if not rows:
        raise Refused(_("Choose the households."))
    why = said.get("why") or ""
    if act in _PAPERS:
        return _on_paper(act, rows, said, by)
    if act == "confirm":
        return confirming.confirm(rows, said.get("result") or "", why, by=by)
    if act == "carry_out":
        return carrying.carry_out(rows[:MOST_CARRIED], by=by)
    if not why.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="why")
    if act == "undo":
        return _undo(rows, why, by)
    if act == "undo_decision":
        return confirming.undo_decision(rows, why, by=by)
    if act == "drop":
        return confirming.take_out(rows, why, by=by)
    if act == "undo_review":
        return confirming.undo_review(rows, why, by=by)
    return confirming.send_back(rows, why, by=by, verb=act)


@transaction.atomic
def _on_paper(act: str, rows: Sequence[AssessedHousehold], said: Mapping[str, Any], by: User) -> Done:
    """Make the paper of a review or a decision, few at once, many by its job; no paper where nobody could go on."""
    told = Paper(said.get("on") or clock.today(), said.get("number") or "", note=said.get("why") or "")
    batch = decide(_PAPERS[act], [], told, by=by, assessed=rows)
    if batch.job is not None:
        return Done(batch=batch)
    lines = list(batch.items.select_related("assessed__household").order_by("pk"))
    left = [line for line in lines if line.result == "left"]
    if len(left) == len(lines):
        raise Refused(left[0].why)
    return Done(len(lines) - len(left), [(line.household.code, line.why) for line in left], batch)


def _undo(rows: Sequence[AssessedHousehold], why: str, by: User) -> Done:
    done = Done()
    for row in rows:
        try:
            with transaction.atomic():
                carrying.undo(row, why, by=by)
        except Refused as refusal:
            done.refused.append((row.household.code, refusal.sentence))
        else:
            done.moved += 1
    return done
