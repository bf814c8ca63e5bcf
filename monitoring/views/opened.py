"""Who opened the rows that a department delivered."""

from django.http import HttpResponse

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk.tables import answer
from monitoring.deliveries.opened import openings_of, table_for, tallies
from monitoring.deliveries.places import tabs_for


@door(Right.VIEW_DATASETS)
def opened(request: StaffRequest) -> HttpResponse:
    """List who opened which rows, when and why, from the record of acts."""
    entries = openings_of(request.user)
    return answer(
        request,
        "monitoring/opened.html",
        table_for(request.user, entries).page(entries, request),
        tallies=tallies(entries),
        tabs=tabs_for(request.user, "monitoring:opened"),
    )
