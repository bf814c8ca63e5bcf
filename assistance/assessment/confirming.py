"""The township confirms what the rule proposed, or changes it with a reason; a household is taken out, or sent back.

Results come back household by household: who cannot be moved stays out with the sentence, the others go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.assessment.lifecycle import CLEARED
from assistance.assessment.moved import follow, moved_many
from assistance.models import AssessedHousehold, CaseBatch
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request
from households.identity.masking import masked_text

Result = AssessedHousehold.Result
_LONGEST = 300


@dataclass(slots=True)
class Done:
    """How many were moved, and who stays out: household number and sentence."""

    moved: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    #: The paper that was made, of a review or a decision.
    batch: CaseBatch | None = None


@transaction.atomic
def confirm(rows: Sequence[AssessedHousehold], result: str, why: str, *, by: User) -> Done:
    """Confirm households as proposed (`result` empty), or say another result, for which a reason is needed."""
    said = _said(why)
    if result and result not in Result.values:
        raise Refused(_("Choose what becomes of it."), field="result")
    if not rows:
        raise Refused(_("Choose the households."))
    done = Done()
    if result == Result.OBJECT and (monitored := [row for row in rows if row.case_id]):
        done.refused += [
            (row.household.code, _("It is monitored already: it stays, or leaves.")) for row in monitored
        ]
        rows = [row for row in rows if not row.case_id]
    if any(result and row.proposed != result for row in rows) and not said:
        raise Refused(_("Say why the result differs from what the rule proposed."), field="why")
    for wanted in Result.values:
        same = [row for row in rows if (result or row.proposed) == wanted]
        changed = [row for row in same if row.proposed != wanted]
        for some, reason in ((changed, said), ([row for row in same if row.proposed == wanted], "")):
            asked = Request(
                "confirm", reason=said, given={"result": wanted}, writes={"result": wanted, "why": reason},
                details={"result": wanted, "changed": some is changed},
            )  # fmt: skip
            move_all(some, asked, done, by=by)
    return done


@transaction.atomic
def send_back(rows: Sequence[AssessedHousehold], reason: str, *, by: User, verb: str = "send_back") -> Done:
    """Send households back to the township, with the reason: what it said, and every step since, is open again.

    `verb`: the village sends back (send_back), the township takes it up once more (recheck), or the county returns.
    """
    done = Done()
    move_all(rows, Request(verb, reason=_said(reason), writes=dict(CLEARED)), done, by=by)
    return done


@transaction.atomic
def take_out(rows: Sequence[AssessedHousehold], reason: str, *, by: User) -> Done:
    """Take households out of the assessment, with the reason."""
    done = Done()
    move_all(rows, Request("drop", reason=_said(reason)), done, by=by)
    return done


@transaction.atomic
def undo_decision(rows: Sequence[AssessedHousehold], reason: str, *, by: User) -> Done:
    """Take the county's decision about households back; they wait for it again."""
    done = Done()
    move_all(rows, Request("undo_decision", reason=_said(reason)), done, by=by)
    return done


@transaction.atomic
def undo_review(rows: Sequence[AssessedHousehold], reason: str, *, by: User) -> Done:
    """Take the township's review of households back; they wait for it again."""
    done = Done()
    move_all(rows, Request("undo_review", reason=_said(reason)), done, by=by)
    return done


def move_all(
    rows: Sequence[AssessedHousehold], asked: Request, done: Done, *, by: User
) -> list[AssessedHousehold]:
    """Make one move on many rows, note who stays out, and return those that moved, as they are stored now."""
    numbers = {row.pk: row.household.code for row in rows}
    results, moved = moved_many(rows, asked, by=by) if rows else ([], [])
    done.moved += len(moved)
    done.refused += [
        (numbers[each.key], each.refusal.sentence) for each in results if each.refusal is not None
    ]
    follow(moved, by=by)
    return moved


def _said(text: str) -> str:
    said = masked_text(text.strip())
    if len(said) > _LONGEST:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": _LONGEST}, field="why")
    return said
