"""What a department's own headers were confirmed to mean, and taking that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.once import once
from foundation.desk.paged import page_of
from monitoring.deliveries.places import tabs_for
from monitoring.intake.headers import forget
from monitoring.models import HeaderMeaning

_ORDER = ("dataset_id", "area_id", "header", "pk")
_AT_ONCE = 50


@door(Right.DELIVER_DATA)
@require_http_methods(["GET", "POST"])
@once
def headers(request: StaffRequest) -> HttpResponse:
    """List the confirmed headers of one's own datasets; a POST takes one of them back, for files to come."""
    rows = HeaderMeaning.objects.select_related("dataset", "area", "confirmed_by")
    if request.method == "POST":
        named = request.POST.get("meaning", "")
        meaning = get_visible_or_404(rows, request.user, pk=int(named) if named.isdecimal() else 0)
        try:
            forget(meaning.dataset, meaning.area, meaning.header, by=request.user)
            messages.success(
                request,
                _("“%(header)s” is asked about again with the next file.") % {"header": meaning.header},
            )
        except Refused as refused:
            messages.error(request, refused.sentence)
        return redirect("monitoring:headers")
    page = page_of(request, rows.visible_to(request.user), _ORDER, size=_AT_ONCE, salt="monitoring.headers")
    return render(
        request,
        "monitoring/headers.html",
        {"page": page, "tabs": tabs_for(request.user, "monitoring:headers")},
    )
