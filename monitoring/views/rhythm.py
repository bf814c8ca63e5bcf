"""What is due in an area, and the calendar of one dataset there."""

from django.http import HttpResponse
from django.shortcuts import render

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.tables import answer
from monitoring.contracts import words
from monitoring.deliveries.places import tabs_for
from monitoring.duties import areas_with_lists
from monitoring.models import Dataset
from monitoring.rhythm.expecting import Expectations
from monitoring.rhythm.reminding import place_of
from monitoring.rhythm.tables import badge_of, due_datasets, table_for
from monitoring.selectors import may_deliver
from monitoring.views.duties import area_asked


@door(Right.VIEW_DATASETS)
def rhythm(request: StaffRequest) -> HttpResponse:
    """Show which deliveries of an area are there, late, or missing."""
    area = area_asked(request)
    page = table_for(area, request.user).page(due_datasets(request.user), request)
    return answer(
        request,
        "monitoring/rhythm.html",
        page,
        area=area,
        areas=areas_with_lists(request.user),
        tabs=tabs_for(request.user, "monitoring:rhythm"),
    )


@door(Right.VIEW_DATASETS)
def calendar(request: StaffRequest, dataset: str) -> HttpResponse:
    """Show the spans of one dataset in an area, each with the delivery that filled it."""
    rows = Dataset.objects.visible_to(request.user)
    row = get_visible_or_404(rows.declared().select_related("department"), request.user, pk=dataset)
    area = area_asked(request)
    delivers = may_deliver(request.user, row, area.code)
    spans = [
        {
            "expected": each,
            "badge": badge_of(each),
            "hand_in": place_of(each) if delivers and each.slot.ended(clock.today()) else "",
        }
        for each in Expectations(area.code, [row]).of(row)
    ]
    context = {
        "dataset": row,
        "area": area,
        "areas": areas_with_lists(request.user),
        "rhythm": words.rhythm(row.contract.rhythm),
        "spans": spans,
    }
    return render(request, "monitoring/calendar.html", context)
