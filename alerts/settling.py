"""Work out anew what an open alert says of its living signals: causes, channels, priority, band. Set-wise."""

import datetime
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import connection

from alerts.causes import Proof, causes_of
from alerts.facts import facts_of
from alerts.models import Alert, Signal
from alerts.priority import REPORTED, CauseFacts, HouseholdFacts, Weights, parts_of, weights
from alerts.verification.due import set_due
from foundation.accounts import clock
from foundation.regulations.book import Book
from foundation.regulations.lookup import book
from monitoring.screening.book import standards
from monitoring.screening.terms import Severity

_SQL = Path(__file__).parent / "sql"
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class County:
    """What one county says of priority on a day."""

    code: str
    on: datetime.date
    weights: Weights
    same_event_days: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What was worked out for one alert: its columns, and the cause of each of its signals."""

    columns: dict[str, Any]
    causes: dict[int, str]


def settle(alerts: Collection[int], on: datetime.date | None = None) -> None:
    """Bring open alerts to what their living signals say on a day (default: the business day); their last days too."""
    day, known, done = on or clock.today(), book(), []
    rows = Alert.objects.open().filter(pk__in=alerts).order_by("county", "pk")
    for code, here in groupby(rows.values_list("county", "pk", "household_id"), key=lambda row: row[0]):
        county = county_on(known, code, day)
        listed = [(pk, household) for _code, pk, household in here]
        for first in range(0, len(listed), AT_ONCE):
            _settle(listed[first : first + AT_ONCE], county)
        done += [pk for pk, _household in listed]
    set_due(done)


def settled(signals: Sequence[dict[str, Any]], household: HouseholdFacts, county: County) -> Settled:
    """Work out one alert from the values of its living signals. Pure."""
    proofs = [Proof(s["id"], s["event_kind"], s["resident_id"], s["day"], s["apart"]) for s in signals]
    causes = causes_of(proofs, county.same_event_days)
    grouped: dict[str, list[dict[str, Any]]] = {}
    for signal in signals:
        grouped.setdefault(causes[signal["id"]], []).append(signal)
    channels = sorted({signal["channel"] for signal in signals})
    facts = [_cause(group) for group in grouped.values()]
    parts = parts_of(facts, len(channels), household, county.weights.points)
    total = sum(part.points for part in parts)
    columns = {
        "channels": channels,
        "standards": sorted({s["standard_id"] for s in signals if s["standard_id"]}),
        "themes": sorted({s["standard__theme"] for s in signals if s["standard__theme"]}),
        "repeats": sum(s["repeats"] for s in signals),
        "unanswered": sum(bool(s.get("after_visit")) and s["answered_at"] is None for s in signals),
        "priority": total,
        "parts": [part.plain() for part in parts],
        "band": county.weights.band_of(total),
    }
    return Settled(columns, causes)


def county_on(known: Book, code: str, on: datetime.date) -> County:
    """Return what a county says of priority on a day."""
    days = known.resolve("same_event_days", code, on).amount
    return County(code, on, weights(known, code, on), int(days or 0))


def _settle(alerts: list[tuple[int, int]], county: County) -> None:
    facts = facts_of([household for _alert, household in alerts], county.code, county.on)
    signals: dict[int, list[dict[str, Any]]] = {}
    rows = Signal.objects.living().filter(alert__in=[alert for alert, _household in alerts]).order_by("pk")
    for row in rows.values(
        "id", "alert_id", "channel", "standard_id", "standard__theme", "resident_id", "event_kind", "day",
        "measured", "line", "apart", "repeats", "after_visit", "answered_at",
    ):  # fmt: skip
        signals.setdefault(row["alert_id"], []).append(dict(row))
    done = {
        alert: settled(signals[alert], facts.get(household, HouseholdFacts()), county)
        for alert, household in alerts
        if alert in signals  # one that has lost its last signal keeps what it said
    }
    _write("settle_alerts", alerts=[{"id": alert} | each.columns for alert, each in done.items()])
    bare = [alert for alert, _household in alerts if alert not in signals]
    Alert.objects.filter(pk__in=bare, unanswered__gt=0).update(unanswered=0)
    named = ({"id": key, "cause": cause} for each in done.values() for key, cause in each.causes.items())
    _write("settle_causes", signals=list(named))


def _cause(group: Iterable[dict[str, Any]]) -> CauseFacts:
    ratios = [ratio for signal in group if (ratio := _ratio(signal)) is not None]
    severity = max(_severity(signal["standard_id"]) for signal in group)
    return CauseFacts(severity, max(ratios, default=None))


def _ratio(signal: dict[str, Any]) -> Decimal | None:
    """Return how many times the line was measured; nothing to compare where the answer is yes or no."""
    measured, line = signal["measured"], signal["line"]
    if not measured or not line or measured == line == 1:
        return None
    return Decimal(measured / line)


def _severity(standard: str | None) -> Severity:
    """Return the weight of a standard; one that is no longer declared is only to be looked at."""
    if standard is None:
        return REPORTED
    declared = standards().get(standard)
    return declared.severity if declared else Severity.NOTICE


def _write(name: str, **rows: list[dict[str, Any]]) -> None:
    (values,) = rows.values()
    if values:
        with connection.cursor() as cursor:
            statement = (_SQL / f"{name}.sql").read_text(encoding="utf-8")
            cursor.execute(statement, {key: json.dumps(value) for key, value in rows.items()})
