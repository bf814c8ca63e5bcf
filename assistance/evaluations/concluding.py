"""A meeting is concluded: every household goes its own way; what was not voted on leaves the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.assessment.lifecycle import CLEARED
from assistance.evaluations.calling import locked, note
from assistance.evaluations.rules import Rules, rules_of
from assistance.models import Evaluation, EvaluationItem
from assistance.removal.mixed import move_lines, told
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request
from households.identity.masking import masked_text

Result = EvaluationItem.Result


@dataclass(frozen=True, slots=True)
class Concluded:
    """What became of the list: keys of the cases and assessed households that passed, that did not, each refusal."""

    passed: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()
    assessed_passed: tuple[int, ...] = ()
    assessed_failed: tuple[int, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    def told(self) -> dict[str, list[int]]:
        """Return what the record says of it."""
        said = {"passed": list(self.passed), "failed": list(self.failed)}
        assessed = {
            "assessed_passed": list(self.assessed_passed),
            "assessed_failed": list(self.assessed_failed),
        }
        return said | {name: keys for name, keys in assessed.items() if keys}


@transaction.atomic
def conclude(evaluation: Evaluation, minutes: str, *, by: User) -> Concluded:
    """Conclude a meeting: who passed goes on to the notice, who did not is not enrolled (or, assessed, goes back to the
    township), who was not voted on leaves.

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
    note("concluded", held, actor, {**done.told(), "left": len(off)}, minutes)
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
    note("concluded", held, actor, done.told())
    return done


def _open_items(evaluation: Evaluation) -> list[EvaluationItem]:
    rows = (
        evaluation.items.filter(result="")
        .select_for_update(of=("self",))
        .select_related("case__household", "removal__case__household", "assessed__household")
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
    went = _move(passed, asked, by, refused, Result.PASSED)
    against: list[EvaluationItem] = []
    for item in failed:
        said = _("Democratic evaluation: %(agree)d agreed, %(against)d against, %(abstain)d abstained.") % {
            "agree": item.agree,
            "against": item.against,
            "abstain": item.abstain,
        }
        not_passed = Request(
            "evaluate_against", on=evaluation.meets_on, reason=said, given=given, details=given,
            writes=dict(CLEARED) if item.assessed_id else {},
        )  # fmt: skip
        against += _move([item], not_passed, by, refused, Result.FAILED)
    yes, no = told(went), told(against)
    return Concluded(
        tuple(yes["cases"]), tuple(no["cases"]), tuple(yes.get("assessed", ())), tuple(no.get("assessed", ())),
        tuple(refused),
    )  # fmt: skip


def _move(
    items: Sequence[EvaluationItem],
    asked: Request,
    by: User,
    refused: list[tuple[str, str]],
    result: Result,
) -> list[EvaluationItem]:
    """Make the move on what these lines are about and write the result of those that went.

    Notes who was refused, and why, by household number.
    """
    made = move_lines(items, asked, by=by)
    EvaluationItem.objects.filter(pk__in=made.lines, result="").update(result=result)
    made.follow(by=by)
    codes = {item.pk: item.household.code for item in items}
    refused += [(codes[key], refusal.sentence) for key, refusal in made.refused.items()]
    return [item for item in items if item.pk in made.lines]


def _late(evaluation: Evaluation) -> str:
    """Return the reason that stands where a meeting is entered on a later day."""
    if evaluation.meets_on == clock.today():
        return ""
    return _("Entered after the meeting of %(day)s.") % {"day": evaluation.meets_on}
