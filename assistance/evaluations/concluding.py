"""A meeting is concluded: every household goes its own way; what was not voted on leaves the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.evaluations.calling import locked, note
from assistance.evaluations.rules import Rules, rules_of
from assistance.models import Evaluation, EvaluationItem
from assistance.removal.mixed import move_lines
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request
from households.identity.masking import masked_text

Result = EvaluationItem.Result


@dataclass(frozen=True, slots=True)
class Concluded:
    """What became of the list: keys of the cases that passed, that did not, and each refusal by case."""

    passed: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def conclude(evaluation: Evaluation, minutes: str, *, by: User) -> Concluded:
    """Conclude a meeting: who passed goes on to the notice, who did not is not enrolled, who was not voted on leaves.

    A household that this person may not act on (kin) keeps its votes; somebody else finishes it (`finish`).
    """
    actor = by.authority(Right.PREPARE_CASES, evaluation.area_id)
    held = locked(evaluation)
    rules = rules_of(held)
    items = _open_items(held)
    _check(held, rules, items)
    voted = [item for item in items if item.voted]
    off = [item.pk for item in items if not item.voted]
    EvaluationItem.objects.filter(pk__in=off).update(result=Result.LEFT, why=_("It was not voted on."))
    held.concluded_on, held.concluded_by = clock.today(), by
    held.minutes = masked_text(minutes.strip())
    held.save(update_fields=["concluded_on", "concluded_by", "minutes"])
    rules.mark_used()
    done = _carry_out(held, voted, rules, by)
    details = {"passed": list(done.passed), "failed": list(done.failed), "left": len(off)}
    note("concluded", held, actor, details, minutes)
    return done


@transaction.atomic
def finish(evaluation: Evaluation, *, by: User) -> Concluded:
    """Carry out what a concluded meeting decided on households that its concluder could not act on."""
    actor = by.authority(Right.PREPARE_CASES, evaluation.area_id)
    held = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    items = [item for item in _open_items(held) if item.voted]
    if held.concluded_on is None or not items:
        raise Refused(_("Nothing of this meeting waits to be finished."))
    done = _carry_out(held, items, rules_of(held), by)
    note("concluded", held, actor, {"passed": list(done.passed), "failed": list(done.failed)})
    return done


def _open_items(evaluation: Evaluation) -> list[EvaluationItem]:
    rows = (
        evaluation.items.filter(result="")
        .select_for_update(of=("self",))
        .select_related("case__household", "removal__case__household")
    )
    return list(rows.order_by("pk"))


def _check(evaluation: Evaluation, rules: Rules, items: Sequence[EvaluationItem]) -> None:
    for sentence in rules.lacks(evaluation):
        raise Refused(sentence)
    if not any(item.voted for item in items):
        raise Refused(_("Nobody was voted on yet."))
    off = [item for item in items if item.voted and item.votes + item.withdrew != evaluation.came]
    if off:
        raise Refused(
            ngettext(
                "The votes on %(count)d household do not add up to those who came: correct them.",
                "The votes on %(count)d households do not add up to those who came: correct them.",
                len(off),
            )
            % {"count": len(off)}
        )


def _carry_out(evaluation: Evaluation, items: Sequence[EvaluationItem], rules: Rules, by: User) -> Concluded:
    """Move the cases; returns what became of each. A refused one keeps its votes and its place."""
    passed = [item for item in items if rules.passes(item)]
    failed = [item for item in items if not rules.passes(item)]
    given = {"evaluation": evaluation.pk}
    refused: list[tuple[str, str]] = []
    asked = Request("evaluate", on=evaluation.meets_on, reason=_late(evaluation), given=given, details=given)
    went = _move(passed, asked, by, refused)
    against: list[int] = []
    for item in failed:
        said = _("Democratic evaluation: %(agree)d agreed, %(against)d against, %(abstain)d abstained.") % {
            "agree": item.agree,
            "against": item.against,
            "abstain": item.abstain,
        }
        not_passed = Request(
            "evaluate_against", on=evaluation.meets_on, reason=said, given=given, details=given
        )
        against += _move([item], not_passed, by, refused)
    EvaluationItem.objects.filter(evaluation=evaluation, case__in=went, result="").update(
        result=Result.PASSED
    )
    EvaluationItem.objects.filter(evaluation=evaluation, case__in=against, result="").update(
        result=Result.FAILED
    )
    return Concluded(tuple(went), tuple(against), tuple(refused))


def _move(
    items: Sequence[EvaluationItem], asked: Request, by: User, refused: list[tuple[str, str]]
) -> list[int]:
    """Make the move on the cases of these items; notes who was refused, and why, by household number."""
    made = move_lines(items, asked, by=by)
    made.follow(by=by)
    codes = {item.case_id: item.case.household.code for item in items}
    refused += [(codes[key], refusal.sentence) for key, refusal in made.refused.items()]
    return made.keys


def _late(evaluation: Evaluation) -> str:
    """Return the reason that stands where a meeting is entered on a later day."""
    if evaluation.meets_on == clock.today():
        return ""
    return _("Entered after the meeting of %(day)s.") % {"day": evaluation.meets_on}
