"""What the leader of the township decides on a report that was sent back again and again (field.md 5.6).

Either the report stands and whoever reviews decides on what it says, or somebody else goes to the household.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.notices import tell_settled, tell_visitor
from alerts.verification.moved import advance
from alerts.verification.visitors import may_go
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request
from foundation.workflow.offers import history

#: From this return on the leader of the township hears of it, with both reasons.
LEADER_AT = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What one side did and why (templates/components/timeline.html)."""

    on: datetime.date
    title: str
    detail: str
    tone: str


def may_settle(alert: Alert, user: User) -> bool:
    """Say whether `user` decides on this report now: it came back often enough, and they lead the township."""
    waits = alert.state == "returned" and alert.returned >= LEADER_AT
    return waits and user.holds(Right.SETTLE_RETURNS, alert.area_id)


def both_sides(alert: Alert) -> list[Said]:
    """Return what visitors reported and why the township sent it back, the newest first; one query."""
    rows = history(alert).filter(verb__in=("report", "return")).order_by("-pk")
    return [
        Said(
            row.happened_on,
            f"{alert.lifecycle.find(row.verb).label} · {row.by.name}（{row.get_role_display()}）",
            row.reason,
            "action" if row.verb == "report" else "plain",
        )
        for row in rows
    ]


@transaction.atomic
def let_stand(alert: Alert, reason: str, by: User) -> Alert:
    """Let the report stand: it goes to whoever reviews, who decides on it and does not send it back again."""
    _check(alert)
    if alert.visit is None or not alert.visit.counts:
        raise Refused(_("There is no visit any more that could stand: send somebody else."))
    advance(alert, Request("let_stand", reason=reason, writes={"stands": True}), by=by)
    tell_settled(alert, [alert.visitor] if alert.visitor else [])
    return alert


@transaction.atomic
def send_another(alert: Alert, visitor: User, reason: str, by: User) -> Alert:
    """Send another person to the household; who was sent until now is told."""
    _check(alert)
    before = alert.visitor
    if before is not None and before.pk == visitor.pk:
        raise Refused(_("This person is sent already: choose somebody else."), field="visitor")
    if visitor.pk not in may_go([alert])[alert.pk]:
        raise Refused(
            _("Choose somebody who visits households in this village and is not of the household's kin."),
            field="visitor",
        )
    given = {"visitor": visitor.pk}
    writes = given | {"opened_by_visitor_at": None, "stands": False}
    advance(alert, Request("send_another", reason=reason, given=given, writes=writes, details=given), by=by)
    tell_visitor(visitor)
    tell_settled(alert, [before] if before else [])
    return alert


def _check(alert: Alert) -> None:
    if alert.returned < LEADER_AT:
        raise Refused(
            _("The leader decides once a report was sent back %(count)d times.") % {"count": LEADER_AT}
        )
