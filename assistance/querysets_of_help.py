"""The doors to measures and plans: everything begins at `visible_to(user)`."""

import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from assistance.lifecycle_of_help import STANDING, WAITING
from assistance.measures.lasting import standing_on
from foundation.accounts import clock
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within

if TYPE_CHECKING:
    from assistance.models import Measure, Plan, PlanLine, ToldDeadline  # noqa: F401  (named in strings below)
    from foundation.accounts.models import User

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


class _MonthOf(models.Func):
    """The first day of the month of a day; TruncMonth cannot ask the row around it."""

    template = "date_trunc('month', %(expressions)s)::date"
    output_field = models.DateField()


def of_cases(rows: Rows, path: str, user: "User", right: Right | None) -> Rows:
    """Keep rows of cases in scope or lent; `path` leads to the case."""
    return rows.filter(seen(path, user, right))


def seen(path: str, user: "User", right: Right | None) -> Q:
    """Say which rows lie in the scope of `user` or are lent to them; `path` leads to the case."""
    from assistance.models import Case  # noqa: PLC0415  (models are built on these querysets)

    inside = within(f"{path}__area__code", prefixes(user, right or Right.VIEW_CASES))
    lent = Case.objects.lent_to(user)
    return inside | Q(**{f"{path}__in": lent}) if lent else inside


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Measures as their case is seen; a department sees what it was asked for, and nothing that is only proposed."""

    area_field = "case__area__code"

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep what `user` may see of cases, and what the departments that they work for were asked."""
        if user.is_built_in:
            return self
        return self.filter(seen("case", user, right) | self._asked_of(user))

    def asked_of(self, user: "User") -> Self:
        """Keep what the offices of `user` were asked: their departments, or their township."""
        return self.filter(self._asked_of(user))

    def _asked_of(self, user: "User") -> Q:
        found = Q(pk__in=[])
        for duty in user.duties():
            if duty.holds(Right.ANSWER_MEASURES):
                office = Q(department=duty.department) if duty.department else Q(department__isnull=True)
                own = within(self.area_field, [duty.area]) & Q(kept_area__isnull=True)
                found |= (own | within("kept_area__code", [duty.area])) & office
        return found & ~Q(state="proposed") & Q(asked_on__isnull=False)

    def with_aid(self) -> Self:
        """Read with each measure `first_aid`, the first day on which an aid record says that it landed."""
        from assistance.models import AidRecord  # noqa: PLC0415  (models are built on these querysets)

        rows = AidRecord.objects.living().filter(measure=models.OuterRef("pk")).order_by("landed_on")
        return self.annotate(first_aid=models.Subquery(rows.values("landed_on")[:1]))

    def without_record(self) -> Self:
        """Keep what landed and nobody recorded as aid: neither under it, nor as the same help for the same person.

        The same help counts where it was given once since the tick, or by the month in the month of the answer.
        """
        from assistance.models import AidRecord  # noqa: PLC0415  (models are built on these querysets)

        outer, month = models.OuterRef, _MonthOf(models.OuterRef("landed_on"))
        own = Q(measure=outer("pk"))
        once = Q(measure__isnull=True, per="once", landed_on__gte=outer("ticked_on"))
        monthly = Q(per="month") & ~Q(Q(until_month__lt=month) | Q(stopped_month__lt=month))
        rows = AidRecord.objects.living().filter(case=outer("case")).annotate(whom=Coalesce("resident", 0))
        same = Q(code=outer("code"), whom=Coalesce(outer("resident"), 0)) & (once | monthly)
        return self.filter(~models.Exists(rows.filter(own | same)), state="landed")

    def standing(self) -> Self:
        """Keep what was neither refused nor taken back."""
        return self.filter(state__in=STANDING)

    def standing_on(self, day: datetime.date) -> Self:
        """Keep what is help on a day: asked for, or landed and not over."""
        return self.filter(standing_on(day))

    def waiting(self) -> Self:
        """Keep what is to be asked or to be answered."""
        return self.filter(state__in=WAITING)

    def owed(self) -> Self:
        """Keep what waits for the answer of its office."""
        return self.filter(state="asked")

    def overdue(self) -> Self:
        """Keep what should have been answered by now."""
        return self.owed().filter(due_on__lt=clock.today())


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans as their case is seen."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep the plans of cases that `user` may see, lent ones included."""
        return of_cases(self, "case", user, right)

    def waiting(self) -> Self:
        """Keep what waits for the township."""
        return self.filter(state="submitted")

    def in_force(self) -> Self:
        """Keep the version that holds of each case."""
        return self.filter(state="approved")


class PlanLineQuerySet(models.QuerySet["PlanLine"]):
    """Lines of plans, seen as their case is."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep the lines of cases that `user` may see, lent ones included."""
        return of_cases(self, "plan__case", user, right)


class ToldDeadlineQuerySet(models.QuerySet["ToldDeadline"]):
    """What was told of as overdue, seen as its case is."""

    def visible_to(self, user: "User", right: Right | None = None) -> Self:
        """Keep what belongs to cases that `user` may see, lent ones included."""
        return of_cases(self, "case", user, right)
