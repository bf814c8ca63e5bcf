"""The answer of `list_alerts` (datasets.md section 6)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from alerts import amounts
from alerts.lifecycle import ALERT
from alerts.models import Alert, Signal
from alerts.querysets import AlertQuerySet
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import readings
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from households.identity.masking import masked_name

_AT_ONCE = 1_000


def listed(area: str, *, by: User, state: str = "") -> list[dict[str, Any]]:
    """Return the alerts under an area that `by` may see, the most urgent first; with `state` only those in it."""
    if state and state not in ALERT.states:
        raise Refused(_("There is no state %(state)s: choose one of %(states)s.")
                      % {"state": state, "states": ", ".join(ALERT.states)})  # fmt: skip
    code = readings(area.strip())[-1]
    if not Area.objects.filter(pk=code).exists() or not _reaches(by, code):
        raise Refused(_("There is no area %(code)s within your own areas.") % {"code": area})
    rows = Alert.objects.visible_to(by).filter(area__code__startswith=code)
    rows = rows.filter(state=state) if state else rows
    return list(_told(rows.select_related("household").order_by("-priority", "pk"), by))


def _reaches(by: User, code: str) -> bool:
    """Say whether some of an area is the person's to see: theirs lies in it, or it lies in theirs."""
    own = prefixes(by, Right.VIEW_ALERTS)
    return any(code.startswith(prefix) or prefix.startswith(code) for prefix in own)


def _told(rows: AlertQuerySet, by: User) -> Iterator[dict[str, Any]]:
    exact = prefixes(by, Right.VIEW_FINDINGS)
    alerts = rows.iterator(chunk_size=_AT_ONCE)
    while some := list(islice(alerts, _AT_ONCE)):
        signals: dict[int, list[Signal]] = {}
        for signal in _signals(some):
            signals.setdefault(signal.alert_id, []).append(signal)
        for alert in some:
            open_to_reader = any(alert.area_id.startswith(prefix) for prefix in exact)
            yield _one(alert, signals.get(alert.pk, []), exact=open_to_reader)


def _signals(alerts: Iterable[Alert]) -> Iterable[Signal]:
    """Return what counts; of a retracted alert, what counted until it was taken back."""
    rows = Signal.objects.filter(alert__in=list(alerts), detached_at__isnull=True)
    found = rows.select_related("alert", "resident", "finding").order_by("pk")
    return (each for each in found if each.retracted_at is None or each.alert.state == "retracted")


def _one(alert: Alert, signals: list[Signal], *, exact: bool) -> dict[str, Any]:
    return {
        "alert": alert.pk,
        "household": alert.household.code,
        "state": alert.state,
        "priority": alert.priority,
        "channels": alert.channels,
        "signals": [_signal(each, exact=exact) for each in signals],
    }


def _signal(signal: Signal, *, exact: bool) -> dict[str, Any]:
    """Return one signal; a report has neither finding nor amounts, and who reads no findings sees no amounts."""
    code = signal.standard_id or ""
    return {
        "finding": signal.finding_id,
        "standard": signal.standard_id,
        "subject": masked_name(signal.resident.name) if signal.resident else "household",
        "measured": amounts.text(signal.measured, code) if exact else None,
        "line": amounts.text(signal.line, code) if exact else None,
        "rows": signal.finding.rows if signal.finding else 0,
    }
