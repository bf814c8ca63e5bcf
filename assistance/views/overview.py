"""Help and removal of an area at a glance: its numbers, the ten that have waited longest, and the areas below."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from assistance.overview.longest import longest
from assistance.overview.numbers import numbers
from assistance.overview.sheet import taken
from assistance.views.data_checks import area_of
from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import Area
from foundation.accounts.roles import Level, Right
from foundation.accounts.selectors import breadcrumb
from foundation.desk.area_page import crumbs
from foundation.files.answers import download


@door(Right.VIEW_CASES)
@require_GET
def overview(request: StaffRequest, code: str = "") -> HttpResponse:
    """Show an area of one's own; a link leads to each one below it, and each number to its list."""
    area = area_of(request, code)
    below = Area.objects.visible_to(request.user, Right.VIEW_CASES).living().filter(parent=area)
    context = {
        "area": area,
        "on": clock.today(),
        "crumbs": crumbs(breadcrumb(area), request.user),
        "numbers": numbers(request.user, area.code),
        "longest": longest(request.user, area.code),
        "below": below.order_by("code") if area.level < Level.VILLAGE else (),
    }
    return render(request, "assistance/overview.html", context)


@door(Right.VIEW_CASES)
@require_POST
def overview_sheet(request: StaffRequest, code: str) -> HttpResponseBase:
    """Hand the overview of an area out as a workbook."""
    made = taken(area_of(request, code), by=request.user)
    return download(made.pieces, name=made.name, media_type=made.media_type, size=made.size)
