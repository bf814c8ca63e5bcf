"""Follow-ups: the list of owed visits."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from assistance.followups import tables
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk.tables import answer


@door(Right.VIEW_CASES)
@require_GET
def follow_ups(request: StaffRequest) -> HttpResponse:
    """List the visits that monitored households of one's areas are owed."""
    page = tables.table().page(tables.rows_for(request.user), request)
    return answer(request, "assistance/follow_ups.html", page)
