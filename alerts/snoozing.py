"""Put alerts off for a while (暂缓), take them up again, and let the night wake them when their day has come."""

import datetime
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from alerts.guarding import Guard
from alerts.models import Alert, Snooze
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.inbox.notices import notify
from foundation.ledger.record import Act, record_many
from foundation.workflow.move import Result

#: An alert is put off for at most so many days at a time.
LONGEST = 60
#: Whoever may dispatch puts off, and whoever reviews in the township.
RIGHTS = (Right.DISPATCH_ALERTS, Right.REVIEW_VISITS)


@transaction.atomic
def snooze_many(alerts: Sequence[Alert], until: datetime.date, reason: str, *, by: User) -> list[Result]:
    """Put open alerts off until and including a day; each is put off or refused on its own, as its caller saw it."""
    today = clock.today()
    if not today < until <= today + datetime.timedelta(days=LONGEST):
        raise Refused(
            _("Choose a day from tomorrow on, at most %(days)d days from now.") % {"days": LONGEST},
            field="until",
        )
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    guard = Guard(alerts, RIGHTS, by)
    for alert in guard.standing():
        if not alert.is_open:
            guard.refuse(alert, _("This warning has ended: there is nothing to put off."))
        elif _runs(alert, today):
            guard.refuse(
                alert, _("This warning is put off already until %(day)s.") % {"day": alert.snoozed_until}
            )
    passed = guard.standing()
    _end(passed, Snooze.Ended.HAND, today)
    Snooze.objects.bulk_create(
        Snooze(alert=alert, until=until, reason=reason.strip(), by=by, since=today) for alert in passed
    )
    _write(passed, until)
    guard.note("alert.put_off", reason=reason.strip(), until=str(until))
    return guard.results()


@transaction.atomic
def wake_many(alerts: Sequence[Alert], *, by: User) -> list[Result]:
    """Take alerts that were put off up again before their day."""
    today = clock.today()
    guard = Guard(alerts, RIGHTS, by)
    for alert in guard.standing():
        if not _runs(alert, today):
            guard.refuse(alert, _("This warning is not put off."))
    passed = guard.standing()
    _end(passed, Snooze.Ended.HAND, today)
    _write(passed, None)
    guard.note("alert.taken_up", until="")
    return guard.results()


@transaction.atomic
def night_work(*, by: User, on: datetime.date) -> None:
    """Wake what was put off until before `on`, and tell who put it off (foundation.accounts.next_day.NightWork)."""
    due = list(Alert.objects.filter(snoozed_until__lt=on).select_for_update(of=("self",)).order_by("pk"))
    if not due:
        return
    told = Snooze.objects.filter(alert__in=due, ended_on__isnull=True).select_related("by")
    woken: dict[int, tuple[User, int]] = {}
    for snooze in told:
        person, count = woken.get(snooze.by_id, (snooze.by, 0))
        woken[snooze.by_id] = (person, count + 1)
    _end(due, Snooze.Ended.NIGHT, on)
    _write(due, None)
    acts = [Act("alert.woken", "alerts.alert", str(each.pk), on, on, area=each.area_id) for each in due]
    record_many(acts, by=by.authority(Right.DISPATCH_ALERTS, ""))
    for person, count in woken.values():
        notify([person], "alerts_woken", place="/alerts/?new=yes", group=str(on), count=count)


def end_by_news(alerts: Collection[int]) -> None:
    """End the putting off of alerts to which something new came. In the transaction of the caller; two statements."""
    asleep = Alert.objects.filter(pk__in=alerts, snoozed_until__isnull=False)
    keys = list(asleep.values_list("pk", flat=True))
    if keys:
        running = Snooze.objects.filter(alert__in=keys, ended_on__isnull=True)
        running.update(ended_on=clock.today(), ended=Snooze.Ended.NEWS)
        Alert.objects.filter(pk__in=keys).update(snoozed_until=None)


def running(alert: Alert) -> Snooze | None:
    """Return what an alert is put off by now."""
    if not _runs(alert, clock.today()):
        return None
    return Snooze.objects.filter(alert=alert, ended_on__isnull=True).select_related("by").first()


def _runs(alert: Alert, on: datetime.date) -> bool:
    return alert.snoozed_until is not None and alert.snoozed_until >= on


def _end(alerts: Sequence[Alert], why: str, on: datetime.date) -> None:
    Snooze.objects.filter(alert__in=alerts, ended_on__isnull=True).update(ended_on=on, ended=why)


def _write(alerts: Sequence[Alert], until: datetime.date | None) -> None:
    rows = Alert.objects.filter(pk__in=[alert.pk for alert in alerts])
    rows.update(snoozed_until=until, version=F("version") + 1)
