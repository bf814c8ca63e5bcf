"""The doors to aid records, and to where promise and payment disagree: everything begins at `visible_to(user)`."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from assistance.querysets_of_help import of_cases, seen
from foundation.accounts.roles import Right
from foundation.accounts.scope import within

if TYPE_CHECKING:
    from assistance.models import AidExplanation, AidGap, AidRecord  # noqa: F401  (named in strings below)
    from foundation.accounts.models import User


class AidRecordQuerySet(models.QuerySet["AidRecord"]):
    """Aid records as their case is seen; a department sees those of the measures that it was asked for."""

    area_field = "case__area__code"

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep what `user` may see of cases, and what belongs to what their offices were asked."""
        if user.is_built_in:
            return self
        return self.filter(seen("case", user, right) | self._of_office(user))

    def living(self) -> Self:
        """Keep what was not struck out."""
        return self.filter(state="recorded")

    def running(self, on: datetime.date) -> Self:
        """Keep what is given every month and goes on in the month of a day."""
        month = on.replace(day=1)
        ends = Q(until_month__lt=month) | Q(stopped_month__lt=month)
        return self.living().filter(per="month", landed_on__lte=on).exclude(ends)

    def _of_office(self, user: "User") -> Q:
        found = Q(pk__in=[])
        for duty in user.duties():
            if duty.holds(Right.ANSWER_MEASURES) and duty.department:
                found |= within(self.area_field, [duty.area]) & Q(measure__department=duty.department)
        return found & Q(measure__asked_on__isnull=False)


class AidGapQuerySet(models.QuerySet["AidGap"]):
    """Differences of promised and paid, as their case is seen."""

    area_field = "case__area__code"

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep those of cases that `user` may see, lent ones included."""
        return self if user.is_built_in else of_cases(self, "case", user, right)


class AidExplanationQuerySet(models.QuerySet["AidExplanation"]):
    """Explanations, as their case is seen."""

    area_field = "case__area__code"

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep those of cases that `user` may see, lent ones included."""
        return self if user.is_built_in else of_cases(self, "case", user, right)

    def in_force(self) -> Self:
        """Keep what nobody has withdrawn."""
        return self.filter(withdrawn_on__isnull=True)
