"""What people decide about an alert at the desk: dispatch, close and reopen, join two; and about its signals.

Who is sent, what the visit said and its review stand in alerts.verification.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts import selectors
from alerts.models import Alert, Signal
from alerts.notices import tell_township
from alerts.settling import settle
from alerts.verification import barriers, proving
from alerts.verification.answering import forget_visit
from alerts.verification.moved import NO_VISIT, advance, follow, moved_many
from alerts.verification.outcomes import flow_back
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from foundation.workflow.move import Request, Result

LONGEST_QUIET = 366


@dataclass(frozen=True, slots=True)
class Closing:
    """How an alert is closed: the outcome code, the reason in words, and for how many days it is quiet then.

    `proof` says what shows an outcome that needs no visit (alerts.verification.proving).
    """

    outcome: str
    reason: str
    quiet_days: int
    proof: str = ""


@transaction.atomic
def dispatch(alert: Alert, asked: Request, *, by: User) -> Alert:
    """Hand an alert over to the township of its household, and tell who verifies there."""
    advance(alert, asked, by=by)
    tell_township(alert.township)
    return alert


@transaction.atomic
def close(alert: Alert, closing: Closing, *, by: User) -> Alert:
    """End an alert with an outcome code; its standards are quiet on the household for so many days."""
    barriers.check("close", alert, by)
    return advance(alert, _closed(closing, alert.area_id), by=by)


@transaction.atomic
def close_many(alerts: Sequence[Alert], closing: Closing, *, by: User) -> list[Result]:
    """End many alerts of one county in the same way; each is closed or refused on its own."""
    try:
        asked = _closed(closing, alerts[0].area_id)
    except Refused as refused:
        return [Result(alert.pk, refused) for alert in alerts]
    barred = {alert.pk: Refused(why) for alert in alerts if (why := barriers.before("close", alert))}
    done, moved = moved_many([alert for alert in alerts if alert.pk not in barred], asked, by=by)
    follow(moved, by=by)
    results = {result.key: result for result in done}
    return [
        Result(alert.pk, barred[alert.pk]) if alert.pk in barred else results[alert.pk] for alert in alerts
    ]


def _closed(closing: Closing, area: str) -> Request:
    """Return the move that closes as asked for; refuse what the area does not have."""
    if closing.outcome not in dict(selectors.outcomes(area)):
        raise Refused(_("Choose an outcome from the list."), field="outcome")
    if not 0 <= closing.quiet_days <= LONGEST_QUIET:
        raise Refused(
            _("A cool-down is at most %(days)d days long.") % {"days": LONGEST_QUIET}, field="quiet_days"
        )
    proof = proving.shown(closing.proof) if closing.outcome in proving.PROVABLE else ""
    today = clock.today()
    until = today + datetime.timedelta(days=closing.quiet_days) if closing.quiet_days else None
    return Request(
        "close",
        reason=closing.reason,
        given={"outcome": closing.outcome},
        writes={"outcome": closing.outcome, "closed_on": today, "quiet_until": until, "proof": proof},
        details={"outcome": closing.outcome, "quiet_until": str(until or "")},
    )


@transaction.atomic
def reopen(alert: Alert, asked: Request, *, by: User) -> Alert:
    """Take a closed alert up again, because it was closed wrongly; its cool-down ends."""
    if alert.merged_into_id is not None:
        raise Refused(_("This warning was joined into another one: work on that one."))
    if Alert.objects.open().filter(household=alert.household_id).exists():
        raise Refused(_("The household has an open warning meanwhile: work on that one."))
    if not alert.signals.living().exists():
        raise Refused(_("Every signal of this warning was taken back: there is nothing to work on."))
    writes = NO_VISIT | {
        "outcome": "", "proof": "", "closed_on": None, "quiet_until": None, "reopened": alert.reopened + 1,
    }  # fmt: skip
    moved = advance(alert, Request("reopen", on=asked.on, reason=asked.reason, writes=writes), by=by)
    forget_visit([moved.pk])
    settle([moved.pk])
    moved.refresh_from_db()
    return moved


@transaction.atomic
def join(alert: Alert, into: Alert, *, by: User, reason: str) -> Alert:
    """Join an alert into the open one of a household that turned out to be the same; returns that one.

    The signals go over with their history; the joined alert closes as a duplicate.
    """
    into = Alert.objects.select_for_update(of=("self",)).select_related("household").get(pk=into.pk)
    actor = _may(into, by)
    if into.pk == alert.pk or not into.is_open:
        raise Refused(_("Choose another open warning to join this one into."), field="into")
    writes = {"outcome": "duplicate", "closed_on": clock.today(), "merged_into": into.pk}
    asked = Request("join", reason=reason, given={"into": into.pk}, writes=writes, details={"into": into.pk})
    advance(alert, asked, by=by)
    moved = alert.signals.living().update(alert=into)
    Alert.objects.filter(pk=into.pk).update(version=F("version") + 1, baseless_on=None)
    _note("alert.joined", into, actor, joined=alert.pk, signals=moved)
    settle([into.pk])
    flow_back([alert.pk, into.pk], by=by)
    into.refresh_from_db()
    return into


@transaction.atomic
def detach(signal: Signal, *, by: User, reason: str) -> Signal:
    """Say that a signal does not belong to its alert; it stays to be seen and counts no longer."""
    alert, actor = _open_alert_of(signal, by)
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    if not alert.signals.living().exclude(pk=signal.pk).exists():
        raise Refused(_("This is the last signal of the warning: close the warning instead."))
    rows = Signal.objects.living().filter(pk=signal.pk)
    if rows.update(detached_at=timezone.now(), detached_by=by, detached_why=reason.strip()) != 1:
        raise Refused(_("This signal counts no longer: look at the warning again."))
    _changed(alert)
    _note("alert.signal_detached", alert, actor, reason=reason, signal=signal.pk)
    signal.refresh_from_db()
    return signal


@transaction.atomic
def attach_again(signal: Signal, *, by: User, reason: str) -> Signal:
    """Say that a detached signal belongs to its open alert after all; what was taken back stays so."""
    alert, actor = _open_alert_of(signal, by)
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    rows = Signal.objects.filter(pk=signal.pk, detached_at__isnull=False, retracted_at__isnull=True)
    if rows.update(detached_at=None, detached_by=None, detached_why="") != 1:
        raise Refused(_("Somebody else has just changed this: look at it again before you decide."))
    _changed(alert)
    _note("alert.signal_attached_again", alert, actor, reason=reason, signal=signal.pk)
    signal.refresh_from_db()
    return signal


@transaction.atomic
def separate(signal: Signal, *, apart: bool, by: User) -> Signal:
    """Say that a signal tells of an event of its own (`apart`), or that it belongs to its cause after all."""
    alert, actor = _open_alert_of(signal, by)
    if Signal.objects.living().filter(pk=signal.pk, apart=not apart).update(apart=apart) != 1:
        raise Refused(_("Somebody else has just changed this: look at it again before you decide."))
    _changed(alert)
    verb = "alert.signal_separated" if apart else "alert.signal_rejoined"
    _note(verb, alert, actor, signal=signal.pk)
    signal.refresh_from_db()
    return signal


def _open_alert_of(signal: Signal, by: User) -> tuple[Alert, Actor]:
    alert = Alert.objects.select_for_update(of=("self",)).select_related("household").get(pk=signal.alert_id)
    actor = _may(alert, by)
    if not alert.is_open:
        raise Refused(_("This warning has ended: its signals stay as they are."))
    return alert, actor


def _may(alert: Alert, by: User) -> Actor:
    actor = by.authority(Right.DISPATCH_ALERTS, alert.area_id)
    if forbidden := recused(by, alert.household.recusal_keys):
        raise Refused(forbidden)
    return actor


def _changed(alert: Alert) -> None:
    Alert.objects.filter(pk=alert.pk).update(version=F("version") + 1)
    settle([alert.pk])


def _note(verb: str, alert: Alert, actor: Actor, *, reason: str = "", **details: int) -> None:
    today = clock.today()
    record(
        Act(verb, "alerts.alert", str(alert.pk), today, today, area=alert.area_id, details=details,
            personal={"reason": reason.strip()} if reason else {}),
        by=actor,
    )  # fmt: skip
