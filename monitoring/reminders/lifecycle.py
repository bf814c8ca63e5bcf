"""The lifecycle of a reminder: the office that pays says what it did, or the finding is taken back."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_OUTCOMES = "field.md D: aid stopped; aid kept, with a reason; data wrong; household re-assessed"
_OPEN, _SETTLED = frozenset({"open"}), frozenset({"settled"})

REMINDER = Lifecycle(
    name="reminder",
    label=_("Reminder about aid that goes on"),
    initial="open",
    created="remind",
    states={
        "open": _("to be answered"),
        "settled": _("answered"),
        "retracted": _("taken back with its finding"),
    },
    finals=frozenset({"settled", "retracted"}),
    moves=(
        Move("stop_aid", _("Aid stopped"), _OPEN, "settled", Right.SETTLE_REMINDERS, clause=_OUTCOMES),
        Move(
            "keep_aid",
            _("Aid kept"),
            _OPEN,
            "settled",
            Right.SETTLE_REMINDERS,
            needs=("reason",),
            clause=_OUTCOMES,
        ),
        Move(
            "data_wrong",
            _("Data wrong"),
            _OPEN,
            "settled",
            Right.SETTLE_REMINDERS,
            needs=("reason",),
            clause=_OUTCOMES,
        ),
        Move(
            "reassess",
            _("Household re-assessed"),
            _OPEN,
            "settled",
            Right.SETTLE_REMINDERS,
            clause=_OUTCOMES,
        ),
        Move(
            "reopen",
            _("Answer again"),
            _SETTLED,
            "open",
            Right.SETTLE_REMINDERS,
            needs=("reason",),
            returns=True,
        ),
        Move("find_again", _("Found again"), _SETTLED, "open", Right.SETTLE_REMINDERS),
        Move("retract", _("Taken back with its finding"), _OPEN, "retracted", Right.SETTLE_REMINDERS),
    ),
)
#: Moves that people make; the others are the platform's own.
BY_PEOPLE = ("stop_aid", "keep_aid", "data_wrong", "reassess", "reopen")
