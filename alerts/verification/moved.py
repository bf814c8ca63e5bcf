"""What follows every move of an alert: its deadlines, and where it ended or was reopened, its outcome."""

from collections.abc import Collection, Sequence

from alerts.models import Alert
from alerts.verification.due import set_due
from alerts.verification.outcomes import flow_back
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.workflow.move import Request, Result, move, move_many

#: Columns that say who is sent and what a visit said, empty again: where an alert begins anew.
NOBODY = {"visitor": None, "opened_by_visitor_at": None}
NO_VISIT = NOBODY | {
    "visit": None, "opinion": "", "reported_outcome": "", "recheck": "", "relook_on": None,
}  # fmt: skip


def went_on(alerts: Sequence[Alert]) -> None:
    """Follow alerts that stand somewhere else now, and go on."""
    if alerts:
        set_due(alerts, clock.today())


def ended(alerts: Sequence[Alert]) -> None:
    """Follow alerts that have just ended, or were taken up again after they had."""
    if alerts:
        set_due(alerts, clock.today())
        flow_back(alerts)


def moved_on(alert: Alert, asked: Request, *, by: User) -> Alert:
    """Make a move after which the work goes on, and what follows it."""
    move(alert, asked, by=by)
    went_on([alert])
    return alert


def moved_to_end(alert: Alert, asked: Request, *, by: User) -> Alert:
    """Make a move that ends an alert, and what follows it. `asked` names outcome and reason."""
    move(alert, asked, by=by)
    ended([alert])
    return alert


def moved_many(alerts: Sequence[Alert], asked: Request, *, by: User) -> tuple[list[Result], list[Alert]]:
    """Make a move on many alerts; returns the result of each, and those that moved as they stand now."""
    results = move_many(alerts, asked, by=by)
    return results, fresh([result.key for result in results if result.moved])


def fresh(keys: Collection[int]) -> list[Alert]:
    """Return alerts as they stand now, with their households."""
    return list(Alert.objects.filter(pk__in=keys).select_related("household").order_by("pk"))
