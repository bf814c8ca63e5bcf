"""The lifecycle of a helper's place: somebody is named, accepts or declines, and it ends or is handed on.

Accepting and declining is for the person who was named alone; the stage functions see to that (assigning.py).
"""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

#: States in which nobody holds the place any more.
OVER = ("declined", "ended")
_NAMED = "domain.md 5.4: helpers are named within the days of the area"
_HANDED = "field.md 2.5: the new helper accepts; until then the old one stays responsible"
_OFFERED, _HELD = frozenset({"offered"}), frozenset({"accepted"})

HELPER_PLACE = Lifecycle(
    name="helper",
    label=pgettext_lazy("helper", "Helper of a household"),
    initial="offered",
    created="name",
    states={
        "offered": pgettext_lazy("helper", "named, not yet accepted"),
        "accepted": pgettext_lazy("helper", "helps"),
        "declined": pgettext_lazy("helper", "declined"),
        "ended": pgettext_lazy("helper", "ended"),
    },
    finals=frozenset(OVER),
    moves=(
        Move("accept", pgettext_lazy("helper", "Accept"), _OFFERED, "accepted", Right.VIEW_CASES, clause=_NAMED),
        Move("decline", pgettext_lazy("helper", "Decline"), _OFFERED, "declined", Right.VIEW_CASES,
             needs=("reason",), clause=_NAMED),
        Move("take_back", pgettext_lazy("helper", "Take the naming back"), _OFFERED, "ended", Right.ASSIGN_HELPERS,
             needs=("reason",), clause=_NAMED),
        Move("end", pgettext_lazy("helper", "End the help of this person"), _HELD, "ended", Right.ASSIGN_HELPERS,
             needs=("reason",), clause=_NAMED),
        Move("hand_on", pgettext_lazy("helper", "Handed on"), _HELD, "ended", Right.VIEW_CASES,
             needs=("hand_over",), clause=_HANDED),
    ),
)  # fmt: skip
