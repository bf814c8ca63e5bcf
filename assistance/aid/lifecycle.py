"""The lifecycle of an aid record: written down, acknowledged, stopped, struck out; nothing is ever deleted."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_LANDED = "domain.md 2.10 R-28; issue 10: aid once or per month, acknowledged by the household"
_SLIP = "field.md 5.27: a mistaken click is corrected, and what was said before stays in the record"

AID = Lifecycle(
    name="aid",
    label=pgettext_lazy("aid", "Aid record"),
    initial="recorded",
    created="record",
    states={
        "recorded": pgettext_lazy("aid", "recorded"),
        "struck": pgettext_lazy("aid", "struck out"),
    },
    finals=frozenset({"recorded", "struck"}),
    moves=(
        Move("acknowledge", pgettext_lazy("aid", "Household acknowledges"), frozenset({"recorded"}), None,
             Right.RECORD_AID, clause=_LANDED),
        Move("take_acknowledgement_back", pgettext_lazy("aid", "Take the acknowledgement back"),
             frozenset({"recorded"}), None, Right.RECORD_AID, needs=("reason",), clause=_SLIP),
        Move("stop", pgettext_lazy("aid", "Stop"), frozenset({"recorded"}), None, Right.RECORD_AID,
             needs=("reason",), clause=_LANDED),
        Move("go_on", pgettext_lazy("aid", "Goes on after all"), frozenset({"recorded"}), None, Right.RECORD_AID,
             needs=("reason",), clause=_SLIP),
        Move("strike", pgettext_lazy("aid", "Strike out"), frozenset({"recorded"}), "struck", Right.RECORD_AID,
             needs=("reason",), clause=_SLIP),
        Move("restore", pgettext_lazy("aid", "Put in force again"), frozenset({"struck"}), "recorded",
             Right.RECORD_AID, needs=("reason",), returns=True, clause=_SLIP),
    ),
)  # fmt: skip
