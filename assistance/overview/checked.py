"""Enrolled of checked: the households whose warning somebody checked in the last year, and of them the enrolled.

As on the pages of standards (monitoring.outcomes), counted by household and by the day on which its warning ended.
"""

import datetime

from django.db.models import Q

from alerts.models import Alert
from assistance.models import Case
from assistance.querysets import CaseQuerySet
from assistance.removal.returning import IDENTIFIED
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.scope import within
from monitoring.outcomes.terms import ENROLLED, NOT_CHECKED, After

#: So many days are looked at, up to the day.
_DAYS = datetime.timedelta(days=365)


def enrolled_after_check(rows: CaseQuerySet) -> CaseQuerySet:
    """Keep the cases whose warning ended as enrolled in the last year; a corrected identification is none."""
    since = clock.today() - _DAYS
    return rows.filter(alert__outcome=ENROLLED, alert__closed_on__gte=since, state__in=IDENTIFIED)


def checked_households(user: User, area: str) -> int:
    """Count the households under an area whose warning somebody checked in the last year; 0 for who sees none."""
    since = clock.today() - _DAYS
    ended = Q(state="closed", merged_into__isnull=True, closed_on__gte=since) & ~Q(outcome__in=NOT_CHECKED)
    stands = Q(state__in=set(After.values) - NOT_CHECKED)
    rows = Alert.objects.visible_to(user).filter(within("area__code", [area])).filter(ended | stands)
    return rows.order_by().values("household").distinct().count()


def told(user: User, area: str) -> tuple[CaseQuerySet, int]:
    """Return the enrolled cases that `user` may see under an area, and how many households were checked there."""
    cases = Case.objects.visible_to(user).filter(within("area__code", [area]))
    return enrolled_after_check(cases), checked_households(user, area)
