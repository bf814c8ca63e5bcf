"""The lifecycles of help: a measure from the tick to the answer of its department, and the plan of a household."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_TICKED = "field.md 1.1: each tick becomes a task in the responsible department's list"
_ANSWERED = "domain.md 2.10 R-13, R-28: what was promised is landed, or refused with the reason"
_CHECKED = "maker is never checker (design.md section 3)"
_ENDED = "field.md 3.16, 5.7: a measure that runs goes on to its own end"
_PLAN = "domain.md 5.4, F10: one household, one plan (一户一策)"
_SLIP = "field.md 5.27: a mistaken click is corrected, and what was said before stays in the record"

MEASURE = Lifecycle(
    name="measure",
    label=pgettext_lazy("measure", "Measure"),
    initial="proposed",
    created="tick",
    states={
        "proposed": pgettext_lazy("measure", "proposed"),
        "asked": pgettext_lazy("measure", "asked for"),
        "landed": pgettext_lazy("measure", "landed"),
        "refused": pgettext_lazy("measure", "refused"),
        "withdrawn": pgettext_lazy("measure", "withdrawn"),
    },
    finals=frozenset({"landed", "refused", "withdrawn"}),
    moves=(
        Move("ask", pgettext_lazy("measure", "Ask the department"), frozenset({"proposed"}), "asked",
             Right.PLAN_HELP, clause=_TICKED),
        Move("land", pgettext_lazy("measure", "Landed"), frozenset({"asked"}), "landed", Right.ANSWER_MEASURES,
             clause=_ANSWERED),
        Move("refuse", pgettext_lazy("measure", "Refuse"), frozenset({"asked"}), "refused", Right.ANSWER_MEASURES,
             needs=("reason",), clause=_ANSWERED),
        Move("take_back", pgettext_lazy("measure", "Answer again"), frozenset({"landed", "refused"}), "asked",
             Right.ANSWER_MEASURES, needs=("reason",), returns=True, clause=_SLIP),
        Move("stop", pgettext_lazy("measure", "Stop"), frozenset({"landed"}), None, Right.RECORD_AID,
             needs=("reason",), clause=_ENDED),
        Move("go_on", pgettext_lazy("measure", "Goes on after all"), frozenset({"landed"}), None, Right.RECORD_AID,
             needs=("reason",), clause=_SLIP),
        Move("ask_again", pgettext_lazy("measure", "Ask again"), frozenset({"refused"}), "asked", Right.PLAN_HELP,
             needs=("reason",), returns=True, clause=_TICKED),
        Move("withdraw", pgettext_lazy("measure", "Withdraw"), frozenset({"proposed", "asked"}), "withdrawn",
             Right.PLAN_HELP, needs=("reason",), clause=_SLIP),
    ),
)  # fmt: skip
#: Where nobody refused it or took it back; whether it still stands for its risk, measures.lasting says by its last day.
STANDING = ("proposed", "asked", "landed")
#: What waits for an answer, or to be asked: at most one of a kind for one person.
WAITING = ("proposed", "asked")

PLAN = Lifecycle(
    name="plan",
    label=pgettext_lazy("plan", "Plan of a household"),
    initial="submitted",
    created="submit",
    states={
        "submitted": pgettext_lazy("plan", "to be approved"),
        "approved": pgettext_lazy("plan", "approved"),
        "returned": pgettext_lazy("plan", "sent back"),
        "withdrawn": pgettext_lazy("plan", "taken back"),
        "superseded": pgettext_lazy("plan", "a later version holds"),
    },
    finals=frozenset({"approved", "returned", "withdrawn", "superseded"}),
    moves=(
        Move("approve", pgettext_lazy("plan", "Approve"), frozenset({"submitted"}), "approved", Right.REVIEW_CASES,
             checker_of="submit", clause=_CHECKED),
        Move("return", pgettext_lazy("plan", "Send back"), frozenset({"submitted"}), "returned", Right.REVIEW_CASES,
             needs=("reason",), checker_of="submit", returns=True, clause=_CHECKED),
        Move("withdraw", pgettext_lazy("plan", "Take back"), frozenset({"submitted"}), "withdrawn", Right.PLAN_HELP,
             needs=("reason",), clause=_SLIP),
        Move("supersede", pgettext_lazy("plan", "A later version holds"), frozenset({"approved"}), "superseded",
             Right.REVIEW_CASES, clause=_PLAN),
    ),
)  # fmt: skip
