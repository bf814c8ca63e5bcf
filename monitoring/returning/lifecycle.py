"""The lifecycle of a correction task: the department corrects the row, or says why it is right."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_BACK = "field.md 2.4: rows found wrong at the door go back to the department with their original line"

CORRECTION = Lifecycle(
    name="correction_task",
    label=_("Row to be corrected by a department"),
    initial="open",
    created="raise",
    states={
        "open": _("to be corrected"),
        "contested": _("contested: the department says it is right"),
        "corrected": _("corrected"),
        "withdrawn": _("taken back: the row is right"),
    },
    finals=frozenset({"corrected", "withdrawn"}),
    moves=(
        Move(
            "correct",
            _("It is corrected"),
            frozenset({"open", "contested"}),
            "corrected",
            Right.DELIVER_DATA,
            needs=("reason",),
            clause=_BACK,
        ),
        Move(
            "contest",
            _("The row is right"),
            frozenset({"open"}),
            "contested",
            Right.DELIVER_DATA,
            needs=("reason",),
        ),
        Move(
            "insist",
            _("The row is wrong all the same"),
            frozenset({"contested"}),
            "open",
            Right.EDIT_HOUSEHOLDS,
            needs=("reason",),
            returns=True,
        ),
        Move(
            "withdraw",
            _("Take back: the row is right"),
            frozenset({"open", "contested"}),
            "withdrawn",
            Right.EDIT_HOUSEHOLDS,
            needs=("reason",),
        ),
    ),
)
