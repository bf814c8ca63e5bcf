"""The queue, and the list of every alert."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from alerts.tables import rows_for, table
from alerts.verification import urging
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk.tables import answer


@door(Right.VIEW_ALERTS)
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """List the open alerts of one's areas, the most urgent first; the keyboard moves through them."""
    page = table(request.user).page(rows_for(request.user).open(), request)
    may_report = request.user.holds(Right.REPORT_CONCERNS)
    return answer(
        request,
        "alerts/queue.html",
        page,
        may_report=may_report,
        everything=False,
        may_urge=urging.label_for(request.user),
    )


@door(Right.VIEW_ALERTS)
@require_GET
def everything(request: StaffRequest) -> HttpResponse:
    """List every alert of one's areas, ended ones included, the newest first."""
    page = table(request.user, everything=True).page(rows_for(request.user), request)
    may_report = request.user.holds(Right.REPORT_CONCERNS)
    return answer(request, "alerts/queue.html", page, may_report=may_report, everything=True)
