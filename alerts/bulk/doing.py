"""Do an act on some of its alerts, and write down what became of each. In the transaction of the caller."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alerts import cooling, deciding, selectors, snoozing
from alerts.bulk.acts import Wanted
from alerts.deciding import Closing
from alerts.models import Alert, BulkAct, BulkItem
from alerts.sending import send
from alerts.verification import assigning, urging
from alerts.verification.moved import NOBODY, follow, moved_many
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request, Result

Kind = BulkAct.Kind


def do(bulk: BulkAct, items: Sequence[BulkItem]) -> None:
    """Act on the alerts of `items`, which were chosen in the versions they carry; a few statements for most acts."""
    alerts = []
    for item in items:
        item.alert.version, item.before = item.version, item.before or _kept(item.alert)
        alerts.append(item.alert)
    act = _UNDOING[bulk.kind] if bulk.undoes_id else _DOING[bulk.kind]
    try:
        with transaction.atomic():
            results = act(bulk, items, alerts)
    except Refused as refusal:  # of the act itself: it is each one's answer
        results = [Result(alert.pk, refusal) for alert in alerts]
    _write(items, {result.key: result.refusal for result in results})


def _write(items: Sequence[BulkItem], refusals: dict[Any, Refused | None]) -> None:
    left = dict(Alert.objects.filter(pk__in=list(refusals)).values_list("pk", "version"))
    for item in items:
        refusal = refusals[item.alert_id]
        item.result = BulkItem.Result.REFUSED if refusal else BulkItem.Result.DONE
        item.why = refusal.sentence[:300] if refusal else ""
        item.left = None if refusal else left[item.alert_id]
    BulkItem.objects.bulk_update(items, ["result", "why", "left", "before"], batch_size=1_000)


def _kept(alert: Alert) -> dict[str, Any]:
    """Return what an undoing puts back."""
    return {"state": alert.state, "quiet_until": str(alert.quiet_until) if alert.quiet_until else None}


def _dispatch(bulk: BulkAct, _items: Sequence[BulkItem], alerts: Sequence[Alert]) -> list[Result]:
    return assigning.dispatch_many(alerts, bulk.by)


def _assign(bulk: BulkAct, _items: Sequence[BulkItem], alerts: Sequence[Alert]) -> list[Result]:
    """Send the one who was named, or to each household whoever may go and has least open."""
    return send(alerts, Wanted.read(bulk.wanted).visitor, by=bulk.by)


def _close(bulk: BulkAct, _items: Sequence[BulkItem], alerts: Sequence[Alert]) -> list[Result]:
    """Close those of each cool-down together: the days that were asked for, or the usual ones of each."""
    wanted = Wanted.read(bulk.wanted)
    by_days: dict[int, list[Alert]] = {}
    for alert in alerts:
        days = selectors.quiet_days(alert) if wanted.quiet_days is None else wanted.quiet_days
        by_days.setdefault(days, []).append(alert)
    results: dict[Any, Result] = {}
    for days, some in by_days.items():
        closing = Closing(wanted.outcome, bulk.reason, days)
        results |= {result.key: result for result in deciding.close_many(some, closing, by=bulk.by)}
    return [results[alert.pk] for alert in alerts]


def _snooze(bulk: BulkAct, _items: Sequence[BulkItem], alerts: Sequence[Alert]) -> list[Result]:
    until = Wanted.read(bulk.wanted).until
    if until is None:
        raise Refused(_("Choose a day."), field="until")
    return snoozing.snooze_many(alerts, until, bulk.reason, by=bulk.by)


def _wake(bulk: BulkAct, _items: Sequence[BulkItem], alerts: Sequence[Alert]) -> list[Result]:
    return snoozing.wake_many(alerts, by=bulk.by)


def _quiet(bulk: BulkAct, _items: Sequence[BulkItem], alerts: Sequence[Alert]) -> list[Result]:
    return cooling.set_quiet(alerts, Wanted.read(bulk.wanted).until, bulk.reason, by=bulk.by)


def _urge(bulk: BulkAct, _items: Sequence[BulkItem], alerts: Sequence[Alert]) -> list[Result]:
    refused = urging.urge_many(alerts, by=bulk.by).refused
    return [Result(alert.pk, refused.get(alert.pk)) for alert in alerts]


def _recall(bulk: BulkAct, _items: Sequence[BulkItem], alerts: Sequence[Alert]) -> list[Result]:
    """Take a dispatch, or an assignment, back: the alerts wait to be dispatched again."""
    results, moved = moved_many(alerts, Request("recall", reason=_why(bulk), writes=NOBODY), by=bulk.by)
    follow(moved, by=bulk.by)
    return results


def _reopen(bulk: BulkAct, _items: Sequence[BulkItem], alerts: Sequence[Alert]) -> list[Result]:
    """Reopen one after the other: the household of each may have another open alert by now."""
    return [_one(alert, lambda each: deciding.reopen(each, Request("reopen", reason=_why(bulk)), by=bulk.by))
            for alert in alerts]  # fmt: skip


def _quiet_as_before(bulk: BulkAct, items: Sequence[BulkItem], alerts: Sequence[Alert]) -> list[Result]:
    before = {item.alert_id: _day(item.before.get("quiet_until")) for item in items}
    return cooling.set_quiet_each(before, alerts, _why(bulk), by=bulk.by)


def _one(alert: Alert, act: Callable[[Alert], object]) -> Result:
    try:
        with transaction.atomic():
            act(alert)
    except Refused as refusal:
        return Result(alert.pk, refusal)
    return Result(alert.pk)


def _why(bulk: BulkAct) -> str:
    return _("Act on many taken back. %(reason)s") % {"reason": bulk.reason}


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


_Act = Callable[[BulkAct, Sequence[BulkItem], Sequence[Alert]], list[Result]]
_DOING: dict[str, _Act] = {
    Kind.DISPATCH: _dispatch,
    Kind.ASSIGN: _assign,
    Kind.CLOSE: _close,
    Kind.SNOOZE: _snooze,
    Kind.WAKE: _wake,
    Kind.QUIET: _quiet,
    Kind.URGE: _urge,
}
_UNDOING: dict[str, _Act] = {
    Kind.DISPATCH: _recall,
    Kind.ASSIGN: _recall,
    Kind.CLOSE: _reopen,
    Kind.SNOOZE: _wake,
    Kind.QUIET: _quiet_as_before,
}
