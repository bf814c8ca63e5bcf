"""The scorecard of departments: one month, one area."""

from django.http import HttpResponse

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk.tables import answer
from monitoring.deliveries.places import tabs_for
from monitoring.deliveries.scorecard import departments_of, months, table_for
from monitoring.duties import areas_with_lists
from monitoring.views.duties import area_asked


@door(Right.VIEW_DATASETS)
def scorecard(request: StaffRequest) -> HttpResponse:
    """Show for each department whether its data came in time, what was rejected and what was matched."""
    area, choices = area_asked(request), months(clock.today())
    month = request.GET.get("month", "")
    month = month if month in choices else choices[0]
    page = table_for(area, month, request.user).page(departments_of(request.user), request)
    return answer(
        request,
        "monitoring/scorecard.html",
        page,
        area=area,
        areas=areas_with_lists(request.user),
        month=month,
        months=choices,
        tabs=tabs_for(request.user, "monitoring:scorecard"),
    )
