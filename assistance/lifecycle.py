"""The lifecycle of a case: opened for a proposed household, taken through the chain of its area, decided.

What a case waits for while it is open says its path (assistance.enrolment.chain): steps may run side by side there.
"""

from django.utils.translation import pgettext_lazy

from foundation.accounts.roles import Right
from foundation.workflow.lifecycle import Lifecycle, Move

#: Where a case has left the chain; nothing hangs on it any more.
LEFT = (
    "declined", "withdrawn", "unreachable", "died_out", "moved_away", "duplicate", "unharmed", "corrected", "removed",
    "ended",
)  # fmt: skip
#: On the way to a decision.
UNDER_WAY = ("open", "approved")
#: A monitored object of today.
HELD = ("enrolled", "correcting")

_PATH = "domain.md 5.2; field.md 3.2: steps as data, side by side where the area lets them"
_CHECKED = "maker is never checker (design.md section 3)"
_RETURN = "field.md 5.6: a return names what is missing and lands with the step that can mend it"
_SIDE = "field.md 5.1, 5.4, 5.17, 5.18: side doors of the procedure"
_SLIP = "field.md 5.27: a mistaken click is corrected within the day, before the announcement"
_WRONG = "field.md 5.16: correction of a wrong identification (识别不准整改)"
_DISASTER = "field.md 5.11: who turns out unharmed leaves with one press and a reason"
_REMOVED = "domain.md 5.8: risk removal, and its roll-back"
_BEFORE = "field.md 5.13: cases from before this platform"


def _from(*states: str) -> frozenset[str]:
    return frozenset(states)


