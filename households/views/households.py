"""The list of households, and the page of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.tables import answer
from households.history import history_of
from households.models import Household
from households.openings import looked_at, record_opening
from households.page import may, page_of
from households.panels import panels_for
from households.places import HOUSEHOLD
from households.tables import rows_for, table
from households.words import Words


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_GET
def households(request: StaffRequest) -> HttpResponse:
    """List the households of one's areas; dissolved ones for who asks for them."""
    rows = rows_for(request.user)
    if not request.GET.get("dissolved"):
        rows = rows.filter(dissolved_on__isnull=True)
    return answer(request, "households/households.html", table(Words(), request.user).page(rows, request))


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_GET
def household(request: StaffRequest, pk: int) -> HttpResponse:
    """Show everything about one household; that somebody looked is an entry in the record."""
    rows = Household.objects.select_related("area", "stay_area", "phone", "revision")
    row = get_visible_or_404(rows, request.user, pk=pk)
    record_opening(row, by=request.user)
    page, allowed = page_of(row), may(row, request.user)
    members = [each.resident for each in (*page.members, *page.former)]
    context = {
        "page": page,
        "may": allowed,
        "panels": panels_for(row, request.user),
        "steps": history_of(row, members, request.user),
        "looked": looked_at(row, request.user) if allowed.see_who_looked else [],
    }
    return render(request, "households/household.html", context)
