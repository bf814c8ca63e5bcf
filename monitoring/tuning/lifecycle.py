"""The lifecycle of a word about a standard: it needs tuning; tuned, or it stays as it is."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

TUNING = Lifecycle(
    name="tuning_request",
    label=_("A standard that needs tuning"),
    initial="open",
    created="ask",
    states={
        "open": _("waits for an answer"),
        "tuned": _("the standard or its line is changed"),
        "kept": _("it stays as it is"),
    },
    finals=frozenset({"tuned", "kept"}),
    moves=(
        Move("tune", _("It is changed"), frozenset({"open"}), "tuned", Right.RUN_COMPARISON, needs=("reason",)),
        Move("keep", _("It stays as it is"), frozenset({"open"}), "kept", Right.RUN_COMPARISON, needs=("reason",)),
    ),
)  # fmt: skip
