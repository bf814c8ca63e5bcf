"""What a warning came to flows back: to its findings, to the departments of their rows, and to who reported."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.urls import reverse

from alerts.models import Alert, Channel, Signal
from alerts.verification.letters import Ended, owe, owe_no_longer
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.inbox.notices import notify
from foundation.workflow.models import Passage
from monitoring.outcomes.terms import After
from monitoring.outcomes.writing import Concluded, remove_outcomes, write_outcomes

_AT_ONCE = 2_000


def flow_back(alert_keys: Collection[int], *, by: User) -> None:
    """Bring what stands on the findings of alerts in line with where the alerts stand now; a few statements.

    To be called in the transaction of every move that ends, checks or takes up alerts: one that came to an outcome
    writes it to the findings of its living signals, every other takes back what it had written. Who reported a
    concern is told, and visited households are owed a letter. Called again, it changes nothing.
    """
    keys = sorted(set(alert_keys))
    for first in range(0, len(keys), _AT_ONCE):
        _flow_back(keys[first : first + _AT_ONCE], by)


def outcome_of(alert: Alert) -> str:
    """Return the outcome that an alert stands at: a code of `outcome_codes` or of After; empty while it is open.

    One that was joined into another says nothing: its signals went over, and come to the outcome of that one.
    """
    if alert.state == "closed":
        return "" if alert.merged_into_id is not None else alert.outcome
    return alert.state if alert.state in After.values else ""


def _flow_back(keys: list[int], by: User) -> None:
    alerts = {row.pk: row for row in Alert.objects.filter(pk__in=keys)}
    concluded = {key: row for key, row in alerts.items() if outcome_of(row)}
    open_again = [key for key in alerts if key not in concluded]
    remove_outcomes(open_again)
    owe_no_longer(open_again)
    if concluded:
        newest = _newest(concluded)
        write_outcomes(list(_concluded(concluded, newest)), by=by)
        lettered = [row for key, row in concluded.items() if not _by_its_case(newest.get(key))]
        owe([Ended(row, outcome_of(row), _day_of(row, newest)) for row in lettered])
        _tell_reporters(concluded, by)


def _concluded(alerts: dict[int, Alert], newest: Mapping[int, Passage]) -> Iterator[Concluded]:
    found: dict[int, list[int]] = defaultdict(list)
    signals = Signal.objects.living().filter(alert__in=list(alerts), finding__isnull=False)
    for alert, finding in signals.order_by("alert_id", "pk").values_list("alert_id", "finding_id"):
        found[alert].append(finding)
    for key, row in alerts.items():
        if key in found:
            yield Concluded(
                key,
                found[key],
                outcome_of(row),
                _day_of(row, newest),
                visit=row.visit_id,
                reason=newest[key].reason if key in newest else "",
            )


def _day_of(row: Alert, newest: Mapping[int, Passage]) -> datetime.date:
    """Return the day on which an alert came to where it stands."""
    return row.closed_on or (newest[row.pk].happened_on if row.pk in newest else clock.today())


def _by_its_case(passage: Passage | None) -> bool:
    """Say whether a warning closed with the case of its household, or was corrected with it: that sends the letter."""
    return passage is not None and passage.verb in ("conclude", "correct")


def _newest(alerts: Collection[int]) -> dict[int, Passage]:
    """Return the newest move of each alert."""
    passages = Passage.objects.filter(
        model=Alert._meta.label_lower, object_id__in=[str(key) for key in alerts]
    )
    return {int(each.object_id): each for each in passages.order_by("object_id", "-pk").distinct("object_id")}


def _tell_reporters(alerts: dict[int, Alert], by: User) -> None:
    """Tell who wrote down a concern that the warning came to an outcome; not who decides it."""
    signals = Signal.objects.living().filter(alert__in=list(alerts), by__isnull=False)
    reported = signals.exclude(channel=Channel.FEED).exclude(by=by).select_related("by")
    for signal in _one_of_each(reported.order_by("alert_id", "by_id")):
        if signal.by is not None:
            place = _page_for(signal.by, alerts[signal.alert_id])
            notify([signal.by], "report_concluded", place=place, group=str(signal.alert_id))


def _one_of_each(signals: Iterable[Signal]) -> Iterator[Signal]:
    """Yield one signal of each alert and person."""
    seen = set()
    for signal in signals:
        if (signal.alert_id, signal.by_id) not in seen:
            seen.add((signal.alert_id, signal.by_id))
            yield signal


def _page_for(reporter: User, alert: Alert) -> str:
    """Return the page of the alert for who may see it, else that of the household."""
    if reporter.holds(Right.VIEW_ALERTS, alert.area_id):
        return reverse("alerts:alert", args=[alert.pk])
    return reverse("households:household", args=[alert.household_id])
