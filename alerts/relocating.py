"""Move signals to the household they belong to: some of them (split), or all, because it is not this household.

What the data named wrongly is remembered: what is found again goes to the right household by itself, and the rows go
back to the departments that delivered them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from alerts.lifecycle import AFTER_THE_VISIT
from alerts.models import Alert, Relocation, Signal
from alerts.opening_one import open_for
from alerts.settling import settle
from alerts.snoozing import end_by_news
from alerts.verification.moved import advance
from alerts.verification.outcomes import flow_back
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from foundation.workflow.move import Request
from households.models import Household
from monitoring.models import Delivery
from monitoring.returning.returning import return_row

#: How an alert ends whose every signal belonged to another household.
OUTCOME = "wrong_household"


@dataclass(frozen=True, slots=True)
class Relocating:
    """Which signals of an alert belong to which household, why, and whether the data named the wrong one."""

    signals: Collection[int]
    household: Household
    reason: str
    data_wrong: bool = False


@transaction.atomic
def relocate(alert: Alert, asked: Relocating, *, by: User) -> Relocation:
    """Move signals to the open alert of another household, or open one for it; their history goes with them.

    An alert that loses its last signal ends as of another household, and does not count as a warning of its own.
    """
    actor = _may(alert, asked, by)
    _lock(alert.household_id, asked.household.pk)
    alert = Alert.objects.select_for_update(of=("self",)).select_related("household").get(pk=alert.pk)
    moving = list(alert.signals.living().filter(pk__in=asked.signals).order_by("pk"))
    if not alert.is_open:
        raise Refused(_("This warning has ended: its signals stay as they are."))
    if not moving:
        raise Refused(_("Choose the signals that belong to another household."), field="signals")
    target = open_for(asked.household, by=by, actor=actor)
    made = Relocation.objects.create(
        source=alert, target=target, signals=[each.pk for each in moving],
        residents={str(each.pk): each.resident_id for each in moving}, remembered=asked.data_wrong,
        returned=_returned(alert, moving, asked.reason, by) if asked.data_wrong else 0,
        reason=asked.reason.strip(), by=by, on=clock.today(),
    )  # fmt: skip
    late = target.state in AFTER_THE_VISIT
    Signal.objects.filter(pk__in=made.signals).update(alert=target, resident=None, after_visit=late)
    _changed([alert.pk, target.pk])
    _note("alert.signals_moved", alert, actor, made)
    if not alert.signals.living().exists():
        _end(alert, target, made, by)
    flow_back([alert.pk, target.pk], by=by)
    return made


@transaction.atomic
def take_back(made: Relocation, reason: str, *, by: User) -> Relocation:
    """Take a move of signals back, while both alerts may still be worked on; what departments were told stays told."""
    actor = by.authority(Right.DISPATCH_ALERTS, made.source.area_id)
    by.authority(Right.DISPATCH_ALERTS, made.target.area_id)
    made = Relocation.objects.select_for_update().get(pk=made.pk)
    if made.undone_on is not None:
        raise Refused(_("This has been taken back already."))
    _lock(made.source.household_id, made.target.household_id)
    if not reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    target = Alert.objects.select_for_update().get(pk=made.target_id)
    back = target.signals.living().filter(pk__in=made.signals)
    if not target.is_open or back.count() != len(made.signals):
        raise Refused(_("The other warning has ended, or its signals changed meanwhile: move them there."))
    source = _open_again(made, reason, by)
    for key, resident in made.residents.items():
        Signal.objects.filter(pk=int(key)).update(alert=source, resident=resident, after_visit=False)
    made.undone_on = clock.today()
    made.save(update_fields=["undone_on"])
    _changed([source.pk, target.pk])
    _note("alert.signals_moved_back", source, actor, made)
    if not target.signals.living().exists():
        advance(_fresh(target), Request("retract"), by=User.objects.built_in("system"))
    flow_back([source.pk, target.pk], by=by)
    return made


def of_alert(alert: Alert) -> list[Relocation]:
    """Return the moves that an alert's page tells of, away from it and to it, the newest first."""
    rows = Relocation.objects.filter(source=alert) | Relocation.objects.filter(target=alert)
    return list(rows.select_related("source__household", "target__household").order_by("-pk"))


