"""Findings that a run took back take their signals with them; an alert without any is retracted, unless people have
already been at work on it (field.md, story S8): then it stays, and says that the visit was in vain. What a visit
reported by itself is taken back with the visit."""

from collections.abc import Collection
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts.lifecycle import BEFORE_THE_VISIT, OPEN
from alerts.models import Alert, Signal
from alerts.settling import settle
from alerts.verification.moved import follow, moved_many
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record, record_many
from foundation.workflow.move import Request
from households.identity.masking import masked_text
from monitoring.models import Run

_SQL = (Path(__file__).parent / "sql" / "retract_signals.sql").read_text(encoding="utf-8")
_AT_ONCE = 1_000
#: Most letters of a reason.
_LONGEST = 200


def retract_signals(run: Run) -> set[int]:
    """Take back the signals of the findings that a run took back; returns their alerts."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL, {"run": run.pk, "now": timezone.now(), "area": f"{run.area_id}%", "open": list(OPEN)}
        )
        gone: dict[int, list[int]] = {}
        for alert, finding in cursor.fetchall():
            gone.setdefault(alert, []).append(finding)
    alerts = Alert.objects.filter(pk__in=list(gone))
    alerts.update(version=F("version") + 1)
    today, system = clock.today(), User.objects.built_in("system")
    acts = (
        Act("alert.signals_retracted", "alerts.alert", str(key), today, today, area=area,
            details={"run": run.pk, "findings": sorted(gone[key])})
        for key, area in alerts.values_list("pk", "area_id")
    )  # fmt: skip
    record_many(acts, by=system.authority(Right.DISPATCH_ALERTS, ""))
    return set(gone)


@transaction.atomic
def retract_report(signal: Signal, why: str, *, by: User) -> bool:
    """Take back what a visit reported that does not count any more or says otherwise now; returns whether it was.

    A report whose warning has ended stays with it: people decided on it. Numbers of people in `why` are masked.
    """
    alert = Alert.objects.select_for_update(of=("self",)).select_related("household").get(pk=signal.alert_id)
    if not alert.is_open:
        return False
    said = masked_text(why.strip())[:_LONGEST]
    rows = Signal.objects.living().filter(pk=signal.pk, finding__isnull=True)
    if rows.update(retracted_at=timezone.now(), retracted_why=said) != 1:
        return False
    Alert.objects.filter(pk=alert.pk).update(version=F("version") + 1)
    today = clock.today()
    act = Act("alert.report_retracted", "alerts.alert", str(alert.pk), today, today, area=alert.area_id,
              details={"signal": signal.pk}, personal={"why": said})  # fmt: skip
    reviews = by.holds(Right.REVIEW_VISITS, alert.area_id)
    right = Right.REVIEW_VISITS if reviews else Right.VISIT_HOUSEHOLDS
    record(act, by=by.authority(right, alert.area_id, of=alert.household))
    settle([alert.pk])
    end_baseless([alert.pk])
    return True


def end_baseless(alerts: Collection[int]) -> int:
    """Retract the alerts among these that have no living signal; mark those on which people were. Returns how many."""
    living = Signal.objects.living().filter(alert=OuterRef("pk"))
    bare = Alert.objects.filter(~Exists(living), pk__in=alerts, merged_into__isnull=True)
    bare.exclude(state__in=[*BEFORE_THE_VISIT, "retracted"]).filter(baseless_on__isnull=True).update(
        baseless_on=clock.today()
    )
    rows = list(bare.filter(state__in=BEFORE_THE_VISIT).select_related("household").order_by("pk"))
    system = User.objects.built_in("system")
    for first in range(0, len(rows), _AT_ONCE):
        asked = Request("retract", reason=_("Every finding it rested on was taken back."))
        _results, moved = moved_many(rows[first : first + _AT_ONCE], asked, by=system)
        follow(moved, by=system)
    return len(rows)
