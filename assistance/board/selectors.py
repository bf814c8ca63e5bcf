"""What the board reads: the cases of an area with what a line of it says, and the villages with their counts."""

from typing import Any

from django.db.models import CharField, Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from assistance.lifecycle import HELD, RUNNING, UNDER_WAY
from assistance.measures.counting import measure_counts
from assistance.models import Case, CaseMember, Conclusion, FollowUp, HelperClock, Measure, Removal
from assistance.plans.bare import BareRisks
from assistance.querysets import CaseQuerySet
from assistance.removal.aftercare import looked_after
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import within
from foundation.workflow.models import Course
from households.models import Resident, Visit
from households.models.households import HEAD

#: Last days of a board row, beside those of its own columns.
DAYS = ("visit_due_on", "removal_due_on", "aftercare_due_on", "helper_due_on", "answer_due_on")


def board_rows(user: User, area: str) -> CaseQuerySet:
    """Return the cases under an area that `user` may see; no query per row.

    Each has `persons`, `visited_on` (when it was last met), `path` (the chain it follows), `promised`, `landed` and
    `late` (measures), `bare` (codes of risks that its plan leaves without a measure) as annotations, and `held`, the
    conclusion that holds as long as the county has not decided; and last days of what is owed, null where nothing is:
    DAYS.
    """
    heads = Prefetch(
        "household__residents", Resident.objects.present().filter(relation=HEAD), to_attr="heads"
    )
    counted = CaseMember.objects.filter(case=OuterRef("pk"), left_on__isnull=True).order_by().values("case")
    visits: Any = Visit.objects.filter(household=OuterRef("household"))
    last = visits.counting().filter(outcome=Visit.Outcome.MET).order_by().values("household")
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
            **_days(),
            path=Subquery(course[:1]),
            bare=BareRisks(),
            **measure_counts(),
        )
        .prefetch_related(heads, Prefetch("conclusions", Conclusion.objects.holding(), to_attr="held"))
    )
    return rows


def _days() -> dict[str, Any]:
    """Return the last days of what households are owed, each as one subquery."""
    follow_up = FollowUp.objects.owed().filter(case=OuterRef("pk")).order_by()
    removal = Removal.objects.running().filter(case=OuterRef("pk")).order_by()
    care = looked_after(Removal.objects.filter(case=OuterRef("pk"))).order_by("-pk")
    helper = HelperClock.objects.running().filter(case=OuterRef("pk")).order_by()
    answer = Measure.objects.owed().filter(case=OuterRef("pk")).exclude(aid_records__state="recorded")
    return {
        "visit_due_on": Subquery(follow_up.values("due_on")[:1]),
        "removal_due_on": Subquery(removal.values("step_due_on")[:1]),
        "aftercare_due_on": Subquery(care.values("visit_due_on")[:1]),
        "helper_due_on": Subquery(helper.values("due_on")[:1]),
        "answer_due_on": Subquery(answer.order_by("due_on").values("due_on")[:1]),
    }


def on_board(rows: CaseQuerySet) -> CaseQuerySet:
    """Keep of board rows what the printed board shows: what runs, and removed households while they are looked after.

    field.md 3.16: a household stays on the board.
    """
    cared = Q(aftercare_due_on__isnull=False) | Q(state="ended", visit_due_on__isnull=False)
    return rows.filter(Q(state__in=RUNNING) | cared)


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