def _may(alert: Alert, asked: Relocating, by: User) -> Actor:
    actor = by.authority(Right.DISPATCH_ALERTS, alert.area_id)
    by.authority(Right.DISPATCH_ALERTS, asked.household.area_id)
    for keys in (alert.household.recusal_keys, asked.household.recusal_keys):
        if forbidden := recused(by, keys):
            raise Refused(forbidden)
    if asked.household.pk == alert.household_id:
        raise Refused(
            _("This is the household of the warning itself: choose the right one."), field="household"
        )
    if asked.household.dissolved_on is not None:
        raise Refused(
            _("This household was dissolved: choose the one where its people live now."), field="household"
        )
    if not asked.reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    return actor


def _lock(*households: int) -> None:
    """Let nobody else open an alert of these households until the transaction ends; in the order of their keys."""
    list(Household.objects.select_for_update(no_key=True).filter(pk__in=households).order_by("pk"))


def _end(alert: Alert, target: Alert, made: Relocation, by: User) -> None:
    writes = {"outcome": OUTCOME, "closed_on": clock.today(), "merged_into": target.pk}
    given = {"into": target.pk}
    asked = Request(
        "join", reason=made.reason, given=given, writes=writes, details=given | {"outcome": OUTCOME}
    )
    advance(_fresh(alert), asked, by=by)
    Relocation.objects.filter(pk=made.pk).update(ended_source=True)


def _open_again(made: Relocation, reason: str, by: User) -> Alert:
    """Return the alert that the signals came from, reopened where it had ended by losing them."""
    source = _fresh(made.source)
    if source.is_open:
        return source
    if not made.ended_source or source.merged_into_id != made.target_id:
        raise Refused(_("The warning that they came from has ended meanwhile."))
    if Alert.objects.open().filter(household=source.household_id).exists():
        raise Refused(_("The household has an open warning meanwhile: move them there."))
    writes = {"outcome": "", "closed_on": None, "quiet_until": None, "merged_into": None}
    advance(source, Request("reopen", reason=reason, writes=writes), by=by)
    return source


def _fresh(alert: Alert) -> Alert:
    return Alert.objects.select_related("household").get(pk=alert.pk)


def _returned(alert: Alert, moving: Sequence[Signal], reason: str, by: User) -> int:
    """Give the rows that counted back to their departments; those that wait there already, or are gone, are passed."""
    evidence = [row for each in moving if each.finding is not None for row in each.finding.evidence]
    deliveries = Delivery.objects.in_bulk({row["delivery"] for row in evidence})
    told = 0
    for row in evidence:
        delivery = deliveries.get(row["delivery"])
        if delivery is None:
            continue
        said = _("The row names the wrong household. %(reason)s") % {"reason": reason.strip()}
        try:
            with transaction.atomic():
                return_row(delivery, row["line"], sheet=row.get("sheet") or "", area=alert.area, reason=said[:200],
                           by=by, right=Right.DISPATCH_ALERTS)  # fmt: skip
        except Refused:
            continue
        told += 1
    return told


def _changed(alerts: Collection[int]) -> None:
    for key in alerts:
        owed = Signal.objects.living().filter(alert=key, after_visit=True, answered_at__isnull=True).count()
        Alert.objects.filter(pk=key).update(version=F("version") + 1, unanswered=owed)
    end_by_news(alerts)
    settle(alerts)


def _note(verb: str, alert: Alert, actor: Actor, made: Relocation) -> None:
    today = clock.today()
    details = {
        "signals": made.signals,
        "to": made.target_id,
        "remembered": made.remembered,
        "rows": made.returned,
    }
    act = Act(verb, "alerts.alert", str(alert.pk), today, today, area=alert.area_id, details=details,
              personal={"reason": made.reason})  # fmt: skip
    record(act, by=actor)
