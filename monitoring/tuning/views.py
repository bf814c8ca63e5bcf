"""Answering that a standard needs tuning."""

from django.http import HttpResponse

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from monitoring.models import TuningRequest
from monitoring.tuning import asking


@door(Right.RUN_COMPARISON)
@once
def tuning_move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Say with a reason that a standard is changed, or that it stays as it is."""
    rows = TuningRequest.objects.visible_to(request.user, Right.RUN_COMPARISON)
    found = get_visible_or_404(rows.select_related("asked_by", "standard"), request.user, pk=pk)
    page = Page(
        then=asking.page_of(found),
        run=lambda seen, given: asking.answer(seen, given, by=request.user),
        calm=True,
    )
    return move_page(request, found, verb, page)
