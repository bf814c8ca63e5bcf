"""An objection is settled by somebody who was not at the meeting, did not enter it, and is no kin."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.enrolment.due import set_due
from assistance.enrolment.moved import advance
from assistance.enrolment.returning import ReturnItem, give_back
from assistance.models import Case, EvaluationItem, NoticeItem, Objection
from assistance.notices.ending import end_if_over, extend
from assistance.objections import contesting
from assistance.objections.entering import note
from assistance.objections.selectors import founded, open_objections
from assistance.removal import objecting
from assistance.removal.moved import fresh
from assistance.removal.moved import set_due as set_due_of_removals
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.next_day import NIGHT
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request
from households.identity.masking import masked_text

Outcome = Objection.Outcome
#: The step that a household goes back to when it is checked once more, and what is asked for there.
AGAIN = ("compare", "hit_notes")


@dataclass(frozen=True, slots=True)
class Settlement:
    """How it is settled, the answer in words, and (dismissed) until when the line hangs longer, with the reason."""

    outcome: str
    answer: str
    extend_until: datetime.date | None = None


def kept_out(objection: Objection) -> set[int]:
    """Return the keys of those who do not settle it: who entered it, who was in the meeting, voted in, concluded."""
    out = {objection.entered_by_id}
    item = objection.item
    rows = EvaluationItem.objects.filter(
        case=item.case_id, removal=item.removal_id, assessed=item.assessed_id
    )
    for voted in rows.select_related("evaluation"):
        out |= {voted.voted_by_id, voted.evaluation.concluded_by_id, *voted.evaluation.staff}
    return {key for key in out if key is not None}


def why_not(objection: Objection, user: User) -> str:
    """Say why somebody who reviews cases may not settle this one, or ""."""
    if objection.settled_on is not None:
        return _("This objection is settled already.")
    if not user.holds(Right.REVIEW_CASES, objection.item.area_id):
        return _("The township settles objections.")
    if objection.entered_by_id == user.pk:
        return _("You entered this objection: somebody else settles it.")
    if user.pk in kept_out(objection):
        return _(
            "You took part in the meeting on this household: somebody who was not there settles the objection."
        )
    return recused(user, objection.item.recusal_keys) or ""


@transaction.atomic
def settle(objection: Objection, how: Settlement, *, by: User) -> Objection:
    """Settle an objection, with what follows for this household alone; the others of the notice go on by themselves."""
    actor = by.authority(Right.REVIEW_CASES, objection.item.area_id)
    held = _locked(objection)
    if sentence := why_not(held, by):
        raise Refused(sentence)
    if how.outcome not in Outcome.values:
        raise Refused(_("Choose how the objection is settled."), field="outcome")
    if not how.answer.strip():
        raise Refused(_("Write the answer: whoever objected reads it."), field="answer")
    if how.extend_until is not None and how.outcome != Outcome.DISMISSED:
        raise Refused(_("Only a household that goes on hangs longer."), field="extend_until")
    held.outcome, held.answer = how.outcome, masked_text(how.answer.strip())[:500]
    held.settled_on, held.settled_by = clock.today(), by
    held.save(update_fields=["outcome", "answer", "settled_on", "settled_by"])
    note("settled", held, actor, {**held.item.told(), "outcome": held.outcome}, held.answer)
    _follow(held, how, by)
    if held.item.case_id is not None:
        set_due(list(Case.objects.filter(pk=held.item.case_id)))
    if held.item.removal_id is not None:
        set_due_of_removals(fresh([held.item.removal_id]))
    return held


def _locked(objection: Objection) -> Objection:
    NoticeItem.objects.select_for_update().get(pk=objection.item_id)
    rows = Objection.objects.select_for_update(of=("self",))
    held: Objection = rows.select_related(
        "item__case__household",
        "item__notice",
        "item__removal__case__household",
        "item__assessed__household__area",
    ).get(pk=objection.pk)
    return held


def _follow(objection: Objection, how: Settlement, by: User) -> None:
    """Let the household go on, be checked once more, or leave."""
    item, case, removal = objection.item, objection.item.case, objection.item.removal
    if case is None:
        contesting.follow(objection, how.extend_until, by=by)
        return
    if how.outcome == Outcome.RECHECK and removal is not None:
        objecting.recheck(removal, objection, by=by)
    elif how.outcome == Outcome.RECHECK:
        _back(case, objection, by)
    elif how.extend_until is not None:
        extend(item, how.extend_until, how.answer, by=by)
    if removal is not None and objecting.founded(removal):
        objecting.leave(item, removal, by=by)
    elif removal is None and founded([case]):
        _leave(item, case.pk, by)
    else:
        end_if_over(item)


def _leave(item: NoticeItem, key: int, by: User) -> None:
    """Take the household off the notice and refuse it, once nothing of its objections is open.

    Where the chain still waits for something else, or the county has decided already, the barrier stays in the way of
    every judgement (assistance.objections.selectors) and the township refuses on the page of the case.
    """
    left = {"left_on": clock.today(), "left_why": _("An objection was founded.")}
    NoticeItem.objects.running().filter(pk=item.pk).update(**left)
    case = Case.objects.select_related("household").get(pk=key)
    if open_objections([case]):
        return
    reason = _founded_answer(case)
    if "notice" in case.waits_for:
        platform = User.objects.built_in(NIGHT)
        given = {"notice": item.notice_id}
        case = advance(case, Request("end_notice", reason=reason, given=given, details=given), by=platform)
    if "review" in case.waits_for and case.state == "open":
        advance(case, Request("refuse", reason=reason), by=by)


def _founded_answer(case: Case) -> str:
    """Return the answer that says why the household is not enrolled."""
    rows = Objection.objects.filter(
        item__case=case, item__removal__isnull=True, outcome=Outcome.REFUSE, in_time=True
    ).order_by("-pk")
    return rows.values_list("answer", flat=True).first() or _("An objection was founded.")


def _back(case: Case, objection: Objection, by: User) -> None:
    """Send the case back to be checked once more, with the objection as what is to be cleared up."""
    note_of_it = _("Public notice, objection %(number)d") % {"number": objection.pk}
    give_back(case, [ReturnItem(*AGAIN, note_of_it)], objection.answer, by=by)
