"""Signals that came after a visit was reported: somebody says what each means before the alert has an outcome."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts.models import Alert, Signal
from alerts.settling import settle
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from households.identity.masking import masked_text

LONGEST = 200


@transaction.atomic
def answer(signal: Signal, answer: str, by: User) -> Signal:
    """Say what a signal means that came after the visit: known at the door, nothing new, or looked into since."""
    alert = Alert.objects.select_for_update(of=("self",)).select_related("household").get(pk=signal.alert_id)
    actor = _may(alert, by)
    said = masked_text(answer.strip())
    if not said or len(said) > LONGEST:
        raise Refused(
            _("Say in at most %(most)d characters what it means.") % {"most": LONGEST}, field="answer"
        )
    rows = Signal.objects.living().filter(pk=signal.pk, after_visit=True, answered_at__isnull=True)
    if not alert.is_open or rows.update(answered_at=timezone.now(), answered_by=by, answer=said) != 1:
        raise Refused(_("This signal waits for no answer any more: look at the warning again."))
    Alert.objects.filter(pk=alert.pk).update(version=F("version") + 1)
    settle([alert.pk])
    _note(alert, signal, said, actor)
    signal.refresh_from_db()
    return signal


def forget_visit(alerts: Collection[int]) -> None:
    """Let signals of alerts count as known again, because somebody goes there anew; nothing stands to be answered."""
    Signal.objects.filter(alert__in=alerts, after_visit=True, answered_at__isnull=True).update(
        after_visit=False
    )
    Alert.objects.filter(pk__in=alerts).update(unanswered=0)


def _may(alert: Alert, by: User) -> Actor:
    """Return as whom somebody answers: who reviews there, or who visits."""
    reviews = by.holds(Right.REVIEW_VISITS, alert.area_id)
    right = Right.REVIEW_VISITS if reviews else Right.VISIT_HOUSEHOLDS
    actor = by.authority(right, alert.area_id, of=alert)
    if forbidden := recused(by, alert.household.recusal_keys):
        raise Refused(forbidden)
    return actor


def _note(alert: Alert, signal: Signal, said: str, actor: Actor) -> None:
    today = clock.today()
    record(
        Act("alert.signal_answered", "alerts.alert", str(alert.pk), today, today, area=alert.area_id,
            details={"signal": signal.pk}, personal={"answer": said}),
        by=actor,
    )  # fmt: skip
