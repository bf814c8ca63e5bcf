"""The lifecycle of a decision about one person in two households."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_BOTH = "field.md 5.12: decided by someone with both in scope or passed to their common parent area"
_ITSELF = "the platform's proposal: a pair stands as long as the register says what made it one"
_UNDO = "field.md 5.12: nothing is merged without history and undo"

PAIR = Lifecycle(
    name="pair",
    label=pgettext_lazy("pair", "Person in two households"),
    initial="taken_up",
    created="take_up",
    states={
        "taken_up": pgettext_lazy("pair", "to be decided"),
        "passed": pgettext_lazy("pair", "with the area above both"),
        "decided": pgettext_lazy("pair", "decided"),
        "settled": pgettext_lazy("pair", "settled by itself"),
        "undone": pgettext_lazy("pair", "decision taken back"),
    },
    finals=frozenset({"decided", "settled", "undone"}),
    moves=(
        Move("decide", pgettext_lazy("pair", "Decide"), frozenset({"taken_up", "passed"}), "decided",
             Right.EDIT_HOUSEHOLDS, needs=("outcome", "reason"), clause=_BOTH),
        Move("pass_up", pgettext_lazy("pair", "Pass to the area above both"), frozenset({"taken_up"}), "passed",
             Right.EDIT_HOUSEHOLDS, needs=("reason",), clause=_BOTH),
        Move("decide_above", pgettext_lazy("pair", "Decide above both"), frozenset({"passed"}), "decided",
             Right.SETTLE_MOVES, needs=("outcome", "reason"), clause=_BOTH),
        Move("undo", pgettext_lazy("pair", "Take the decision back"), frozenset({"decided"}), "undone",
             Right.EDIT_HOUSEHOLDS, needs=("reason",), clause=_UNDO),
        Move("undo_above", pgettext_lazy("pair", "Take the decision back above both"), frozenset({"decided"}),
             "undone", Right.SETTLE_MOVES, needs=("reason",), clause=_UNDO),
        Move("settle", pgettext_lazy("pair", "Settled by itself"), frozenset({"taken_up", "passed"}), "settled",
             Right.SETTLE_MOVES, needs=("outcome",), clause=_ITSELF),
        Move("stand_again", pgettext_lazy("pair", "Stands again"), frozenset({"settled", "decided"}), "undone",
             Right.SETTLE_MOVES, clause=_ITSELF),
    ),
)  # fmt: skip
