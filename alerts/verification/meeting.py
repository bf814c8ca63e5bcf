"""The assessment meeting (综合研判) before anybody is sent, where the path of the area has one."""

from django.db import transaction
from django.utils.translation import gettext as _

from alerts import selectors
from alerts.models import Alert
from alerts.verification import barriers
from alerts.verification.moved import advance
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request


@transaction.atomic
def assess(alert: Alert, reason: str, by: User) -> Alert:
    """Write down that the meeting wants the household visited, and why; now somebody can be sent."""
    return advance(alert, Request("assess", reason=reason), by=by)


@transaction.atomic
def dismiss(alert: Alert, outcome: str, reason: str, by: User) -> Alert:
    """Write down that the meeting found nothing suspicious: the alert ends with its outcome code and the reason."""
    barriers.check("dismiss", alert, by)
    if outcome not in dict(selectors.outcomes(alert.area_id)):
        raise Refused(_("Choose an outcome from the list."), field="outcome")
    given = {"outcome": outcome}
    writes = given | {"closed_on": clock.today(), "quiet_until": selectors.quiet_until(alert)}
    return advance(alert, Request("dismiss", reason=reason, given=given, writes=writes, details=given), by=by)
