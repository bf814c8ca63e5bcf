"""The queue, and the list of every alert."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alerts import looking, selectors
from alerts.bulk.acts import offered_acts
from alerts.filters import LIST
from alerts.models import Alert
from alerts.page import page_of
from alerts.querysets import AlertQuerySet
from alerts.tables import rows_for, table
from alerts.verification import urging
from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk import saved_views
from foundation.desk.tables import answer
from households.openings import record_opening


@door(Right.VIEW_ALERTS)
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    """List the open alerts of one's areas, the most urgent first; the keyboard moves through them."""
    page = table(request.user).page(_open_rows(request.user, request.GET), request)
    looking.remember(request)
    return answer(request, "alerts/queue.html", page, **_beside(request, everything=False))


@door(Right.VIEW_ALERTS)
@require_GET
def view_counts(request: StaffRequest) -> HttpResponse:
    """Say how many warnings each view of the queue has now: the part of the page that asks again about every minute."""
    user = request.user
    views = saved_views.counted(
        table(user), lambda asked: _open_rows(user, asked), request, reverse("alerts:queue")
    )
    return render(request, "components/table_views.html", {"table": {"views": views}})


@door(Right.VIEW_ALERTS)
@require_GET
def everything(request: StaffRequest) -> HttpResponse:
    """List every alert of one's areas, ended ones included, the newest first."""
    page = table(request.user, everything=True).page(rows_for(request.user), request)
    looking.remember(request)
    return answer(request, "alerts/queue.html", page, **_beside(request, everything=True))


@door(Right.VIEW_ALERTS)
@require_GET
def following(request: StaffRequest, pk: int) -> HttpResponse:
    """Open the warning that follows this one in the view that was looked through last."""
    row = get_visible_or_404(Alert.objects, request.user, pk=pk)
    next_one = looking.after(row, request)
    if next_one is None:
        messages.info(request, _("That was the last warning of this view."))
        return redirect(looking.back(request))
    return redirect("alerts:alert", pk=next_one.pk)


@door(Right.VIEW_ALERTS)
@require_GET
def glance(request: StaffRequest, pk: int) -> HttpResponse:
    """Say beside the queue why a household is warned about; that somebody looked is an entry in the record."""
    row = get_visible_or_404(Alert.objects.select_related("household", "area"), request.user, pk=pk)
    record_opening(row.household, by=request.user, through="alert")
    return render(request, "alerts/glance.html", {"page": page_of(row, request.user)})


def _open_rows(user: User, asked: QueryDict) -> AlertQuerySet:
    """Return the rows of the queue before its filters: what is put off stands there only for who asks for it."""
    rows = rows_for(user).open()
    return rows if asked.get("snoozed") else rows.awake(clock.today())


def _beside(request: StaffRequest, *, everything: bool) -> dict[str, Any]:
    """Return what stands around the list: what the reader may do with rows that are ticked, and what is newest."""
    user, asleep = request.user, request.GET.get("snoozed") == "yes"
    return {
        "may_report": user.holds(Right.REPORT_CONCERNS),
        "everything": everything,
        "may_urge": "" if everything else urging.label_for(user),
        "acts": offered_acts(user, asleep=asleep, everything=everything),
        "newest": selectors.newest_signal(),
        "list_name": LIST,
    }