CASE = Lifecycle(
    name="case",
    label=pgettext_lazy("case", "Case"),
    initial="open",
    created="open_case",
    states={
        "open": pgettext_lazy("case", "in procedure"),
        "approved": pgettext_lazy("case", "approved, to be announced"),
        "enrolled": pgettext_lazy("case", "enrolled"),
        "correcting": pgettext_lazy("case", "identification being corrected"),
        "unauthorised": pgettext_lazy("case", "not authorised"),
        "declined": pgettext_lazy("case", "not enrolled"),
        "withdrawn": pgettext_lazy("case", "withdrawn by the household"),
        "unreachable": pgettext_lazy("case", "could not be reached"),
        "died_out": pgettext_lazy("case", "household no longer exists"),
        "moved_away": pgettext_lazy("case", "moved away"),
        "duplicate": pgettext_lazy("case", "duplicate"),
        "unharmed": pgettext_lazy("case", "unharmed by the disaster"),
        "corrected": pgettext_lazy("case", "wrongly identified, corrected"),
        "removed": pgettext_lazy("case", "risk removed"),
        "ended": pgettext_lazy("case", "ended before this platform"),
    },
    finals=frozenset(LEFT),
    moves=(
        # The chain. Every step keeps the case open until the county has decided.
        Move("apply", pgettext_lazy("case", "Application complete"), _from("open"), None, Right.PREPARE_CASES,
             needs=("application",), by_path=True, clause=_PATH),
        Move("compare", pgettext_lazy("case", "Asset check done"), _from("open"), None, Right.PREPARE_CASES,
             needs=("check",), by_path=True, clause=_PATH),
        Move("evaluate", pgettext_lazy("case", "Democratic evaluation passed"), _from("open"), None,
             Right.PREPARE_CASES, needs=("evaluation",), by_path=True, clause=_PATH),
        Move("evaluate_against", pgettext_lazy("case", "Democratic evaluation: not passed"), _from("open"), "declined",
             Right.PREPARE_CASES, needs=("evaluation", "reason"), by_path=True, clause=_PATH),
        Move("post", pgettext_lazy("case", "Notice posted"), _from("open"), None, Right.PREPARE_CASES,
             needs=("notice",), by_path=True, clause=_PATH),
        Move("end_notice", pgettext_lazy("case", "Notice ended without an open objection"), _from("open"), None,
             Right.PREPARE_CASES, needs=("notice",), by_path=True, clause=_PATH),
        Move("review", pgettext_lazy("case", "Township review passed"), _from("open"), None, Right.REVIEW_CASES,
             needs=("conclusion",), checker_of="evaluate", by_path=True, clause=_CHECKED),
        Move("approve", pgettext_lazy("case", "County decision: enrol"), _from("open"), "approved",
             Right.DECIDE_CASES, needs=("approval",), checker_of="review", by_path=True, clause=_CHECKED),
        Move("undo_approval", pgettext_lazy("case", "Take the decision back"), _from("approved"), "open",
             Right.DECIDE_CASES, needs=("reason",), returns=True, clause=_SLIP),
        Move("announce", pgettext_lazy("case", "Announce"), _from("approved"), "enrolled", Right.REVIEW_CASES,
             needs=("announcement",), by_path=True, clause=_PATH),
        Move("return", pgettext_lazy("case", "Township returns for completion"), _from("open"), None,
             Right.REVIEW_CASES, needs=("items", "reason"), returns=True, clause=_RETURN),
        Move("return_from_county", pgettext_lazy("case", "County returns for completion"), _from("open"), None,
             Right.DECIDE_CASES, needs=("items", "reason"), returns=True, clause=_RETURN),
        Move("refuse", pgettext_lazy("case", "Township review: not enrolled"), _from("open"), "declined",
             Right.REVIEW_CASES, needs=("reason",), checker_of="evaluate", clause=_CHECKED),
        Move("decline", pgettext_lazy("case", "County decision: not enrolled"), _from("open"), "declined",
             Right.DECIDE_CASES, needs=("reason",), checker_of="review", clause=_CHECKED),
        Move("lapse", pgettext_lazy("case", "Warning ended before the case began"), _from("open"), "declined",
             Right.REVIEW_CASES, needs=("reason",), clause=_SIDE),
        # The side doors.
        Move("withdraw", pgettext_lazy("case", "Household withdraws"), _from("open", "unauthorised"), "withdrawn",
             Right.PREPARE_CASES, needs=("statement", "reason"), clause=_SIDE),
        Move("mark_unauthorised", pgettext_lazy("case", "Household does not authorise"), _from("open"),
             "unauthorised", Right.PREPARE_CASES, needs=("reason",), clause=_SIDE),
        Move("resume", pgettext_lazy("case", "Take up again"), _from("unauthorised", "withdrawn", "unreachable"),
             "open", Right.PREPARE_CASES, needs=("reason",), returns=True, clause=_SIDE),
        Move("give_up", pgettext_lazy("case", "Could not be reached"), _from("open", "unauthorised"), "unreachable",
             Right.PREPARE_CASES, needs=("attempts", "reason"), clause=_SIDE),
        Move("die_out", pgettext_lazy("case", "Last member died or left"), _from("open", "approved", "unauthorised"),
             "died_out", Right.REVIEW_CASES, needs=("reason",), clause=_SIDE),
        Move("move_away", pgettext_lazy("case", "Moved away"), _from("open", "unauthorised"), "moved_away",
             Right.REVIEW_CASES, needs=("reason",), clause=_SIDE),
        Move("mark_duplicate", pgettext_lazy("case", "Duplicate of another case"), _from("open", "unauthorised"),
             "duplicate", Right.REVIEW_CASES, needs=("other", "reason"), clause=_SIDE),
        Move("leave_unharmed", pgettext_lazy("case", "Turned out unharmed"), _from("open"), "unharmed",
             Right.PREPARE_CASES, needs=("disaster", "reason"), clause=_DISASTER),
        # A wrong identification: the township proposes, the county decides.
        Move("propose_correction", pgettext_lazy("case", "Propose: wrongly identified"), _from("enrolled"),
             "correcting", Right.REVIEW_CASES, needs=("heard", "reason"), clause=_WRONG),
        Move("confirm_correction", pgettext_lazy("case", "Confirm: wrongly identified"), _from("correcting"),
             "corrected", Right.DECIDE_CASES, needs=("reason",), checker_of="propose_correction", clause=_WRONG),
        Move("reject_correction", pgettext_lazy("case", "Identification stands"), _from("correcting"), "enrolled",
             Right.DECIDE_CASES, needs=("reason",), checker_of="propose_correction", clause=_WRONG),
        # The risk is removed, and a wrong mark cancelled; both follow the removal of the case (assistance.removal).
        Move("remove", pgettext_lazy("case", "Risk removed"), _from("enrolled"), "removed", Right.REVIEW_CASES,
             needs=("removal",), clause=_REMOVED),
        Move("roll_back", pgettext_lazy("case", "Removal rolled back"), _from("removed"), "enrolled",
             Right.DECIDE_CASES, needs=("removal", "reason"), clause=_REMOVED),
        # Cases that were decided before this platform.
        Move("adopt", pgettext_lazy("case", "Taken over from the old register"), _from("open"), "enrolled",
             Right.IMPORT_REGISTER, needs=("standing",), clause=_BEFORE),
        Move("adopt_ended", pgettext_lazy("case", "Taken over from the old register as ended"), _from("open"), "ended",
             Right.IMPORT_REGISTER, needs=("standing",), clause=_BEFORE),
    ),
)  # fmt: skip
#: States in which a case is the one case of its household that runs.
RUNNING = tuple(state for state in CASE.states if state not in LEFT)
