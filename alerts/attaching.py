"""Write the signals of many alerts at once: new ones, and what was measured now of those that are there."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F

from alerts.models import Alert, Channel, Signal
from alerts.planning import Plan
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record_many
from monitoring.screening.book import standards
from monitoring.screening.terms import EventKind

#: What a finding whose standard is no longer declared tells of: something with a benefit, the most of them.
_UNDECLARED = EventKind.BENEFIT
_MEASURED = ["day", "measured", "line", "repeats"]


def attach(plans: Sequence[Plan]) -> dict[int, list[int]]:
    """Attach the findings of every plan to its alert; returns the new ones by alert. A few statements.

    A finding that is a signal of the alert already says what was measured now, and counts as found again; one that
    a person has detached stays detached.
    """
    there = {each.alert.pk: each.alert for each in plans if each.alert is not None and not each.opened}
    known = _known(plans)
    fresh: dict[int, list[int]] = {}
    signals = []
    for each in plans:
        if each.alert is None:
            continue
        alert = each.alert.pk
        for finding in each.attach:
            repeats, detached = known.get((alert, finding["id"]), (-1, False))
            if not detached:
                signals.append(_signal(alert, finding, repeats + 1))
            if (alert, finding["id"]) not in known:
                fresh.setdefault(alert, []).append(finding["id"])
    Signal.objects.bulk_create(
        signals, update_conflicts=True, unique_fields=["alert", "finding"], update_fields=_MEASURED
    )
    # Who is deciding on such an alert looks at it again: it says more than it did.
    more = [(there[key], findings) for key, findings in fresh.items() if key in there]
    Alert.objects.filter(pk__in=[row.pk for row, _findings in more]).update(
        version=F("version") + 1, baseless_on=None
    )
    _note(more)
    return fresh


def _known(plans: Sequence[Plan]) -> dict[tuple[int, int], tuple[int, bool]]:
    """Return of the findings that are signals of their alert how often they were found again, and if detached."""
    rows = Signal.objects.filter(
        alert__in=[each.alert.pk for each in plans if each.alert is not None],
        finding__in=[finding["id"] for each in plans for finding in each.attach],
    )
    return {
        (alert, finding): (repeats, detached is not None)
        for alert, finding, repeats, detached in rows.values_list(
            "alert_id", "finding_id", "repeats", "detached_at"
        )
    }


def _signal(alert: int, finding: dict[str, Any], repeats: int) -> Signal:
    declared = standards().get(finding["standard_id"])
    return Signal(
        alert_id=alert,
        channel=Channel.FEED,
        finding_id=finding["id"],
        standard_id=finding["standard_id"],
        resident_id=finding["resident_id"],
        event_kind=declared.event_kind if declared else _UNDECLARED,
        day=finding["day"],
        measured=finding["measured"],
        line=finding["line"],
        repeats=repeats,
        attached_on=clock.today(),
    )


def _note(attached: Sequence[tuple[Alert, list[int]]]) -> None:
    """Write one entry for each alert that was open before."""
    today, system = clock.today(), User.objects.built_in("system")
    acts = [
        Act("alert.signals_attached", "alerts.alert", str(alert.pk), today, today, area=alert.area_id,
            details={"findings": findings})
        for alert, findings in attached
    ]  # fmt: skip
    record_many(acts, by=system.authority(Right.DISPATCH_ALERTS, ""))
