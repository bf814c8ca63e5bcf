"""The lifecycle of a candidate: somebody who may be meant by a row, until a person says yes or no."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_NEVER_GUESSED = "datasets.md section 1: nothing is guessed; a person decides, never the machine"

CANDIDATE = Lifecycle(
    name="row_candidate",
    label=_("Who a row may mean"),
    initial="waiting",
    created="find",
    states={
        "waiting": _("waiting"),
        "confirmed": _("it is this person"),
        "refused": _("it is somebody else"),
        "gone": _("no longer asked"),
    },
    finals=frozenset({"confirmed", "refused", "gone"}),
    moves=(
        Move(
            "confirm",
            _("It is this person"),
            frozenset({"waiting"}),
            "confirmed",
            Right.DELIVER_DATA,
            clause=_NEVER_GUESSED,
        ),
        Move("refuse", _("It is somebody else"), frozenset({"waiting"}), "refused", Right.DELIVER_DATA),
        Move(
            "reopen", _("Ask again"), frozenset({"refused"}), "waiting", Right.DELIVER_DATA, needs=("reason",)
        ),
        Move(
            "take_back",
            _("It was not this person after all"),
            frozenset({"confirmed"}),
            "waiting",
            Right.DELIVER_DATA,
            needs=("reason",),
            clause=_NEVER_GUESSED,
        ),
        Move("drop", _("No longer asked"), frozenset({"waiting"}), "gone", Right.DELIVER_DATA),
    ),
)
