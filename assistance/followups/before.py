"""Households whose risk was removed before this platform: they are visited again every year, as removed ones here.

The old register kept the month of the removal and no contact; no visit of that time is known here. So the first visit
is due on the first anniversary that is still ahead: nobody is late for what the platform could not know.
"""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from assistance.lifecycle import RUNNING
from assistance.models import Case, FollowUp
from assistance.removal.aftercare import MONTHS
from foundation.accounts import clock
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.working_days import add_months

#: Where a case stands that was over before this platform.
ENDED = "ended"
#: A standing that should never have begun (Standing.removal_way) leaves nobody to look after.
_WRONG = "corrected"
_AT_ONCE = 1_000


def keep(households: Collection[int] | None = None) -> None:
    """Owe after-care to households that were removed before, and no more where another case tells of them.

    Of some households, or (None) of all: the night makes good what a change of the register left.
    """
    owed = FollowUp.objects.owed().filter(case__state=ENDED)
    here = Case.objects.filter(state=ENDED)
    if households is not None:
        owed = owed.filter(case__household__in=households)
        here = here.filter(household__in=households)
    over = owed.exclude(case__in=looked_after(here).values("pk"))
    FollowUp.objects.filter(pk__in=list(over.values_list("pk", flat=True))).update(ended_on=clock.today())
    missing = looked_after(here).exclude(pk__in=owed.values("case"))
    keys = list(missing.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), _AT_ONCE):
        cases = Case.objects.filter(pk__in=keys[first : first + _AT_ONCE])
        rows = [next_visit(case, case.ended_on) for case in cases if case.ended_on is not None]
        FollowUp.objects.bulk_create([row for row in rows if row is not None], ignore_conflicts=True)


def looked_after(rows: QuerySet[Case]) -> QuerySet[Any]:
    """Keep the cases of removals before this platform of which no later case of the household tells."""
    others = Case.objects.filter(household=OuterRef("household")).exclude(pk=OuterRef("pk"))
    later = Q(state__in=RUNNING) | Q(state__in=(ENDED, "removed"), pk__gt=OuterRef("pk"))
    return rows.filter(
        ~Exists(others.filter(later)),
        ~Q(standing__removal_way=_WRONG),
        state=ENDED,
        ended_on__isnull=False,
        household__dissolved_on__isnull=True,
    )


def next_visit(case: Case, since: datetime.date) -> FollowUp | None:
    """Return the first after-care visit since a day that is not behind us; None where the area asks for none."""
    today = clock.today()
    answer = value(MONTHS, area=case.area_id, on=today)
    if answer.silent or not answer.amount:
        return None
    mark_used(answer)
    months = step = int(answer.amount)
    while (due := add_months(since, months)) < today:
        months += step
    return FollowUp(case=case, counts_from=since, due_on=due)
