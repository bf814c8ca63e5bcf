"""The lifecycle of an alert: raised, dispatched, visited, reviewed; ended with an outcome (design.md section 3)."""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

#: Where an alert has ended; everywhere else it is the one open alert of its household.
ENDED = ("closed", "retracted")
#: Nobody has been at the door yet: an alert that loses its last signal here is taken back.
BEFORE_THE_VISIT = ("raised", "dispatched", "assigned")
#: A visit was reported and its findings stand: a signal that comes now was not known at the door.
AFTER_THE_VISIT = ("reported", "proposed", "watched", "referred", "unauthorised")

_ORDER = "漯河：县区调度员交办，乡镇核查员核实，村协查员入户"
_CHECKED = "maker is never checker: who visited does not review (design.md section 3)"
_CODES = "datasets.md section 6: every alert ends in an outcome code"
_BASIS = "datasets.md section 6: a row was corrected, superseded or withdrawn; time passing retracts nothing"
_MEETING = "domain.md 5.2, step 2: a risk assessment meeting says who is visited"
_STRAIGHT = "field.md 3.1: the county may hand over straight to the village"
_ARCHIVED = "南安：网格员未发现风险的，直接归档"
_DRAWN = "field.md 2.2: negatives are confirmed as a batch, and a drawn share is checked once more"
_PROOF = "field.md 2.2: what the desk can prove needs no visit, but its proof"
_CASE = "design.md section 3: a proposed household's warning ends with its case; the platform makes the move"
_WRONG = "field.md 5.16: a corrected identification is not counted as enrolled any more"
_LEADER = "field.md 5.6: the third return of the same case goes to the township leader with both reasons"
_REFUSED = "field.md 5.1: not authorised is not ineligible, and goes on with a signature any day"


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
        Move("send", pgettext_lazy("alert", "Send straight to the village"), _from("raised"), "assigned",
             Right.DISPATCH_ALERTS, needs=("visitor",), by_path=True, clause=_STRAIGHT),
        Move("take_up", pgettext_lazy("alert", "Take up in the township"), _from("raised"), "dispatched",
             Right.REVIEW_VISITS, by_path=True, clause=_STRAIGHT),
        Move("recall", pgettext_lazy("alert", "Recall"), _from("dispatched", "assigned", "returned"), "raised",
             Right.DISPATCH_ALERTS, needs=("reason",), returns=True),
        Move("assess", pgettext_lazy("alert", "Assessment meeting: to be visited"), _from("dispatched"), None,
             Right.REVIEW_VISITS, needs=("reason",), by_path=True, clause=_MEETING),
        Move("dismiss", pgettext_lazy("alert", "Assessment meeting: nothing suspicious"), _from("dispatched"),
             "closed", Right.REVIEW_VISITS, needs=("outcome", "reason"), by_path=True, clause=_MEETING),
        Move("assign", pgettext_lazy("alert", "Assign a visit"), _from("dispatched"), "assigned",
             Right.REVIEW_VISITS, needs=("visitor",), clause=_ORDER),
        Move("reassign", pgettext_lazy("alert", "Assign to somebody else"), _from("assigned", "returned"), None,
             Right.REVIEW_VISITS, needs=("visitor",)),
        Move("report_up", pgettext_lazy("alert", "Report up to the county"), _from("dispatched", "assigned"),
             "raised", Right.REVIEW_VISITS, needs=("reason",), returns=True),
        Move("report", pgettext_lazy("alert", "Report the visit"), _from("assigned", "returned"), "reported",
             Right.VISIT_HOUSEHOLDS, needs=("visit",), clause=_ORDER),
        Move("withdraw", pgettext_lazy("alert", "Take the report back"), _from("reported"), "assigned",
             Right.VISIT_HOUSEHOLDS, needs=("reason",), returns=True),
        Move("archive", pgettext_lazy("alert", "Archive: no risk found"), _from("reported"), "closed",
             Right.VISIT_HOUSEHOLDS, needs=("outcome",), by_path=True, clause=_ARCHIVED),
        Move("mark_unauthorised", pgettext_lazy("alert", "Household does not authorise"),
             _from("assigned", "reported", "returned", "proposed"), "unauthorised", Right.VISIT_HOUSEHOLDS,
             needs=("reason",), clause=_REFUSED),
        Move("propose", pgettext_lazy("alert", "Propose for enrolment"), _from("reported"), "proposed",
             Right.REVIEW_VISITS, checker_of="report", clause=_CHECKED),
        Move("confirm_end", pgettext_lazy("alert", "Confirm: not enrolled"), _from("reported"), "closed",
             Right.REVIEW_VISITS, needs=("outcome", "reason"), checker_of="report", clause=_CHECKED),
        Move("confirm_batch", pgettext_lazy("alert", "Confirm in a batch: not enrolled"), _from("reported"),
             "closed", Right.REVIEW_VISITS, needs=("outcome",), checker_of="report", by_path=True, clause=_DRAWN),
        Move("watch", pgettext_lazy("alert", "Keep watching"), _from("reported"), "watched", Right.REVIEW_VISITS,
             needs=("relook_on", "reason"), checker_of="report", clause=_CHECKED),
        Move("refer", pgettext_lazy("alert", "Hand over to a department"), _from("reported"), "referred",
             Right.REVIEW_VISITS, needs=("reason",), checker_of="report", clause=_CHECKED),
        Move("draw", pgettext_lazy("alert", "Check once more"), _from("reported"), None, Right.REVIEW_VISITS,
             checker_of="report", clause=_DRAWN),
        Move("recheck", pgettext_lazy("alert", "Enter the second check"), _from("reported"), None,
             Right.REVIEW_VISITS, needs=("reason",), checker_of="report", clause=_DRAWN),
        Move("return", pgettext_lazy("alert", "Return for completion"), _from("reported", "proposed"), "returned",
             Right.REVIEW_VISITS, needs=("items", "reason"), checker_of="report", returns=True, clause=_CHECKED),
        Move("let_stand", pgettext_lazy("alert", "Let the report stand"), _from("returned"), "reported",
             Right.SETTLE_RETURNS, needs=("reason",), in_place_of="report", clause=_LEADER),
        Move("send_another", pgettext_lazy("alert", "Send another person"), _from("returned"), "assigned",
             Right.SETTLE_RETURNS, needs=("visitor", "reason"), clause=_LEADER),
        Move("resume", pgettext_lazy("alert", "Take up again"), _from("unauthorised", "watched", "referred"),
             "dispatched", Right.REVIEW_VISITS, needs=("reason",), returns=True, clause=_REFUSED),
        Move("end_by_proof", pgettext_lazy("alert", "End with a proof"),
             _from("dispatched", "assigned", "returned", "watched", "referred", "unauthorised"), "closed",
             Right.REVIEW_VISITS, needs=("outcome", "proof", "reason"), clause=_PROOF),
        Move("close", pgettext_lazy("alert", "Close"), _from("raised", "dispatched", "watched", "referred"),
             "closed", Right.DISPATCH_ALERTS, needs=("outcome", "reason"), clause=_CODES),
        Move("join", pgettext_lazy("alert", "Join into another warning"),
             _from("raised", "dispatched", "assigned", "returned", "watched", "referred", "unauthorised"),
             "closed", Right.DISPATCH_ALERTS, needs=("into", "reason"), clause=_CODES),
        Move("conclude", pgettext_lazy("alert", "Closed with its case"), _from("proposed"), "closed",
             Right.DISPATCH_ALERTS, needs=("outcome",), clause=_CASE),
        Move("correct", pgettext_lazy("alert", "Its case was a wrong identification"), _from("closed"), None,
             Right.DISPATCH_ALERTS, needs=("outcome",), clause=_WRONG),
        Move("take_up_again", pgettext_lazy("alert", "Its case goes on"), _from("closed"), "proposed",
             Right.DISPATCH_ALERTS, clause=_CASE),
        Move("reopen", pgettext_lazy("alert", "Reopen"), _from("closed"), "raised", Right.DISPATCH_ALERTS,
             needs=("reason",), returns=True),
        Move("retract", pgettext_lazy("alert", "Retract"), _from(*BEFORE_THE_VISIT), "retracted",
             Right.DISPATCH_ALERTS, clause=_BASIS),
        Move("restore", pgettext_lazy("alert", "Put back in force"), _from("retracted"), "raised",
             Right.DISPATCH_ALERTS, returns=True, clause=_BASIS),
    ),
)  # fmt: skip
#: States in which an alert is the one open alert of its household.
OPEN = tuple(state for state in ALERT.states if state not in ENDED)
