"""What the board reads: the cases of an area with what a line of it says, and the villages with their counts."""

from typing import Any

from django.db.models import CharField, Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from assistance.lifecycle import HELD, RUNNING, UNDER_WAY
from assistance.measures.counting import measure_counts
from assistance.models import Case, CaseMember, Conclusion, FollowUp
from assistance.querysets import CaseQuerySet
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import within
from foundation.workflow.models import Course
from households.models import Resident, Visit
from households.models.households import HEAD


def board_rows(user: User, area: str) -> CaseQuerySet:
    """Return the cases under an area that `user` may see; no query per row.

    Each has `persons`, `visited_on` (when it was last met), `visit_due_on` (by when it is followed up), `path` (the
    chain it follows), `promised`, `landed` and `late` (measures) as annotations, and `held`, the conclusion that holds
    as long as the county has not decided.
    """
    heads = Prefetch(
        "household__residents", Resident.objects.present().filter(relation=HEAD), to_attr="heads"
    )
    counted = CaseMember.objects.filter(case=OuterRef("pk"), left_on__isnull=True).order_by().values("case")
    visits: Any = Visit.objects.filter(household=OuterRef("household"))
    last = visits.counting().filter(outcome=Visit.Outcome.MET).order_by().values("household")
    owed = FollowUp.objects.owed().filter(case=OuterRef("pk")).order_by()
    course = Course.objects.filter(
        model=Case._meta.label_lower, object_id=Cast(OuterRef("pk"), CharField())
    ).values("path")
    rows: CaseQuerySet = (
        Case.objects.visible_to(user)
        .filter(within("area__code", [area]))
        .select_related("household", "area", "alert")
        .annotate(
            persons=Coalesce(Subquery(counted.annotate(count=Count("pk")).values("count")), 0),
            visited_on=Subquery(last.annotate(last=Max("happened_on")).values("last")),
            visit_due_on=Subquery(owed.values("due_on")[:1]),
            path=Subquery(course[:1]),
            **measure_counts(),
        )
        .prefetch_related(heads, Prefetch("conclusions", Conclusion.objects.holding(), to_attr="held"))
    )
    return rows


def villages(user: User) -> QuerySet[Area]:
    """Return the living villages in which `user` may see cases, each with its counts as annotations."""
    here = Case.objects.filter(area=OuterRef("pk")).order_by().values("area")
    late = Q(step_due_on__lt=clock.today()) | Q(total_due_on__lt=clock.today())
    return (
        Area.objects.visible_to(user, Right.VIEW_CASES)
        .living()
        .filter(level=Level.VILLAGE)
        .annotate(
            running=_count(here.filter(state__in=RUNNING)),
            under_way=_count(here.filter(state__in=UNDER_WAY)),
            late=_count(here.filter(late, state__in=UNDER_WAY)),
            held=_count(here.filter(state__in=HELD)),
        )
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)
