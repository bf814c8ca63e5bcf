"""Findings that a run took back take their signals with them; an alert without any is retracted, unless people have
already been at work on it (field.md, story S8): then it stays, and says that the visit was in vain."""

from collections.abc import Collection
from pathlib import Path

from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from alerts.lifecycle import BEFORE_THE_VISIT, OPEN
from alerts.models import Alert, Signal
from alerts.verification.moved import follow, moved_many
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record_many
from foundation.workflow.move import Request
from monitoring.models import Run

_SQL = (Path(__file__).parent / "sql" / "retract_signals.sql").read_text(encoding="utf-8")
_AT_ONCE = 1_000


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
