"""The page of one case, and the list of cases."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assistance.models import Case
from assistance.page import page_of
from assistance.places import CASE
from assistance.tables import newest, rows_for, table
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.tables import answer
from households.openings import record_opening


@door(Right.VIEW_CASES, lent=CASE)
@require_GET
def cases(request: StaffRequest) -> HttpResponse:
    """List the cases of one's areas, the newest first."""
    page = table(request.user).page(rows_for(request.user), request)
    return answer(request, "assistance/cases.html", page, newest=newest())


@door(Right.VIEW_CASES, lent=CASE)
@require_GET
def case(request: StaffRequest, pk: int) -> HttpResponse:
    """Show where a case stands and what may be done; that somebody looked is an entry in the record."""
    rows = Case.objects.select_related("household", "area", "alert")
    row = get_visible_or_404(rows, request.user, pk=pk)
    record_opening(row.household, by=request.user, through="case")
    return render(request, "assistance/case.html", {"page": page_of(row, request.user)})
