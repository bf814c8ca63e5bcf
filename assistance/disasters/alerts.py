"""Warnings of a disaster do not flood the queue: they are put off while its households are worked on as one event.

Only warnings that rest on this disaster alone. What is found once the case is open comes to the case; the night after
their day wakes them. They end when the case of the household does.
"""

import datetime
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from alerts import selectors, snoozing
from alerts.models import Alert, Signal
from alerts.verification.moved import follow, moved_many
from assistance.models import Case, Disaster, DisasterHousehold
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.workflow.move import Request
from monitoring.followers import TakenUp
from monitoring.models import Run
from monitoring.screening.terms import EventKind

#: Nobody has been sent to these; a household that somebody is on the way to keeps its warning in the queue.
_BEFORE_THE_VISIT = ("raised", "dispatched")
#: What the end of a case says of its warning; other ends leave it to the queue.
_OUTCOMES = {"enrolled": "enrolled", "unharmed": "not_eligible", "declined": "not_eligible"}
_SYSTEM = "system"


def set_aside(disaster: Disaster, *, by: User) -> int:
    """Put off the warnings of this event whose households have a case; by the platform. Returns how many."""
    listed = DisasterHousehold.objects.living().filter(disaster=disaster, case__isnull=False)
    waiting = list(_of_event(disaster, listed).filter(snoozed_until__isnull=True))
    if not waiting:
        return 0
    until = clock.today() + datetime.timedelta(days=snoozing.LONGEST)
    reason = _("Worked on together as a disaster: %(name)s.") % {"name": disaster.name}
    results = snoozing.snooze_many(waiting, until, reason[:200], by=User.objects.built_in(_SYSTEM))
    return sum(result.moved for result in results)


def after_comparison(run: Run, *, by: User) -> TakenUp:
    """Put off what a run has raised about households of a disaster (monitoring.followers.ComparisonFollower)."""
    if not run.looks_back:
        since = clock.today() - datetime.timedelta(days=snoozing.LONGEST)
        for disaster in Disaster.objects.filter(happened_on__gte=since):
            set_aside(disaster, by=by)
    return TakenUp()


def after_moves(cases: Sequence[Case], *, by: User) -> None:
    """Close the warnings of a disaster with the cases that it opened (CASE_FOLLOWERS)."""
    ended = [case for case in cases if case.origin == Case.Origin.DISASTER and case.state in _OUTCOMES]
    rows = (
        DisasterHousehold.objects.filter(case__in=ended).select_related("disaster", "case") if ended else ()
    )
    for row in rows:
        for alert in _of_event(row.disaster, DisasterHousehold.objects.filter(pk=row.pk)):
            if row.case is not None:
                _close(alert, _OUTCOMES[row.case.state], row.disaster)


def _close(alert: Alert, outcome: str, disaster: Disaster) -> None:
    """End the warning of a household whose case is over; quiet as long as its standards are after any end."""
    reason = _("Decided as a disaster: %(name)s.") % {"name": disaster.name}
    told = {"outcome": outcome}
    writes = told | {"closed_on": clock.today(), "quiet_until": selectors.quiet_until(alert)}
    asked = Request("close", reason=reason[:200], given=told, writes=writes, details=told)
    system = User.objects.built_in(_SYSTEM)
    _results, moved = moved_many([alert], asked, by=system)
    follow(moved, by=system)


def _of_event(disaster: Disaster, listed: QuerySet[DisasterHousehold]) -> QuerySet[Alert]:
    """Return the open warnings, with nobody on the way, that rest on this event and nothing else."""
    signals = Signal.objects.living().filter(alert=OuterRef("pk"))
    strange = ~Q(event_kind=EventKind.DISASTER) | Q(day__lt=disaster.happened_on)
    rows = Alert.objects.open().filter(
        state__in=_BEFORE_THE_VISIT, household__in=listed.order_by().values("household")
    )
    return (
        rows.filter(Exists(signals), ~Exists(signals.filter(strange)))
        .order_by("pk")
        .select_related("household")
    )
