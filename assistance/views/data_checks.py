"""Data checks: what is doubted of monitored households below an area, by rule, its trend, and the list of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from assistance.data_checks import counting, matrix_table, tables
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import Area
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.accounts.selectors import breadcrumb
from foundation.desk import focus
from foundation.desk.area_page import crumbs
from foundation.desk.tables import answer
from households.quality.sparkline import drawn
from households.quality.views.overview import checkable
from households.quality.views.rules import source_in_words

SPANS = ("days", "months")


@door(Right.VIEW_CASES)
@require_GET
def data_checks(request: StaffRequest, code: str = "") -> HttpResponse:
    """Show the matrix of the areas below one, the trend, and what waits as a list with its export."""
    area = area_of(request, code)
    before = request.GET.get("old") == "yes"
    found = counting.findings(request.user, area.code, before=before)
    page = tables.table().page(tables.with_cases(counting.findings(request.user, area.code)), request)
    return answer(
        request,
        "assistance/data_checks.html",
        page,
        area=area,
        crumbs=crumbs(breadcrumb(area), request.user),
        before=before,
        matrix=counting.matrix(found, area),
        unasked=[(each, source_in_words(each.source)) for each in counting.unasked()],
        partly=counting.partly(),
        may_check=bool(checkable(request.user)),
        **_trend(request, area, found),
    )


@door(Right.VIEW_CASES)
@require_GET
def matrix(request: StaffRequest, code: str) -> HttpResponse:
    """Show how much waits by area and rule as a list, with its export."""
    area = area_of(request, code)
    before = request.GET.get("old") == "yes"
    found = counting.findings(request.user, area.code, before=before)
    counts = matrix_table.Counts(counting.matrix(found, area), area)
    page = matrix_table.table(counts).page(counts.areas(request.user), request)
    return answer(request, "assistance/data_check_matrix.html", page, area=area)


def _trend(request: HttpRequest, area: Area, found: Any) -> dict[str, Any]:
    """Return the line and its numbers, for all cases and for those from before this platform."""
    asked = request.GET.get("span", "")
    span = asked if asked in SPANS else SPANS[0]
    wanted = counting.days(span)
    points = counting.trend(found, wanted)
    change = points[-1].waiting - points[0].waiting if points else 0
    return {"span": span, "points": points, "line": drawn(points), "change": change}


def area_of(request: StaffRequest, code: str) -> Area:
    """Return the area that is asked for, the one looked at, or the first of one's own."""
    mine = Area.objects.visible_to(request.user, Right.VIEW_CASES)
    wanted = code or focus.current(request) or min(prefixes(request.user, Right.VIEW_CASES), default="")
    return get_object_or_404(mine, code=wanted)
