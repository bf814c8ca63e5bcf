"""Take the file of a household out as one PDF, and those of a village as one zip."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from assistance.files import making, village_job
from assistance.models import Case
from assistance.views.board import area_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.once import once
from foundation.files.answers import download


@door(Right.VIEW_CASES)
@require_POST
def file_pdf(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the file of the household of a case."""
    case = _found(request, pk)
    try:
        made = making.file_of(case, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("cases:case", pk=case.pk)
    return download(made.pieces, name=made.name, media_type=made.media_type, size=made.size)


@door(Right.VIEW_CASES)
@require_POST
@once
def village_zip(request: StaffRequest, code: str) -> HttpResponse:
    """Ask for the files of every case of a village; a job makes them."""
    area = area_of(request, code)
    try:
        job = village_job.ask(area, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("cases:board_of", code=area.code)
    return redirect("desk:job", uuid=job.uuid)


def _found(request: StaffRequest, pk: int) -> Case:
    rows = Case.objects.select_related("household__area", "area", "alert", "visit")
    return get_visible_or_404(rows, request.user, pk=pk)
