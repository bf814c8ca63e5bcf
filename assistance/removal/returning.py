"""Who came back within a year of the removal of the risk: rolled back, or identified again (field.md 5.6).

A year is 365 days from the day of the decision. A new case that the county has not decided, or that was a wrong
identification, is no return.
"""

import datetime
from collections.abc import Collection, Mapping

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast

from assistance.lifecycle import HELD
from assistance.models import Case, Removal
from assistance.querysets_of_removals import RemovalQuerySet
from foundation.accounts import clock
from foundation.workflow.models import Passage
from monitoring.outcomes.courses import Course

#: A household that comes back within so many days of its removal counts as returned (one year).
WITHIN = datetime.timedelta(days=365)
_ROLLED_BACK = "confirm_rollback"
#: Where a case stands whose household was identified, and not by mistake.
IDENTIFIED = (*HELD, "removed")


def came_back(rows: RemovalQuerySet) -> RemovalQuerySet:
    """Keep the removals whose household came back within a year of the decision."""
    last = OuterRef("decided_on") + WITHIN
    passages = Passage.objects.filter(
        model=Removal._meta.label_lower,
        object_id=Cast(OuterRef("pk"), CharField()),
        verb=_ROLLED_BACK,
        happened_on__lte=last,
    )
    again = Case.objects.filter(
        household=OuterRef("case__household"),
        decided_on__gt=OuterRef("decided_on"),
        decided_on__lte=last,
        state__in=IDENTIFIED,
    ).exclude(pk=OuterRef("case"))
    return rows.filter(removed_on__isnull=False).filter(Exists(passages) | Exists(again))


def of_this_year(rows: RemovalQuerySet) -> RemovalQuerySet:
    """Keep the removals of the last 365 days whose household is back already: what the overview counts and lists."""
    return came_back(rows.filter(decided_on__gte=clock.today() - WITHIN))


def of_warnings(alerts: Collection[int]) -> Mapping[int, Course]:
    """Return what became of the households of warnings that were enrolled (COURSES_OF_WARNINGS); three queries."""
    cases = Case.objects.filter(alert__in=alerts, decided_on__isnull=False, state__in=IDENTIFIED)
    of = dict(cases.values_list("pk", "alert"))
    removed = Removal.objects.filter(case__in=of, removed_on__isnull=False)
    ever = set(removed.values_list("case", flat=True))
    back = set(came_back(removed).values_list("case", flat=True))
    return {alert: Course(case in ever, case in back) for case, alert in of.items() if alert is not None}
