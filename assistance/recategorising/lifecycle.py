"""The lifecycle of a change of category: the township proposes it for a monitored household, the county decides."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_ACT = "field.md 3.21: re-categorisation is its own act (facts, line, reason, township, county)"


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


RECATEGORISATION = Lifecycle(
    name="recategorisation",
    label=pgettext_lazy("case", "Change of category"),
    initial="proposed",
    created="propose_category",
    states={
        "proposed": pgettext_lazy("case", "to be decided by the county"),
        "decided": pgettext_lazy("case", "category changed"),
        "declined": pgettext_lazy("case", "category stays"),
        "withdrawn": pgettext_lazy("case", "proposal taken back"),
    },
    finals=_from("decided", "declined", "withdrawn"),
    moves=(
        Move("decide", pgettext_lazy("case", "County decision: change the category"), _from("proposed"), "decided",
             Right.DECIDE_CASES, needs=("reason",), checker_of="propose_category", clause=_ACT),
        Move("decline", pgettext_lazy("case", "County decision: the category stays"), _from("proposed"), "declined",
             Right.DECIDE_CASES, needs=("reason",), checker_of="propose_category", clause=_ACT),
        Move("withdraw", pgettext_lazy("case", "Take the proposal back"), _from("proposed"), "withdrawn",
             Right.REVIEW_CASES, needs=("reason",), clause=_ACT),
    ),
)  # fmt: skip
