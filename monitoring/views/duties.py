"""The duty list of an area: as a table to look at and export, and as a sheet to sign."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import Area
from foundation.accounts.roles import Right
from foundation.desk import focus
from foundation.desk.tables import Column, Table, answer
from monitoring.contracts import words
from monitoring.duties import (
    LastDeliveries,
    Officers,
    area_of_list,
    areas_with_lists,
    delivered,
    signing_sheet,
)
from monitoring.feeding import watched_for
from monitoring.selectors import office_of


def _table(area: Area) -> Table:
    """Return the table of one request: officers are those of the area asked for."""
    officers, last = Officers(area), LastDeliveries(area)
    return Table(
        "duty_list",
        columns=(
            Column(
                "dataset",
                gettext_lazy("Dataset"),
                lambda row: row.name,
                url=lambda row: reverse("monitoring:dataset", args=[row.pk]),
            ),
            Column("department", gettext_lazy("Department"), office_of),
            Column("feeds", gettext_lazy("Watches for"), lambda row: watched_for(row.pk)),
            Column("rhythm", gettext_lazy("Rhythm"), lambda row: words.rhythm(row.contract.rhythm)),
            Column("officer", gettext_lazy("Officer"), officers.of),
            Column("last", gettext_lazy("Last delivery"), last.of, kind="day"),
            Column("legal", gettext_lazy("Legal basis"), lambda row: words.source(row.contract.legal)),
        ),
        order=("department", "pk"),
        page_size=200,
        empty=gettext_lazy("Your department delivers nothing here yet."),
        title=_("Duty list of screening and warning: %(area)s") % {"area": area.name},
    )


@door(Right.VIEW_DATASETS)
def duty_list(request: StaffRequest) -> HttpResponse:
    """List which department delivers what to an area, how often, by which text, and who does it."""
    area = area_asked(request)
    page = _table(area).page(delivered(request.user), request)
    return answer(request, "monitoring/duty_list.html", page, area=area, areas=areas_with_lists(request.user))


@door(Right.VIEW_DATASETS)
def duty_sheet(request: StaffRequest) -> HttpResponse:
    """Hand out the list as PDF, to be signed and stamped by each department."""
    area = area_asked(request)
    rows = delivered(request.user).order_by("department", "pk")
    given = HttpResponse(signing_sheet(area, rows, by=request.user), content_type="application/pdf")
    filename = _("Duty list of screening and warning: %(area)s") % {"area": area.name}
    given["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=f"{filename}.pdf") or "inline"
    )
    return given


def area_asked(request: StaffRequest) -> Area:
    """Return the area that a page is asked for; 404 where it is not the reader's to choose."""
    asked = request.GET.get("area", "").strip()[:15].replace("\x00", "")
    area = area_of_list(request.user, asked or focus.current(request))
    if area is None:
        raise Http404(_("There is nothing here, or it belongs to another area."))
    return area
