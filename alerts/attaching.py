"""Write the signals of many alerts at once: new ones, and what was measured now of those that are there."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import F

from alerts.lifecycle import AFTER_THE_VISIT
from alerts.models import Alert, Channel, Signal
from alerts.notices import tell_of_later_signals
from alerts.planning import Plan
from alerts.snoozing import end_by_news
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record_many
from foundation.tables.copying import insert_many
from monitoring.screening.book import standards
from monitoring.screening.terms import EventKind

#: What a finding whose standard is no longer declared tells of: something with a benefit, the most of them.
_UNDECLARED = EventKind.BENEFIT
_FIND_AGAIN = (Path(__file__).parent / "sql" / "find_again.sql").read_text(encoding="utf-8")


def attach(plans: Sequence[Plan]) -> int:
    """Attach the findings of every plan to its alert, which is there; returns how many are new. A few statements.

    A finding that is a signal of the alert already says what was measured now, and counts as found again; one that
    a person has detached stays detached.
    """
    alerts = {each.alert.pk: (each.alert, each.attach) for each in plans if each.alert is not None}
    known = _known(alerts)
    fresh = {
        alert: [finding for finding in findings if (alert, finding["id"]) not in known]
        for alert, (_row, findings) in alerts.items()
    }
    _find_again(known)
    insert_many(
        [_fresh(alerts[alert][0], finding) for alert, findings in fresh.items() for finding in findings]
    )
    # Who is deciding on such an alert looks at it again: it says more than it did.
    more = [
        (alerts[alert][0], [each["id"] for each in findings]) for alert, findings in fresh.items() if findings
    ]
    Alert.objects.filter(pk__in=[row.pk for row, _findings in more]).update(
        version=F("version") + 1, baseless_on=None
    )
    end_by_news([row.pk for row, _findings in more])
    _note(more)
    tell_of_later_signals(row for row, _findings in more if row.state in AFTER_THE_VISIT)
    return sum(len(findings) for _row, findings in more)


def _fresh(alert: Alert, finding: dict[str, Any]) -> Signal:
    """Return the signal that a finding becomes in an alert that is there; one after the visit waits for an answer."""
    signal = signal_of(alert.pk, finding)
    signal.after_visit = alert.state in AFTER_THE_VISIT
    return signal


def _known(alerts: Mapping[int, tuple[Alert, Sequence[dict[str, Any]]]]) -> set[tuple[int, int]]:
    """Return the findings that are signals of their alert already, each with that alert."""
    rows = Signal.objects.filter(
        alert__in=list(alerts),
        finding__in=[finding["id"] for _row, findings in alerts.values() for finding in findings],
    )
    return set(rows.values_list("alert_id", "finding_id"))


def _find_again(known: Collection[tuple[int, int]]) -> None:
    """Let signals say what their findings measured now."""
    if known:
        alerts, findings = zip(*known, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(_FIND_AGAIN, {"alerts": list(alerts), "findings": list(findings)})


def signal_of(alert: int, finding: dict[str, Any], cause: str = "") -> Signal:
    """Return the signal that a finding becomes in an alert; it is not written."""
    return Signal(
        alert_id=alert,
        channel=Channel.FEED,
        finding_id=finding["id"],
        standard_id=finding["standard_id"],
        resident_id=finding["resident_id"],
        event_kind=event_kind_of(finding),
        day=finding["day"],
        measured=finding["measured"],
        line=finding["line"],
        cause=cause,
        attached_on=clock.today(),
    )


def event_kind_of(finding: dict[str, Any]) -> EventKind:
    """Return the kind of event that a finding tells of."""
    declared = standards().get(finding["standard_id"])
    return declared.event_kind if declared else _UNDECLARED


def _note(attached: Sequence[tuple[Alert, list[int]]]) -> None:
    """Write one entry for each alert that was open before."""
    today, system = clock.today(), User.objects.built_in("system")
    acts = [
        Act("alert.signals_attached", "alerts.alert", str(alert.pk), today, today, area=alert.area_id,
            details={"findings": findings})
        for alert, findings in attached
    ]  # fmt: skip
    record_many(acts, by=system.authority(Right.DISPATCH_ALERTS, ""))
