"""Change the cool-down (静默期) of alerts that are closed: longer, shorter, or over."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from alerts.deciding import LONGEST_QUIET
from alerts.guarding import Guard
from alerts.models import Alert
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Result

RIGHTS = (Right.DISPATCH_ALERTS,)


@transaction.atomic
def set_quiet(alerts: Sequence[Alert], until: datetime.date | None, reason: str, *, by: User) -> list[Result]:
    """Keep the standards of closed alerts quiet until and including a day; None ends the cool-down now."""
    return set_quiet_each(dict.fromkeys((alert.pk for alert in alerts), until), alerts, reason, by=by)


@transaction.atomic
def set_quiet_each(
    until: Mapping[int, datetime.date | None], alerts: Sequence[Alert], reason: str, *, by: User
) -> list[Result]:
    """Do the same with a day for each alert."""
    today = clock.today()
    latest = today + datetime.timedelta(days=LONGEST_QUIET)
    if any(day is not None and not today <= day <= latest for day in until.values()):
        raise Refused(
            _("A cool-down ends today or later, at most %(days)d days from now.") % {"days": LONGEST_QUIET},
            field="until",
        )
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    guard = Guard(alerts, RIGHTS, by)
    for alert in guard.standing():
        if alert.state != "closed":
            guard.refuse(alert, _("Only a closed warning has a cool-down."))
    by_day: dict[datetime.date | None, list[int]] = {}
    for alert in guard.standing():
        by_day.setdefault(until[alert.pk], []).append(alert.pk)
    for day, keys in by_day.items():
        Alert.objects.filter(pk__in=keys).update(quiet_until=day, version=F("version") + 1)
    guard.note(
        "alert.cool_down_changed", reason=reason.strip(), until="，".join(map(str, sorted(map(str, by_day))))
    )
    return guard.results()
