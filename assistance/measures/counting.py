"""How many measures a case has: promised, landed, late; as annotations of a list, so that no line asks for itself."""

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from assistance.models import Measure


def measure_counts() -> dict[str, Any]:
    """Return the annotations `promised`, `landed` and `late` of a queryset of cases.

    Promised is what was neither refused nor taken back; landed, what its office answered so or aid is recorded for;
    late, what neither the office answered in time nor anybody recorded.
    """
    here = Measure.objects.filter(case=OuterRef("pk"))
    recorded = Q(aid_records__state="recorded")
    return {
        "promised": _count(here.exclude(state__in=("withdrawn", "refused"))),
        "landed": _count(here.filter(Q(state="landed") | recorded)),
        "late": _count(here.overdue().exclude(recorded)),
    }


def _count(rows: Any) -> Coalesce:
    counted = rows.order_by().values("case").annotate(count=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("count")), 0)
