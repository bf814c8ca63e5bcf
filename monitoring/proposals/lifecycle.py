"""The lifecycle of a proposed change of the register: a person decides, or time overtakes it."""

from django.utils.translation import gettext_lazy as _

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_BY_PEOPLE = (
    "field.md 1.6 E: area values say which fields are taken by themselves, everything else a person confirms"
)

PROPOSAL = Lifecycle(
    name="register_proposal",
    label=_("Proposed change of the register"),
    initial="proposed",
    created="propose",
    states={
        "proposed": _("waiting"),
        "taken": _("taken into the register"),
        "refused": _("refused: the register is right"),
        "overtaken": _("overtaken"),
        "withdrawn": _("withdrawn with its delivery"),
    },
    finals=frozenset({"taken", "refused", "overtaken", "withdrawn"}),
    moves=(
        Move(
            "take",
            _("Take into the register"),
            frozenset({"proposed"}),
            "taken",
            Right.EDIT_HOUSEHOLDS,
            clause=_BY_PEOPLE,
        ),
        Move(
            "refuse",
            _("The register is right"),
            frozenset({"proposed"}),
            "refused",
            Right.EDIT_HOUSEHOLDS,
            needs=("reason",),
            clause=_BY_PEOPLE,
        ),
        Move(
            "reopen",
            _("Decide again"),
            frozenset({"refused"}),
            "proposed",
            Right.EDIT_HOUSEHOLDS,
            needs=("reason",),
        ),
        Move(
            "wait_again",
            _("Waits again: what settled it was taken back"),
            frozenset({"taken", "overtaken"}),
            "proposed",
            Right.EDIT_HOUSEHOLDS,
            needs=("reason",),
            clause="field.md 5.12: nothing without history and undo",
        ),
        Move("overtake", _("Overtaken"), frozenset({"proposed"}), "overtaken", Right.EDIT_HOUSEHOLDS),
        Move(
            "withdraw",
            _("Withdrawn with its delivery"),
            frozenset({"proposed", "refused"}),
            "withdrawn",
            Right.EDIT_HOUSEHOLDS,
        ),
    ),
)
