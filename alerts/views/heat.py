"""The heat list: where and with whom open warnings pile up."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from alerts.verification import heat, urging
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk.tables import answer


@door(Right.VIEW_ALERTS)
@require_GET
def areas(request: StaffRequest) -> HttpResponse:
    """List the townships (or one's own villages) with open warnings, the most overdue first."""
    page = heat.areas_table(request.user).page(heat.areas(request.user), request)
    return answer(request, "alerts/heat.html", page, by_person=False, urge=urging.label_for(request.user))


@door(Right.VIEW_ALERTS)
@require_GET
def people(request: StaffRequest) -> HttpResponse:
    """List who visits for open warnings, the most overdue first."""
    page = heat.people_table(request.user).page(heat.people(request.user), request)
    return answer(request, "alerts/heat.html", page, by_person=True, urge=urging.label_for(request.user))
