"""The lifecycle of a visit that another village is asked for: asked, accepted by who goes, and made."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

_ACT = "field.md 5.7: the stay area may be asked for a visit and sees only that request"
_SLIP = "field.md 5.27: a mistaken act is taken back by its inverse, and both stay in the record"
#: A visit that nobody has made yet; a case has at most one.
WAITING = ("asked", "accepted")


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


STAY_VISIT = Lifecycle(
    name="stay_visit",
    label=pgettext_lazy("stay", "Visit where the household lives"),
    initial="asked",
    created="ask_stay_visit",
    states={
        "asked": pgettext_lazy("stay", "waits for the village where it lives"),
        "accepted": pgettext_lazy("stay", "to be visited"),
        "visited": pgettext_lazy("stay", "visited"),
        "refused": pgettext_lazy("stay", "refused"),
        "withdrawn": pgettext_lazy("stay", "taken back"),
    },
    finals=_from("refused", "withdrawn"),
    moves=(
        Move("accept", pgettext_lazy("stay", "Accept: I go there"), _from("asked"), "accepted",
             Right.VISIT_HOUSEHOLDS, checker_of="ask_stay_visit", clause=_ACT),
        Move("refuse", pgettext_lazy("stay", "Refuse, or give back"), _from(*WAITING), "refused",
             Right.VISIT_HOUSEHOLDS, needs=("reason",), clause=_ACT),
        Move("withdraw", pgettext_lazy("stay", "Take the request back"), _from(*WAITING), "withdrawn",
             Right.PREPARE_CASES, needs=("reason",), clause=_SLIP),
        Move("report", pgettext_lazy("stay", "Visited"), _from("accepted"), "visited", Right.VISIT_HOUSEHOLDS,
             clause=_ACT),
        Move("reopen", pgettext_lazy("stay", "The visit does not count"), _from("visited"), "accepted",
             Right.VISIT_HOUSEHOLDS, clause=_SLIP),
    ),
)  # fmt: skip
#: Moves that the pages offer; the others follow from the visit.
BY_PEOPLE = ("accept", "refuse", "withdraw")
