"""Rejected rows of a delivery: why each was not taken, and the workbook to correct. Every look is recorded."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.sheets import XLSX
from monitoring.cells.reasons import Reason
from monitoring.deliveries import report
from monitoring.deliveries.looks import title_of, url_of
from monitoring.deliveries.masking import shown_cell
from monitoring.intake import rejects as stage
from monitoring.models import Delivery
from monitoring.views.decisions import deliverable_or_404


@dataclass(frozen=True, slots=True)
class ShownFault:
    """One thing that is wrong with a row: the column, what stood there, and why it is wrong."""

    column: str
    sent: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A rejected row as its page shows it: where it stands, what is wrong, and its first cells."""

    where: str
    name: str
    faults: list[ShownFault]
    cells: list[tuple[str, str]]


@door(Right.DELIVER_DATA)
def rejects(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a page of the rejected rows of a delivery, those of one reason alone where it is asked for."""
    row = deliverable_or_404(request, pk)
    asked = request.GET.get("reason", "")
    reason = asked if asked in row.rejects else None
    count = row.rejects[reason] if reason else row.rows_rejected or 0
    pages = max((count + stage.PAGE - 1) // stage.PAGE, 1)
    page = min(_number(request.GET.get("page", "")), pages)
    context = {
        "delivery": row,
        "title": title_of(row),
        "reasons": report.rejected_by_reason(row),
        "reason": reason or "",
        "count": count,
        "page": page,
        "pages": pages,
        "previous_url": _address(row, reason, page - 1) if page > 1 else "",
        "next_url": _address(row, reason, page + 1) if page < pages else "",
        "acts": report.acts_of(row, request.user)[:1],
    }
    try:
        found = stage.rows(row, by=request.user, reason=reason, page=page)
        context["rows"] = [_shown(row, each) for each in found]
    except Refused as refused:
        context["gone"] = refused.sentence
    return render(request, "monitoring/rejects.html", context)


@door(Right.DELIVER_DATA)
@require_POST
def workbook(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand out the rejected rows as a workbook: correct it, and deliver it again."""
    row = deliverable_or_404(request, pk)
    try:
        content = stage.workbook(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(url_of(row))
    given = HttpResponse(content, content_type=XLSX)
    name = _("%(delivery)s rejected rows") % {"delivery": title_of(row)}
    given["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return given


def _shown(row: Delivery, rejected: stage.Rejected) -> ShownRow:
    columns = row.dataset.contract.by_header
    cells = [(header, shown_cell(columns.get(header), cell)) for header, cell in rejected.cells.items()]
    faults = [
        ShownFault(
            column,
            shown_cell(columns.get(column), rejected.cells.get(column, "") if column else rejected.surplus),
            str(Reason(reason).label),
        )
        for column, reason in rejected.faults
    ]
    name = rejected.cells.get(row.dataset.contract.subject_name, "")
    return ShownRow(
        rejected.where, shown_cell(None, name), faults, [(header, cell) for header, cell in cells if cell]
    )


def _number(text: str) -> int:
    return max(int(text), 1) if text.isdecimal() and len(text) < 7 else 1


def _address(row: Delivery, reason: str | None, page: int) -> str:
    asked = {"page": page} | ({"reason": reason} if reason else {})
    return f"?{urlencode(asked)}"
