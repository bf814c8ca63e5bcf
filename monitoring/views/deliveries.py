"""Deliveries: the list, and the report of each."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.tables import answer
from foundation.desk.views.jobs import context_of
from monitoring.deliveries import report
from monitoring.deliveries.looks import badge_of, share_of, title_of
from monitoring.deliveries.places import tabs_for
from monitoring.deliveries.tables import DELIVERIES, deliveries_of
from monitoring.models import Delivery
from monitoring.proposals.unplaced import Unplaced, unplaced
from monitoring.proposals.wording import EVENTS
from monitoring.selectors import may_deliver, office_of


@door(Right.VIEW_DATASETS)
def deliveries(request: StaffRequest) -> HttpResponse:
    """List what was delivered, the newest first."""
    page = DELIVERIES.page(deliveries_of(request.user), request)
    return answer(
        request,
        "monitoring/deliveries.html",
        page,
        tabs=tabs_for(request.user, "monitoring:deliveries"),
        may_hand_in=request.user.holds(Right.DELIVER_DATA),
    )


@door(Right.VIEW_DATASETS)
def delivery(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what was taken of a file, what was not and why, and what may be done with it."""
    rows = Delivery.objects.select_related("dataset__department", "area", "by")
    row = get_visible_or_404(rows, request.user, pk=pk)
    context = {
        "delivery": row,
        "title": title_of(row),
        "state": badge_of(row),
        "office": office_of(row.dataset) if not row.dataset.withdrawn else row.dataset.department.called,
        "rejected": report.rejected_by_reason(row),
        "rejected_share": report.rejected_share(row),
        "matched_share": share_of(row.matched, row.rows_accepted),
        "moves": report.moves_of(row, request.user),
        "acts": report.acts_of(row, request.user),
        "events": report.happened_to(row),
        "linked": report.linked_to(row, request.user),
        "batch": report.batch_of(row),
        "unplaced": _unplaced(row),
        "opens_rows": may_deliver(request.user, row.dataset, row.area_id),
        "progress_of": _job(request, row) if row.state == "received" else None,
    }
    return render(request, "monitoring/delivery.html", context)


def _job(request: StaffRequest, row: Delivery) -> dict[str, Any] | None:
    """Return how far the reading has come, for who asked for it and who watches the work of the area."""
    try:
        return context_of(request, row.job) if row.job else None
    except Http404:
        return None


def _unplaced(row: Delivery) -> list[tuple[str, Unplaced]]:
    """Return what was registered of whom nobody knows to which household they came, with the event in words."""
    return [(str(EVENTS[each.event]), each) for each in unplaced(row)]
