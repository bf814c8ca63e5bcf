"""What follows every move of an alert: its deadlines, and where it ended or was reopened, its outcome."""

from collections.abc import Collection, Sequence

from alerts.models import Alert
from alerts.verification.due import set_due
from alerts.verification.outcomes import flow_back
from foundation.accounts.models import User
from foundation.workflow.move import Request, Result, move, move_many

#: Columns that say who is sent and what a visit said, empty again: where an alert begins anew.
NOBODY = {"visitor": None, "opened_by_visitor_at": None}
NO_VISIT = NOBODY | {
    "visit": None, "opinion": "", "reported_outcome": "", "recheck": "", "relook_on": None,
}  # fmt: skip


def follow(alerts: Sequence[Alert], *, by: User) -> None:
    """Follow alerts that stand somewhere else now: their last days, and what their findings are told."""
    if alerts:
        set_due(alerts)
        flow_back([alert.pk for alert in alerts], by=by)


def advance(alert: Alert, asked: Request, *, by: User) -> Alert:
    """Make one move, and what follows it."""
    move(alert, asked, by=by)
    follow([alert], by=by)
    return alert


def moved_many(alerts: Sequence[Alert], asked: Request, *, by: User) -> tuple[list[Result], list[Alert]]:
    """Make a move on many alerts; returns the result of each, and those that moved as they stand now.

    The caller calls `follow` with them, once it has written what else belongs to the move.
    """
    results = move_many(alerts, asked, by=by)
    return results, fresh([result.key for result in results if result.moved])


def fresh(keys: Collection[int]) -> list[Alert]:
    """Return alerts as they stand now, with their households."""
    return list(Alert.objects.filter(pk__in=keys).select_related("household").order_by("pk"))
