"""The lifecycle of a move: proposed by the giver, answered by the receiver, or by the area above both."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_ACT = "field.md 5.7: the receiving county accepts or refuses with reason; until then the giver remains responsible"
_ABOVE = "field.md 5.7: not answered within the deadline, it goes to their common parent"
_SCOPE = "the platform's proposal: who answers for both villages moves a household without asking anybody"
_SLIP = "field.md 5.27: a mistaken act is taken back by its inverse, and both stay in the record"
#: A move that nobody has settled; a household has at most one.
WAITING = ("proposed", "referred")
#: A move that left everybody where they were, or let them come back: nothing stands on it.
CAME_TO_NOTHING = ("refused", "withdrawn", "undone")


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


HOUSEHOLD_MOVE = Lifecycle(
    name="household_move",
    label=pgettext_lazy("move", "Move of a household or a person"),
    initial="proposed",
    created="propose_move",
    states={
        "proposed": pgettext_lazy("move", "waits for the receiving area"),
        "referred": pgettext_lazy("move", "with the area above both"),
        "accepted": pgettext_lazy("move", "moved"),
        "refused": pgettext_lazy("move", "refused"),
        "withdrawn": pgettext_lazy("move", "taken back"),
        "undone": pgettext_lazy("move", "moved back"),
    },
    finals=_from("accepted", "refused", "withdrawn", "undone"),
    moves=(
        Move("accept", pgettext_lazy("move", "Accept"), _from(*WAITING), "accepted", Right.ANSWER_MOVES,
             checker_of="propose_move", clause=_ACT),
        Move("refuse", pgettext_lazy("move", "Refuse"), _from(*WAITING), "refused", Right.ANSWER_MOVES,
             needs=("reason",), checker_of="propose_move", clause=_ACT),
        Move("carry_out", pgettext_lazy("move", "Move within one scope"), _from("proposed"), "accepted",
             Right.ANSWER_MOVES, clause=_SCOPE),
        Move("withdraw", pgettext_lazy("move", "Take the proposal back"), _from(*WAITING), "withdrawn",
             Right.EDIT_HOUSEHOLDS, needs=("reason",), clause=_SLIP),
        Move("refer", pgettext_lazy("move", "Not answered in time"), _from("proposed"), "referred",
             Right.SETTLE_MOVES, clause=_ABOVE),
        Move("urge", pgettext_lazy("move", "Urge the receiving area"), _from("referred"), "proposed",
             Right.SETTLE_MOVES, needs=("reason",), clause=_ABOVE),
        Move("settle", pgettext_lazy("move", "Decide: they move"), _from("referred"), "accepted",
             Right.SETTLE_MOVES, needs=("reason",), checker_of="propose_move", clause=_ABOVE),
        Move("dismiss", pgettext_lazy("move", "Decide: they stay"), _from("referred"), "refused",
             Right.SETTLE_MOVES, needs=("reason",), checker_of="propose_move", clause=_ABOVE),
        Move("undo", pgettext_lazy("move", "Move back"), _from("accepted"), "undone", Right.ANSWER_MOVES,
             needs=("reason",), clause=_SLIP),
    ),
)  # fmt: skip
#: Moves that the pages offer; the others follow from a day or from the scope of who proposes.
BY_PEOPLE = ("accept", "refuse", "withdraw", "urge", "settle", "dismiss", "undo")
