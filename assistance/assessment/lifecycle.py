"""The lifecycle of an assessed household: proposed by the rule, confirmed by the township, taken through the batch.

Meeting, notice, review and decision are the batches of cases (assistance.evaluations, .notices, .deciding): a line of
them names the assessed household. What was decided is carried out by the township, and every step has its way back.
"""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_RULE = (
    "domain.md 5.10: former registered poor are assessed together; exit in order, who would fall back stays"
)
_CHAIN = "domain.md 5.8, field.md 3.20: village, township and county as a batch"
_CHECKED = "maker is never checker (design.md section 3)"
_OBJECTED = "field.md 3.20, decision 0068: an objection is settled for its household alone"
_SLIP = "field.md 5.27: a mistaken click is corrected within the day"

#: On the way to a decision.
UNDER_WAY = ("proposed", "confirmed", "evaluated", "posted", "heard", "reviewed")


#: What a list that goes back loses: the township says everything anew.
CLEARED = {"result": "", "why": ""}


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


ASSESSED = Lifecycle(
    name="assessed_household",
    label=pgettext_lazy("assessment", "Household of an assessment"),
    initial="proposed",
    created="assess",
    states={
        "proposed": pgettext_lazy("assessment", "proposed by the rule"),
        "confirmed": pgettext_lazy("assessment", "confirmed by the township"),
        "evaluated": pgettext_lazy("assessment", "passed by the village"),
        "posted": pgettext_lazy("assessment", "on the notice"),
        "heard": pgettext_lazy("assessment", "notice over, for the township's review"),
        "reviewed": pgettext_lazy("assessment", "passed by the township's review"),
        "decided": pgettext_lazy("assessment", "decided by the county"),
        "done": pgettext_lazy("assessment", "carried out"),
        "dropped": pgettext_lazy("assessment", "taken out"),
    },
    finals=_from("done", "dropped"),
    moves=(
        Move("confirm", pgettext_lazy("assessment", "Confirm or change"), _from("proposed"), "confirmed",
             Right.REVIEW_CASES, needs=("result",), clause=_RULE),
        Move("evaluate", pgettext_lazy("assessment", "Village meeting passed"), _from("confirmed"), "evaluated",
             Right.PREPARE_CASES, needs=("evaluation",), clause=_CHAIN),
        Move("evaluate_against", pgettext_lazy("assessment", "Village meeting: not passed"), _from("confirmed"),
             "proposed", Right.PREPARE_CASES, needs=("evaluation", "reason"), returns=True, clause=_CHAIN),
        Move("post", pgettext_lazy("assessment", "Notice posted"), _from("evaluated"), "posted",
             Right.PREPARE_CASES, needs=("notice",), clause=_CHAIN),
        Move("end_notice", pgettext_lazy("assessment", "Notice ended without an open objection"), _from("posted"),
             "heard", Right.PREPARE_CASES, needs=("notice",), clause=_CHAIN),
        Move("review", pgettext_lazy("assessment", "Township review passed"), _from("heard"), "reviewed",
             Right.REVIEW_CASES, needs=("batch",), checker_of="evaluate", clause=_CHECKED),
        Move("decide", pgettext_lazy("assessment", "County decision"), _from("reviewed"), "decided",
             Right.DECIDE_CASES, needs=("batch",), checker_of="review", clause=_CHECKED),
        Move("carry_out", pgettext_lazy("assessment", "Carry out"), _from("decided"), "done",
             Right.REVIEW_CASES, clause=_CHAIN),
        # The ways back: to the township from wherever the list stands, step by step, and from what was done.
        Move("send_back", pgettext_lazy("assessment", "Back to the township"), _from("confirmed", "evaluated"),
             "proposed", Right.PREPARE_CASES, needs=("reason",), returns=True, clause=_CHAIN),
        Move("recheck", pgettext_lazy("assessment", "Township checks once more"), _from("posted", "heard", "reviewed"),
             "proposed", Right.REVIEW_CASES, needs=("reason",), returns=True, clause=_OBJECTED),
        Move("undo_review", pgettext_lazy("assessment", "Take the review back"), _from("reviewed"), "heard",
             Right.REVIEW_CASES, needs=("reason",), returns=True, clause=_SLIP),
        Move("return", pgettext_lazy("assessment", "County sends back to the township"), _from("reviewed"), "proposed",
             Right.DECIDE_CASES, needs=("reason",), returns=True, clause=_CHAIN),
        Move("undo_decision", pgettext_lazy("assessment", "Take the decision back"), _from("decided"), "reviewed",
             Right.DECIDE_CASES, needs=("reason",), returns=True, clause=_SLIP),
        Move("undo", pgettext_lazy("assessment", "Undo what was carried out"), _from("done"), "decided",
             Right.REVIEW_CASES, needs=("reason",), returns=True, clause=_SLIP),
        Move("drop", pgettext_lazy("assessment", "Take out of the assessment"), _from(*UNDER_WAY), "dropped",
             Right.REVIEW_CASES, needs=("reason",), clause=_RULE),
        Move("call_off", pgettext_lazy("assessment", "County calls the assessment off"), _from(*UNDER_WAY), "dropped",
             Right.DECIDE_CASES, needs=("reason",), clause=_RULE),
    ),
)  # fmt: skip
