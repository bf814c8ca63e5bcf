"""The lifecycle of a risk removal: proposed for a monitored household, taken through the chain of its area, marked.

What it waits for while it is proposed says its path (assistance.removal.chain): areas order the steps otherwise.
"""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

#: On the way to the mark.
RUNNING = ("proposed", "approved")
#: Marked today; a proposal to cancel the mark does not cancel it.
MARKED = ("removed", "rolling_back")
#: Somebody's step or answer is due.
WAITING = (*RUNNING, "rolling_back")

_PATH = "domain.md 5.8: house check, evaluation and notice, township review, county decision, announcement"
_CHECKED = "maker is never checker (design.md section 3)"
_AGAIN = "field.md 5.6: a return says what is missing and lands with the step that can mend it"
_SLIP = "field.md 5.27: a mistaken click is corrected within the day, before the announcement"
_RISK = "domain.md 5.8: no new risk, also between the decision and its announcement"
_BACK = "domain.md 5.8: a mark is cancelled where the household still needs help (风险消除回退)"


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


REMOVAL = Lifecycle(
    name="removal",
    label=pgettext_lazy("case", "Removal of the risk"),
    initial="proposed",
    created="propose",
    states={
        "proposed": pgettext_lazy("case", "removal in procedure"),
        "approved": pgettext_lazy("case", "removal approved, to be announced"),
        "removed": pgettext_lazy("case", "risk removed"),
        "rolling_back": pgettext_lazy("case", "roll-back to be decided"),
        "rolled_back": pgettext_lazy("case", "removal rolled back"),
        "declined": pgettext_lazy("case", "not removed"),
        "withdrawn": pgettext_lazy("case", "proposal of removal taken back"),
    },
    finals=_from("removed", "rolled_back", "declined", "withdrawn"),
    moves=(
        Move("evaluate", pgettext_lazy("case", "Democratic evaluation passed"), _from("proposed"), None,
             Right.PREPARE_CASES, needs=("evaluation",), by_path=True, clause=_PATH),
        Move("evaluate_against", pgettext_lazy("case", "Democratic evaluation: not passed"), _from("proposed"),
             "declined", Right.PREPARE_CASES, needs=("evaluation", "reason"), by_path=True, clause=_PATH),
        Move("post", pgettext_lazy("case", "Notice posted"), _from("proposed"), None, Right.PREPARE_CASES,
             needs=("notice",), by_path=True, clause=_PATH),
        Move("end_notice", pgettext_lazy("case", "Notice ended without an open objection"), _from("proposed"), None,
             Right.PREPARE_CASES, needs=("notice",), by_path=True, clause=_PATH),
        Move("review", pgettext_lazy("case", "Township review passed"), _from("proposed"), None, Right.REVIEW_CASES,
             needs=("conclusion",), checker_of="propose", by_path=True, clause=_CHECKED),
        Move("approve", pgettext_lazy("case", "County decision: remove"), _from("proposed"), "approved",
             Right.DECIDE_CASES, needs=("approval",), checker_of="review", by_path=True, clause=_CHECKED),
        Move("undo_approval", pgettext_lazy("case", "Take the decision back"), _from("approved"), "proposed",
             Right.DECIDE_CASES, needs=("reason",), returns=True, clause=_SLIP),
        Move("take_up_again", pgettext_lazy("case", "Judge again before the announcement"), _from("approved"),
             "proposed", Right.DECIDE_CASES, needs=("reason",), returns=True, clause=_RISK),
        Move("announce", pgettext_lazy("case", "Announce"), _from("approved"), "removed", Right.REVIEW_CASES,
             needs=("announcement",), by_path=True, clause=_PATH),
        Move("return", pgettext_lazy("case", "Township wants a new house check"), _from("proposed"), None,
             Right.REVIEW_CASES, needs=("reason",), returns=True, clause=_AGAIN),
        Move("return_from_county", pgettext_lazy("case", "County wants a new house check"), _from("proposed"), None,
             Right.DECIDE_CASES, needs=("reason",), returns=True, clause=_AGAIN),
        Move("refuse", pgettext_lazy("case", "Township review: not removed"), _from("proposed"), "declined",
             Right.REVIEW_CASES, needs=("reason",), checker_of="propose", clause=_CHECKED),
        Move("decline", pgettext_lazy("case", "County decision: not removed"), _from("proposed"), "declined",
             Right.DECIDE_CASES, needs=("reason",), checker_of="review", clause=_CHECKED),
        Move("withdraw", pgettext_lazy("case", "Take the proposal back"), _from("proposed"), "withdrawn",
             Right.PREPARE_CASES, needs=("reason",), clause=_PATH),
        # A wrong mark: the township proposes, the county decides.
        Move("propose_rollback", pgettext_lazy("case", "Propose: roll the removal back"), _from("removed"),
             "rolling_back", Right.REVIEW_CASES, needs=("reason",), clause=_BACK),
        Move("confirm_rollback", pgettext_lazy("case", "Confirm: roll the removal back"), _from("rolling_back"),
             "rolled_back", Right.DECIDE_CASES, needs=("reason",), checker_of="propose_rollback", clause=_BACK),
        Move("reject_rollback", pgettext_lazy("case", "The removal stands"), _from("rolling_back"), "removed",
             Right.DECIDE_CASES, needs=("reason",), checker_of="propose_rollback", clause=_BACK),
        Move("withdraw_rollback", pgettext_lazy("case", "Take the proposed roll-back back"), _from("rolling_back"),
             "removed", Right.REVIEW_CASES, needs=("reason",), clause=_SLIP),
    ),
)  # fmt: skip
