"""What the page of an alert says of its deadlines: step, whole, pauses, and whether the notice still fits."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.verification.due import PAUSES, Reckoner
from alerts.verification.marks import is_unopened
from alerts.verification.spans import Past, pasts
from foundation.accounts import clock
from foundation.regulations import clocks
from foundation.regulations.clocks import Kind, Reading
from foundation.regulations.lookup import value
from foundation.regulations.units import Unit, written
from foundation.regulations.working_days import ONE_DAY, is_working_day

NOTICE = "notice_days"


@dataclass(frozen=True, slots=True)
class Pause:
    """Why the total clock stood still, from when, and until when; None while it still does."""

    why: str
    since: datetime.date
    until: datetime.date | None


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The deadlines of an alert on a day.

    `whole` reads the total clock: gross days always, net days beside them where it was paused; None where the area
    has no such value. `length` is the whole in words, `per_step` says which step is due. `notice_by` is the day on
    which the village notice must begin to fit into the whole, `notice_late` whether that day is past.
    """

    alert: Alert
    whole: Reading | None
    length: str
    unit: str
    pauses: list[Pause]
    notice: str
    notice_by: datetime.date | None
    notice_late: bool
    unopened: bool


def deadlines_of(alert: Alert, on: datetime.date | None = None) -> Deadlines:
    """Read the deadlines of an alert on a day (default: the business day)."""
    day = on or clock.today()
    past = _past(alert)
    whole = _whole(alert, past, day)
    notice = value(NOTICE, area=alert.area_id, on=day)
    begin = None
    if whole and notice.amount is not None and alert.is_open and not past.paused:
        begin = _before(whole.due.day, int(notice.amount), notice.unit, alert.area_id)
    return Deadlines(
        alert=alert,
        whole=whole,
        length=written(Decimal(whole.clock.length), whole.clock.span) if whole else "",
        unit=_("working days") if whole and whole.clock.span is Unit.WORKING_DAYS else _("days"),
        pauses=_pauses(alert, past) if whole else [],
        notice=notice.text,
        notice_by=begin,
        notice_late=begin is not None and begin < day,
        unopened=is_unopened(alert),
    )


def _past(alert: Alert) -> Past:
    """Return what happened to the alert, without the pauses where its area knows none."""
    past = pasts([alert]).get(alert.pk, Past(alert.opened_on))
    pauses = value(PAUSES, area=alert.area_id, on=alert.first_clue_on or alert.opened_on).yes
    return past if pauses else Past(past.since)


def _whole(alert: Alert, past: Past, day: datetime.date) -> Reading | None:
    start = alert.first_clue_on or alert.opened_on
    made = Reckoner(day).clock(alert.area_id, start)
    if made is None:
        return None
    if not alert.is_open and alert.closed_on:
        day = min(day, alert.closed_on)
    return clocks.read(made, past.pauses, day)


def _pauses(alert: Alert, past: Past) -> list[Pause]:
    found: list[Pause] = []
    for event in past.pauses:
        if event.kind == Kind.PAUSE:
            found.append(Pause(str(alert.lifecycle.states[event.reason]), event.on, None))
        else:
            found[-1] = Pause(found[-1].why, found[-1].since, event.on)
    return [each for each in found if each.until is not None or alert.is_open]


def _before(end: datetime.date, days: int, unit: Unit, area: str) -> datetime.date:
    """Return the day on which a period must begin that ends on `end`."""
    if unit is not Unit.WORKING_DAYS:
        return end - days * ONE_DAY
    day = end
    while days:
        days -= is_working_day(day, area)
        day -= ONE_DAY
    return day
