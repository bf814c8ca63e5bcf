"""The review of a visit: what was known and what was found, side by side."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alerts.models import Alert
from alerts.verification.comparing import review_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from households.openings import record_opening


@door(Right.REVIEW_VISITS)
@require_GET
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a reported visit to who reviews it; that somebody looked is an entry in the record."""
    rows = Alert.objects.visible_to(request.user, Right.REVIEW_VISITS)
    rows = rows.select_related("household", "area", "visit__questionnaire", "visit__household", "visit__area")
    row = get_visible_or_404(rows, request.user, pk=pk)
    record_opening(row.household, by=request.user, through="review")
    return render(request, "alerts/review.html", {"page": review_of(row, request.user)})
