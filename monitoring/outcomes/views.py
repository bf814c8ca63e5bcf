"""What became of the rows that a department delivered."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk.tables import answer
from monitoring.deliveries.places import tabs_for
from monitoring.outcomes.tables import rows_for, table_for


@door(Right.DELIVER_DATA)
@require_GET
def outcomes(request: StaffRequest) -> HttpResponse:
    """List the outcomes of the rows that one's department delivered, the newest first."""
    page = table_for(request.user).page(rows_for(request.user), request)
    return answer(
        request, "monitoring/outcomes/outcomes.html", page, tabs=tabs_for(request.user, "outcomes:list")
    )
