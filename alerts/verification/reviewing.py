"""The township's review: send back, propose, confirm that nobody is enrolled, keep watching, hand over, take up again.

Who visited never reviews (barriers.py); batches and second checks stand in batches.py.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from alerts import proposals, selectors
from alerts.models import Alert
from alerts.notices import tell_leaders, tell_township, tell_visitor_returned
from alerts.verification import barriers, pieces
from alerts.verification.answering import forget_visit
from alerts.verification.leading import LEADER_AT
from alerts.verification.moved import NO_VISIT, advance
from alerts.verification.pieces import ReturnItem
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request

__all__ = ["ReturnItem", "confirm_end", "give_back", "propose", "refer", "resume", "watch"]
#: For how long a household is watched at most before somebody looks again.
LONGEST_WATCH = 366


@transaction.atomic
def give_back(alert: Alert, items: Sequence[ReturnItem], reason: str, by: User) -> Alert:
    """Send a report back with the check list of what is missing; the third time the township's leader is told."""
    barriers.check("return", alert, by)
    pieces.check(items, alert.area_id)
    missing = [item.piece for item in items]
    asked = Request(
        "return",
        reason=reason,
        given={"items": missing},
        writes={"returned": alert.returned + 1, "recheck": ""},
        details={"missing": missing},
        back_to="check",
    )
    advance(alert, asked, by=by)
    pieces.ask(alert, items, by=by)
    tell_visitor_returned(alert)
    if alert.returned >= LEADER_AT:
        tell_leaders(alert)
    return alert


@transaction.atomic
def propose(alert: Alert, reason: str, by: User) -> Alert:
    """Propose the household for enrolment; its case is opened with it."""
    barriers.check("propose", alert, by)
    advance(alert, Request("propose", reason=reason), by=by)
    proposals.tell(alert, by=by)
    return alert


@transaction.atomic
def confirm_end(alert: Alert, outcome: str, reason: str, by: User) -> Alert:
    """Confirm that the household is not enrolled, with the outcome code; its standards are quiet for a while."""
    barriers.check("confirm_end", alert, by)
    if outcome not in dict(selectors.outcomes_of_visit(alert.area_id)):
        raise Refused(_("Choose an outcome from the list."), field="outcome")
    if outcome == "unreachable" and alert.reported_outcome != outcome:
        raise Refused(_("Only who visited can say that nobody could be reached."), field="outcome")
    given = {"outcome": outcome}
    writes = given | {"closed_on": clock.today(), "quiet_until": selectors.quiet_until(alert)}
    asked = Request("confirm_end", reason=reason, given=given, writes=writes, details=given)
    return advance(alert, asked, by=by)


@transaction.atomic
def watch(alert: Alert, relook_on: datetime.date | None, reason: str, by: User) -> Alert:
    """Keep watching; the night brings the alert back on the day."""
    barriers.check("watch", alert, by)
    if relook_on is not None and relook_on <= clock.today():
        raise Refused(_("Choose a day after today."), field="relook_on")
    if relook_on is not None and (relook_on - clock.today()).days > LONGEST_WATCH:
        raise Refused(
            _("A household is looked at again within %(days)d days.") % {"days": LONGEST_WATCH},
            field="relook_on",
        )
    asked = Request(
        "watch",
        reason=reason,
        given={"relook_on": relook_on},
        writes={"relook_on": relook_on},
        details={"relook_on": str(relook_on)},
    )
    return advance(alert, asked, by=by)


@transaction.atomic
def refer(alert: Alert, reason: str, by: User) -> Alert:
    """Hand the household's need over to a department; the reason says to which, and what for."""
    barriers.check("refer", alert, by)
    return advance(alert, Request("refer", reason=reason), by=by)


@transaction.atomic
def resume(alert: Alert, reason: str, by: User) -> Alert:
    """Take an alert up again that was watched, handed over or not authorised: somebody is sent anew."""
    asked = Request("resume", reason=reason, writes=NO_VISIT, back_to="assign")
    advance(alert, asked, by=by)
    forget_visit([alert.pk])
    alert.refresh_from_db()
    tell_township(alert.township)
    return alert
