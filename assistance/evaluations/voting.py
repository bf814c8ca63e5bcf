"""Who came, and the votes on each household, as they are counted in the hall."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.evaluations.calling import locked, note
from assistance.models import Evaluation, EvaluationItem
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from households.identity.masking import masked_text


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came of those who must, who led and recorded, and which members of staff were in the room (keys)."""

    came: int
    chair: str
    recorder: str
    must_come: int
    staff: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes on one household; `withdrew` near relatives of it came and did not vote."""

    agree: int
    against: int
    abstain: int
    withdrew: int = 0
    withdrew_who: str = ""
    questions: str = ""

    @property
    def cast(self) -> int:
        """How many voted."""
        return self.agree + self.against + self.abstain


@transaction.atomic
def attend(evaluation: Evaluation, told: Attendance, *, by: User) -> Evaluation:
    """Write down who came. May be corrected until the meeting is concluded."""
    actor = by.authority(Right.PREPARE_CASES, evaluation.area_id)
    held = locked(evaluation)
    if held.meets_on > clock.today():
        raise Refused(_("The meeting has not taken place yet."))
    if not 0 < told.came <= told.must_come:
        raise Refused(_("At least one came, and no more than those who must."), field="came")
    if not told.chair.strip():
        raise Refused(_("Say who led the meeting."), field="chair")
    if not told.recorder.strip():
        raise Refused(_("Say who kept the record."), field="recorder")
    held.came, held.must_come = told.came, told.must_come
    held.chair, held.recorder = masked_text(told.chair.strip()), masked_text(told.recorder.strip())
    held.staff = sorted({*told.staff})
    held.save(update_fields=["came", "must_come", "chair", "recorder", "staff"])
    note("attended", held, actor, {"came": held.came, "must_come": held.must_come, "staff": held.staff})
    return held


@transaction.atomic
def vote(item: EvaluationItem, votes: Votes, *, by: User) -> EvaluationItem:
    """Write down the votes on one household: they add up to those who came without the relatives who withdrew."""
    actor = by.authority(Right.PREPARE_CASES, item.evaluation.area_id)
    if rule := recused(by, item.recusal_keys):
        raise Refused(rule)
    held = locked(item.evaluation)
    _check(held, votes)
    written = {
        "agree": votes.agree,
        "against": votes.against,
        "abstain": votes.abstain,
        "withdrew": votes.withdrew,
        "withdrew_who": masked_text(votes.withdrew_who.strip())[:200],
        "questions": masked_text(votes.questions.strip()),
        "voted_by": by,
    }
    if EvaluationItem.objects.filter(pk=item.pk, result="").update(**written) != 1:
        raise Refused(_("This household is no longer on the list."))
    if by.pk not in held.staff:
        Evaluation.objects.filter(pk=held.pk).update(staff=sorted({*held.staff, by.pk}))
    counted = {
        "agree": votes.agree,
        "against": votes.against,
        "abstain": votes.abstain,
        "withdrew": votes.withdrew,
    }
    note("voted", held, actor, {**item.told(), **counted})
    item.refresh_from_db()
    return item


def _check(evaluation: Evaluation, votes: Votes) -> None:
    if evaluation.came is None:
        raise Refused(_("Write down first how many came."))
    if min(votes.agree, votes.against, votes.abstain, votes.withdrew) < 0:
        raise Refused(_("Votes are counted from 0 upward."))
    if votes.withdrew and not votes.withdrew_who.strip():
        raise Refused(_("Name the relatives who withdrew."), field="withdrew_who")
    if votes.withdrew >= evaluation.came:
        raise Refused(_("Nobody would be left to vote."), field="withdrew")
    if votes.cast != evaluation.came - votes.withdrew:
        raise Refused(
            _(
                "The votes do not add up: %(came)d came, %(withdrew)d withdrew, so %(may)d vote; these are %(cast)d."
            )
            % {
                "came": evaluation.came,
                "withdrew": votes.withdrew,
                "may": evaluation.came - votes.withdrew,
                "cast": votes.cast,
            },
            field="agree",
        )
