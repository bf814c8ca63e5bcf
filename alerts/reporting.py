"""What staff heard or saw: a report typed after a visit or a call is a signal like any other."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from alerts.lifecycle import AFTER_THE_VISIT
from alerts.models import Alert, Channel, Signal
from alerts.notices import tell_dispatchers, tell_of_later_signals
from alerts.opening_one import opened
from alerts.settling import settle
from alerts.snoozing import end_by_news
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.ledger.record import Act, Actor, record
from households.identity.masking import masked_text
from households.models import Household, Resident
from monitoring.screening.terms import EventKind


@dataclass(frozen=True, slots=True)
class Told:
    """A report: through which channel, of which day and kind of event, what was said, and by whom."""

    channel: str
    day: datetime.date
    event_kind: str
    text: str
    reporter: str = ""
    resident: Resident | None = None


@transaction.atomic
def report(household: Household, told: Told, *, by: User) -> Signal:
    """Write a report down: it joins the open alert of the household, or opens one. A cool-down does not hush people.

    Numbers of people inside the text are masked before they are kept.
    """
    return _reported(household, told, by.authority(Right.REPORT_CONCERNS, household.area_id), by)


@transaction.atomic
def report_seen(household: Household, told: Told, *, by: User) -> Signal:
    """Write down what somebody saw at a door where they may knock, also because the household is lent to them.

    It is a report like any other: who visits for a household alone (a helper) needs no right to report for an area.
    """
    actor = by.authority(Right.VISIT_HOUSEHOLDS, household.area_id, of=household)
    return _reported(household, told, actor, by)


def _reported(household: Household, told: Told, actor: Actor, by: User) -> Signal:
    if forbidden := recused(by, household.recusal_keys):
        raise Refused(forbidden)
    _check(household, told)
    locked = Household.objects.select_for_update(no_key=True).get(pk=household.pk)
    alert = Alert.objects.open().select_for_update().filter(household=locked).first()
    raised = alert is None
    alert = alert or opened(locked, actor, by)
    signal: Signal = Signal.objects.create(
        alert=alert,
        channel=told.channel,
        resident=told.resident,
        event_kind=told.event_kind,
        day=told.day,
        text=masked_text(told.text.strip()),
        reporter=masked_text(told.reporter.strip()),
        by=by,
        attached_on=clock.today(),
        after_visit=alert.state in AFTER_THE_VISIT,
    )
    _note(signal, alert, actor)
    Alert.objects.filter(pk=alert.pk).update(version=F("version") + 1, baseless_on=None)
    end_by_news([alert.pk])
    settle([alert.pk])
    if signal.after_visit:
        tell_of_later_signals([alert])
    if raised:
        tell_dispatchers(alert.area_id[: Level.COUNTY], 1, but=by)
    return signal


def _check(household: Household, told: Told) -> None:
    if household.dissolved_on is not None:
        raise Refused(
            _("This household was dissolved: report it on the household where its people live now.")
        )
    if told.channel not in (Channel.VISIT, Channel.SELF_REPORT):
        raise Refused(_("Choose how you came to know."), field="channel")
    if told.event_kind not in EventKind.values:
        raise Refused(_("Choose what kind of event it is."), field="event_kind")
    if not told.text.strip():
        raise Refused(_("Say in a few words what happened."), field="text")
    if told.day > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="day")
    if told.resident is not None and told.resident.household_id != household.pk:
        raise Refused(_("Choose a member of this household."), field="resident")


def _note(signal: Signal, alert: Alert, actor: Actor) -> None:
    today = clock.today()
    details = {"signal": signal.pk, "channel": signal.channel, "kind": signal.event_kind}
    record(
        Act("alert.reported", "alerts.alert", str(alert.pk), signal.day, today, area=alert.area_id, details=details,
            personal={"text": signal.text, "reporter": signal.reporter}),
        by=actor,
    )  # fmt: skip
