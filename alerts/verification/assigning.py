"""Hand alerts over and back: to the township, to who visits, up to the county again; one by one or thousands.

Each goes through the table of moves; what happens to many has a result for each.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.notices import tell_dispatchers, tell_township, tell_visitor
from alerts.verification.moved import NO_VISIT, advance, follow, moved_many
from alerts.verification.visitors import assignable, may_go
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level
from foundation.workflow.move import Request, Result

__all__ = [
    "assign",
    "assign_many",
    "assignable",
    "dispatch_many",
    "reassign",
    "recall",
    "report_up",
    "take_up",
]
#: With which move somebody is sent from where an alert stands.
_SENDS = {"raised": "send", "dispatched": "assign", "assigned": "reassign", "returned": "reassign"}


@transaction.atomic
def dispatch_many(alerts: Sequence[Alert], by: User) -> list[Result]:
    """Hand many alerts over to their townships; each township is told once how many."""
    results, moved = moved_many(alerts, Request("dispatch"), by=by)
    follow(moved, by=by)
    for township, count in Counter(alert.township for alert in moved).items():
        tell_township(township, count)
    return results


@transaction.atomic
def take_up(alert: Alert, asked: Request, *, by: User) -> Alert:
    """Let the township take up what the county has not dispatched, where its path has that."""
    return advance(alert, asked, by=by)


def assign(alert: Alert, visitor: User, *, by: User, on: datetime.date | None = None) -> Alert:
    """Send somebody to the household: the township, or where the path has it the county straight to the village."""
    return _sent(alert, _SENDS.get(alert.state, "assign"), visitor, by=by, on=on)


def reassign(alert: Alert, visitor: User, *, by: User, on: datetime.date | None = None) -> Alert:
    """Send somebody else."""
    return _sent(alert, "reassign", visitor, by=by, on=on)


@transaction.atomic
def assign_many(alerts: Sequence[Alert], visitor_of: Callable[[Alert], User], by: User) -> list[Result]:
    """Send people to many households: `visitor_of` names who goes. Each visitor is told once how many."""
    allowed = may_go(alerts)
    groups: dict[tuple[str, int], list[Alert]] = defaultdict(list)
    people: dict[int, User] = {}
    results: dict[int, Result] = {}
    for alert in alerts:
        visitor = visitor_of(alert)
        if visitor.pk in allowed[alert.pk]:
            people[visitor.pk] = visitor
            groups[_SENDS.get(alert.state, "assign"), visitor.pk].append(alert)
        else:
            results[alert.pk] = Result(alert.pk, _nobody_goes())
    told: Counter[int] = Counter()
    for (verb, key), some in groups.items():
        done, moved = moved_many(some, _sending(verb, people[key]), by=by)
        results |= {result.key: result for result in done}
        follow(moved, by=by)
        told[key] += len(moved)
    for key, count in told.items():
        if count:
            tell_visitor(people[key], count)
    return [results[alert.pk] for alert in alerts]


@transaction.atomic
def recall(alert: Alert, reason: str, by: User) -> Alert:
    """Take an alert back to the county, which dispatches it anew."""
    return advance(alert, Request("recall", reason=reason, writes=NO_VISIT), by=by)


@transaction.atomic
def report_up(alert: Alert, reason: str, by: User) -> Alert:
    """Hand an alert back to the county, and tell who dispatches there."""
    advance(alert, Request("report_up", reason=reason, writes=NO_VISIT), by=by)
    tell_dispatchers(alert.area_id[: Level.COUNTY], 1, but=by)
    return alert


@transaction.atomic
def _sent(alert: Alert, verb: str, visitor: User, *, by: User, on: datetime.date | None) -> Alert:
    if visitor.pk not in may_go([alert])[alert.pk]:
        raise _nobody_goes()
    if verb == "reassign" and visitor.pk == alert.visitor_id:
        raise Refused(_("This person is sent already: choose somebody else."), field="visitor")
    advance(alert, _sending(verb, visitor, on), by=by)
    tell_visitor(visitor)
    return alert


def _sending(verb: str, visitor: User, on: datetime.date | None = None) -> Request:
    given: dict[str, Any] = {"visitor": visitor.pk}
    writes = {"visitor": visitor.pk, "opened_by_visitor_at": None}
    return Request(verb, on=on, given=given, writes=writes, details=given)


def _nobody_goes() -> Refused:
    return Refused(
        _("Choose somebody who visits households in this village and is not of the household's kin."),
        field="visitor",
    )
