"""The lifecycle of an alert: raised, dispatched, visited, reviewed; ended with an outcome (design.md section 3)."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

#: Where an alert has ended; everywhere else it is the one open alert of its household.
ENDED = ("closed", "retracted")
#: Nobody has been at the door yet: an alert that loses its last signal here is taken back.
BEFORE_THE_VISIT = ("raised", "dispatched", "assigned")

_ORDER = "漯河：县区调度员交办，乡镇核查员核实，村协查员入户"
_CHECKED = "maker is never checker: who visited does not review (design.md section 3)"
_CODES = "datasets.md section 6: every alert ends in an outcome code"
_BASIS = "datasets.md section 6: a row was corrected, superseded or withdrawn; time passing retracts nothing"


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


ALERT = Lifecycle(
    name="alert",
    label=pgettext_lazy("alert", "Warning"),
    initial="raised",
    created="raise",
    states={
        "raised": pgettext_lazy("alert", "to be dispatched"),
        "dispatched": pgettext_lazy("alert", "dispatched"),
        "assigned": pgettext_lazy("alert", "to be visited"),
        "reported": pgettext_lazy("alert", "waits for township review"),
        "returned": pgettext_lazy("alert", "returned for completion"),
        "proposed": pgettext_lazy("alert", "proposed for enrolment"),
        "watched": pgettext_lazy("alert", "watched"),
        "referred": pgettext_lazy("alert", "with a department"),
        "unauthorised": pgettext_lazy("alert", "not authorised"),
        "closed": pgettext_lazy("alert", "not enrolled (closed)"),
        "retracted": pgettext_lazy("alert", "retracted"),
    },
    finals=frozenset(ENDED),
    moves=(
        Move("dispatch", pgettext_lazy("alert", "Dispatch to the township"), _from("raised"), "dispatched",
             Right.DISPATCH_ALERTS, clause=_ORDER),
        Move("recall", pgettext_lazy("alert", "Recall"), _from("dispatched", "assigned"), "raised",
             Right.DISPATCH_ALERTS, needs=("reason",)),
        Move("assign", pgettext_lazy("alert", "Assign a visit"), _from("dispatched"), "assigned",
             Right.REVIEW_VISITS, needs=("visitor",), clause=_ORDER),
        Move("reassign", pgettext_lazy("alert", "Assign to somebody else"), _from("assigned", "returned"), None,
             Right.REVIEW_VISITS, needs=("visitor",)),
        Move("report_up", pgettext_lazy("alert", "Report up to the county"), _from("dispatched", "assigned"),
             "raised", Right.REVIEW_VISITS, needs=("reason",)),
        Move("report", pgettext_lazy("alert", "Report the visit"), _from("assigned", "returned"), "reported",
             Right.VISIT_HOUSEHOLDS, needs=("visit",), clause=_ORDER),
        Move("mark_unauthorised", pgettext_lazy("alert", "Household does not authorise"),
             _from("assigned", "returned", "proposed"), "unauthorised", Right.VISIT_HOUSEHOLDS, needs=("reason",)),
        Move("return", pgettext_lazy("alert", "Return for completion"), _from("reported", "proposed"), "returned",
             Right.REVIEW_VISITS, needs=("reason",), checker_of="report", returns=True, clause=_CHECKED),
        Move("propose", pgettext_lazy("alert", "Propose for enrolment"), _from("reported"), "proposed",
             Right.REVIEW_VISITS, checker_of="report", clause=_CHECKED),
        Move("confirm_end", pgettext_lazy("alert", "Confirm: not enrolled"), _from("reported"), "closed",
             Right.REVIEW_VISITS, needs=("outcome", "reason"), checker_of="report", clause=_CHECKED),
        Move("watch", pgettext_lazy("alert", "Keep watching"), _from("reported"), "watched", Right.REVIEW_VISITS,
             needs=("relook_on",), checker_of="report", clause=_CHECKED),
        Move("refer", pgettext_lazy("alert", "Hand over to a department"), _from("reported"), "referred",
             Right.REVIEW_VISITS, needs=("reason",), checker_of="report", clause=_CHECKED),
        Move("resume", pgettext_lazy("alert", "Take up again"), _from("unauthorised", "watched", "referred"),
             "dispatched", Right.REVIEW_VISITS, needs=("reason",)),
        Move("close", pgettext_lazy("alert", "Close"), _from("raised", "dispatched", "watched", "referred"),
             "closed", Right.DISPATCH_ALERTS, needs=("outcome", "reason"), clause=_CODES),
        Move("join", pgettext_lazy("alert", "Join into another warning"),
             _from("raised", "dispatched", "assigned", "returned", "watched", "referred", "unauthorised"),
             "closed", Right.DISPATCH_ALERTS, needs=("into", "reason"), clause=_CODES),
        Move("reopen", pgettext_lazy("alert", "Reopen"), _from("closed"), "raised", Right.DISPATCH_ALERTS,
             needs=("reason",)),
        Move("retract", pgettext_lazy("alert", "Retract"), _from(*BEFORE_THE_VISIT), "retracted",
             Right.DISPATCH_ALERTS, clause=_BASIS),
        Move("restore", pgettext_lazy("alert", "Put back in force"), _from("retracted"), "raised",
             Right.DISPATCH_ALERTS, clause=_BASIS),
    ),
)  # fmt: skip
#: States in which an alert is the one open alert of its household.
OPEN = tuple(state for state in ALERT.states if state not in ENDED)
