"""The clocks of help: the plan within days of the decision, the first measure within months (domain.md 5.4)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from alerts.verification.due import Reckoner
from assistance.lifecycle import HELD
from assistance.models import AidRecord, Case, Measure, Plan
from assistance.querysets import CaseQuerySet
from foundation.accounts import clock
from foundation.accounts.models import User

#: Values of the area that say how long each may take.
PLAN_DAYS, FIRST_MONTHS = "plan_days", "first_measure_months"


@dataclass(frozen=True, slots=True)
class Due:
    """By when a case owes its plan and its first landed measure; None where it owes it no more, or never did."""

    plan: datetime.date | None
    first: datetime.date | None


def lacking_plan(user: User) -> CaseQuerySet:
    """Return the monitored households that `user` may see without a plan that holds or waits for approval."""
    plans = Plan.objects.filter(case=OuterRef("pk"), state__in=("submitted", "approved"))
    return _running(user).filter(~Exists(plans))


def lacking_first_measure(user: User) -> CaseQuerySet:
    """Return the monitored households that `user` may see of whose measures none has landed."""
    return _running(user).filter(~landed_here())


def landed_here() -> Q:
    """Say of a case (outer row) that help has landed: an office answered so, or aid is recorded."""
    answered = Measure.objects.filter(case=OuterRef("pk"), state="landed")
    return Q(Exists(answered)) | Q(Exists(AidRecord.objects.living().filter(case=OuterRef("pk"))))


def to_revisit(user: User) -> CaseQuerySet:
    """Return the monitored households that `user` may see whose plan said that a development measure comes later.

    Only those whose day has come: whether one is possible now is looked at again, and a new version says so.
    """
    plans = Plan.objects.in_force().filter(case=OuterRef("pk"), revisit_on__lte=clock.today())
    return Case.objects.visible_to(user).filter(Exists(plans), state__in=HELD)


def due_of(cases: Iterable[Case]) -> dict[int, Due]:
    """Return by case until when its plan and its first measure are due, where they are not there yet."""
    rows = list(cases)
    keys = [case.pk for case in rows]
    planned = set(
        Plan.objects.filter(case__in=keys, state__in=("submitted", "approved")).values_list("case", flat=True)
    )
    landed = set(Measure.objects.filter(case__in=keys, state="landed").values_list("case", flat=True))
    landed |= set(AidRecord.objects.living().filter(case__in=keys).values_list("case", flat=True))
    reckoner, found = Reckoner(clock.today()), {}
    for case in rows:
        runs = case.state in HELD and case.decided_on is not None and case.origin != Case.Origin.IMPORT
        found[case.pk] = Due(
            _last(reckoner, PLAN_DAYS, case) if runs and case.pk not in planned else None,
            _last(reckoner, FIRST_MONTHS, case) if runs and case.pk not in landed else None,
        )
    return found


def _last(reckoner: Reckoner, rule: str, case: Case) -> datetime.date | None:
    return reckoner.last(rule, case.area_id, case.decided_on) if case.decided_on else None


def _running(user: User) -> CaseQuerySet:
    """Return what a clock runs for: decided here; a case from before this platform is listed, not demanded."""
    return Case.objects.visible_to(user).filter(
        ~Q(origin=Case.Origin.IMPORT), state__in=HELD, decided_on__isnull=False
    )
