"""What the night brings back: watched alerts on the day to look again."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.notices import tell_townships
from alerts.verification.answering import forget_visit
from alerts.verification.moved import NO_VISIT, follow, fresh, moved_many
from foundation.accounts.models import User
from foundation.workflow.move import Request

AT_ONCE = 1_000


def night_work(*, by: User, on: datetime.date) -> None:
    """Take up again what was watched until the day `on` (foundation.accounts.next_day.NightWork)."""
    while look_again(by=by, on=on) == AT_ONCE:
        pass


@transaction.atomic
def look_again(*, by: User, on: datetime.date) -> int:
    """Bring watched alerts back whose day has come, some at a time; returns how many. Their townships are told."""
    due = Alert.objects.filter(state="watched", relook_on__lte=on).select_related("household")
    rows = list(due.order_by("relook_on", "pk")[:AT_ONCE])
    asked = Request("resume", reason=_("The day to look again has come."), writes=NO_VISIT, back_to="assign")
    _results, moved = moved_many(rows, asked, by=by)
    forget_visit([alert.pk for alert in moved])
    follow(fresh([alert.pk for alert in moved]), by=by)
    tell_townships(moved)
    return len(moved)
