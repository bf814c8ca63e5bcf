"""The warning of a case: open while the case runs to its decision, closed with its outcome, open again with it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.verification import proposed
from assistance.enrolment import chain
from assistance.enrolment.moved import advance
from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.workflow.move import Request

#: With which outcome a warning closes when its case leaves the chain, by where it left to.
OUTCOMES = {
    "enrolled": "enrolled",
    "declined": "not_eligible",
    "withdrawn": "withdrawn",
    "unreachable": "unreachable",
    "died_out": "deceased",
    "moved_away": "moved_away",
    "duplicate": "duplicate",
    "unharmed": "not_eligible",
}


#: Outcome of a warning that closed as enrolled, when the county says that the identification was wrong.
CORRECTED = "corrected"


def after_move(cases: Sequence[Case], *, by: User) -> None:
    """Close or reopen the warnings of cases that stand somewhere else now (CASE_FOLLOWERS)."""
    told: dict[str, list[int]] = {}
    for case in cases:
        if case.alert_id is not None and case.state in OUTCOMES:
            told.setdefault(OUTCOMES[case.state], []).append(case.alert_id)
    for outcome, alerts in told.items():
        proposed.conclude(alerts, outcome)
    if wrong := [case.alert_id for case in cases if case.alert_id is not None and case.state == "corrected"]:
        proposed.correct(wrong, CORRECTED)
    back = [case.alert_id for case in cases if case.alert_id is not None and case.state == "open"]
    if back:
        proposed.take_up_again(back)


def holds(alert: Alert) -> str:
    """Return why a proposed warning cannot go back to the door: its case is on its way (alerts.proposals)."""
    case = Case.objects.running().filter(alert=alert).first()
    standing = chain.standing_of(case) if case is not None else None
    if case is None or (case.state == "open" and standing is not None and not standing.ever_done):
        return ""
    return _("The case of this household is on its way: return that one, or let it leave.")


def after_end(alerts: Sequence[Alert], *, by: User) -> None:
    """End cases that never began because the township took their warnings back and ended them otherwise."""
    cases = Case.objects.filter(alert__in=[alert.pk for alert in alerts], state="open")
    for case in cases.select_related("household"):
        asked = Request(
            "lapse",
            reason=_("The warning ended before the case began: nobody is to be enrolled."),
            writes={"ended_on": clock.today()},
        )
        advance(case, asked, by=User.objects.built_in("system"))
