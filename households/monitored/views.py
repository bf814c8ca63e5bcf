"""Pages of the list of monitored objects (监测对象台账): figures by area and category, the households, in and out."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.accounts.selectors import breadcrumb
from foundation.desk import focus
from foundation.desk.acts import attempt, form_page
from foundation.desk.area_page import crumbs
from foundation.desk.imports import hand_in
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download
from foundation.files.content import XLSX
from households.monitored import exporting
from households.monitored.figures import sheet
from households.monitored.forms import ListForm, TakeOutForm
from households.monitored.job import FILE
from households.monitored.tables import rows_for, table
from households.words import Words


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def monitored(request: StaffRequest, code: str = "") -> HttpResponse:
    """Show the figures of one area and of those below it, and its monitored households."""
    area = _area(request, code)
    listed = table(Words(), area.code).page(rows_for(request.user, area.code), request)
    return answer(
        request,
        "households/monitored.html",
        listed,
        area=area,
        crumbs=crumbs(breadcrumb(area), request.user),
        sheet=sheet(request.user, area, clock.today()),
        may_import=request.user.holds(Right.IMPORT_REGISTER),
    )


@door(Right.IMPORT_REGISTER)
@once
def hand_in_list(request: StaffRequest) -> HttpResponse:
    """Take a list in; a job reads it."""
    accept = ".xlsx,.xls,.csv,.tsv,.txt,.zip"
    form = ListForm(request.POST or None, request.FILES or None, accept=accept)
    if request.method == "POST" and form.is_valid():
        found = attempt(
            request,
            form,
            lambda: hand_in(
                form.cleaned_data["file"].file, FILE.code, by=request.user, strict=form.cleaned_data["strict"]
            ),
            done=_("The file is safe here; its import goes on even if you close this page."),
            then=lambda job: reverse("desk:job", args=[job.uuid]),
        )
        if found:
            return found
    return form_page(
        request,
        form,
        template="households/monitored_hand_in.html",
        title=_("Take in a list of monitored objects"),
        submit=_("Hand in"),
        cancel=reverse("monitored:monitored"),
        intro=_(
            "One row per person, as the national system exports it; titles and totals may stay. Cases from before "
            "this platform come in with their risks and months. Handing the same list in again changes nothing."
        ),
    )


@door(Right.IMPORT_REGISTER)
@require_GET
def empty_list(request: StaffRequest) -> HttpResponseBase:
    """Hand out a workbook with the header of such a list."""
    content = exporting.empty_list()
    return download([content], name=_("List of monitored objects"), media_type=XLSX, size=len(content))


@door(Right.VIEW_HOUSEHOLDS)
@once
def take_out(request: StaffRequest, code: str) -> HttpResponseBase:
    """Hand the list of an area out, in the layout in which it comes in."""
    area = _area(request, code)
    may_reveal = request.user.holds(Right.REVEAL_NUMBERS, area.code)
    posted = request.POST if request.method == "POST" else None
    form = TakeOutForm(posted, may_reveal=may_reveal)
    if request.method == "POST" and form.is_valid():
        try:
            taken = exporting.take_out(
                area,
                by=request.user,
                in_full=form.cleaned_data.get("in_full", False),
                reason=form.cleaned_data.get("reason", ""),
                form=form.cleaned_data["form"],
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            name = f"{_('List of monitored objects')} {area.name} {clock.today():%Y-%m-%d}"
            return download(taken.pieces, name=name, media_type=taken.media_type, size=None)
    return form_page(
        request,
        form,
        title=_("Take out the list of %(area)s") % {"area": area.name},
        submit=_("Take out"),
        cancel=reverse("monitored:area", args=[area.code]),
        intro=_(
            "In the layout in which such a list comes in: one row per person, newest case of each household."
        ),
    )


def _area(request: StaffRequest, code: str) -> Area:
    """Return the area of the address, or the one looked at, or the first of the reader's own."""
    own = prefixes(request.user, Right.VIEW_HOUSEHOLDS)
    wanted = code or focus.current(request) or min(own)
    if not any(wanted.startswith(prefix) for prefix in own):
        raise Http404(_("There is nothing here, or it belongs to another area."))
    return get_visible_or_404(Area.objects.select_related("parent"), request.user, pk=wanted)
