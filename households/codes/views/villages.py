"""Codes and leaflets village by village, and the acts on a whole village."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import Area
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import within
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download
from households.codes import giving, selectors, sheet_job, sheets
from households.codes.tables import VILLAGES, households
from households.leaflets.texts import edition_of


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """Show how many households of each village have a code and a leaflet."""
    return answer(
        request, "households/codes/overview.html", VILLAGES.page(selectors.villages(request.user), request)
    )


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def village(request: StaffRequest, code: str) -> HttpResponse:
    """Show the households of a village with code and leaflet; of a larger area, its villages."""
    found = _area(request, code, Right.VIEW_HOUSEHOLDS)
    if found.level < Level.VILLAGE:
        rows = selectors.villages(request.user).filter(within("code", [found.code]))
        return answer(request, "households/codes/overview.html", VILLAGES.page(rows, request), area=found)
    whole, groups = selectors.progress(found, request.user)
    edition = edition_of(found.code)
    return answer(
        request,
        "households/codes/village.html",
        households(found, edition).page(selectors.households_of(found, request.user), request),
        area=found,
        whole=whole,
        groups=groups,
        edition=edition,
        may_keep=request.user.holds(Right.KEEP_CODES, found.code),
    )


@door(Right.KEEP_CODES)
@require_POST
@once
def give_out(request: StaffRequest, code: str) -> HttpResponse:
    """Give a code to every household of a village that has none."""
    found = _village(request, code)
    try:
        count = giving.give_out(found, by=request.user)
        messages.success(
            request, _("Codes given out: %(count)d. Print the village sheet now.") % {"count": count}
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(reverse("codes:village", args=[found.code]))


@door(Right.KEEP_CODES)
@require_POST
def sheet(request: StaffRequest, code: str) -> HttpResponseBase:
    """Print the village sheet; that somebody did stands in the record."""
    found = _village(request, code)
    try:
        whole, _groups = selectors.progress(found, request.user)
        if whole.with_code > sheet_job.AT_ONCE:
            job = sheet_job.ask(found, whole.with_code, by=request.user)
            messages.success(request, _("The sheet is being printed; you find it here when it is ready."))
            return redirect("desk:job", uuid=job.uuid)
        made = sheets.village_sheet(found, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(reverse("codes:village", args=[found.code]))
    return download(made.pieces, name=made.name, media_type=made.media_type, size=made.size)


def _area(request: StaffRequest, code: str, right: Right) -> Area:
    return get_object_or_404(Area.objects.visible_to(request.user, right), code=code)


def _village(request: StaffRequest, code: str) -> Area:
    found = _area(request, code, Right.KEEP_CODES)
    if found.level < Level.VILLAGE:
        raise Http404(_("This is done village by village: choose one of this area's villages."))
    return found
