"""What follows every move of an alert: its deadlines, who may see it, and where it ended or reopened, its outcome."""

from collections.abc import Collection, Sequence

from alerts import proposals
from alerts.models import Alert
from alerts.verification.due import set_due
from alerts.verification.neighbours import lend_to_visitors
from alerts.verification.outcomes import flow_back, outcome_of
from foundation.accounts.models import User
from foundation.workflow.move import Request, Result, move, move_many

#: Columns that say who is sent and what a visit said, empty again: where an alert begins anew.
NOBODY = {"visitor": None, "opened_by_visitor_at": None}
NO_VISIT = NOBODY | {
    "visit": None, "opinion": "", "reported_outcome": "", "recheck": "", "stands": False,
    "relook_on": None,
}  # fmt: skip


def follow(alerts: Sequence[Alert], *, by: User) -> None:
    """Follow alerts that stand somewhere else now: last days, what is lent to who goes, what findings are told."""
    if alerts:
        set_due(alerts, clues=False)
        lend_to_visitors(alerts, by=by)
        flow_back([alert.pk for alert in alerts], by=by)
        proposals.ended(alerts, by=by)


def advance(alert: Alert, asked: Request, *, by: User) -> Alert:
    """Make one move, and what follows it; nothing flows back of one that has no outcome now and had none before."""
    before = outcome_of(alert)
    move(alert, asked, by=by)
    set_due([alert], clues=False)
    lend_to_visitors([alert], by=by)
    if before or outcome_of(alert):
        flow_back([alert.pk], by=by)
    proposals.ended([alert], by=by)
    return alert


def moved_many(alerts: Sequence[Alert], asked: Request, *, by: User) -> tuple[list[Result], list[Alert]]:
    """Make a move on many alerts; returns the result of each, and those that moved as they stand now, by their keys.

    The caller calls `follow` with them, once it has written what else belongs to the move.
    """
    results = move_many(alerts, asked, by=by)
    homes = {alert.pk: alert.household for alert in alerts}
    moved = [result.row for result in results if result.moved]
    for row in moved:
        row.household = homes[row.pk]
    return results, sorted(moved, key=lambda row: row.pk)


def fresh(keys: Collection[int]) -> list[Alert]:
    """Return alerts as they stand now, with their households."""
    return list(Alert.objects.filter(pk__in=keys).select_related("household").order_by("pk"))
