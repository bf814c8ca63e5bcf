"""The village board: villages with their counts, one village's cases, and the board on paper."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from assistance.board import printing, selectors, tables
from assistance.board.next_days import NextDays
from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes, within
from foundation.desk import focus
from foundation.desk.tables import answer
from foundation.files.answers import download


@door(Right.VIEW_CASES)
@require_GET
def overview(request: StaffRequest) -> HttpResponseBase:
    """List the villages of the reader; who works in one village goes there at once."""
    own = prefixes(request.user, Right.VIEW_CASES)
    here = focus.current(request) or (next(iter(own)) if len(own) == 1 else "")
    if len(here) == Level.VILLAGE and not getattr(request, "wants_rows", False):
        return redirect("cases:board_of", code=here)
    page = tables.villages().page(selectors.villages(request.user), request)
    return answer(request, "assistance/boards.html", page)


@door(Right.VIEW_CASES)
@require_GET
def board(request: StaffRequest, code: str) -> HttpResponse:
    """Show the board of a village; of a larger area, its villages."""
    area = area_of(request, code)
    if area.level < Level.VILLAGE:
        rows = selectors.villages(request.user).filter(within("code", [area.code]))
        return answer(request, "assistance/boards.html", tables.villages().page(rows, request), area=area)
    cases = selectors.board_rows(request.user, area.code)
    page = tables.board(area).page(cases, request)
    counts = selectors.villages(request.user).filter(pk=area.pk).first()
    late = len(NextDays(area.code).late(cases.order_by().prefetch_related(None), clock.today()))
    prints = selectors.on_board(cases).exists()
    return answer(request, "assistance/board.html", page, area=area, counts=counts, late=late, prints=prints)


@door(Right.VIEW_CASES)
@require_POST
def board_pdf(request: StaffRequest, code: str) -> HttpResponseBase:
    """Hand the board of a village out on paper."""
    area = area_of(request, code)
    try:
        made = printing.printed(area, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("cases:board_of", code=area.code)
    return download(made.pieces, name=made.name, media_type=made.media_type, size=made.size)


def area_of(request: StaffRequest, code: str) -> Area:
    """Return an area in which the reader may see cases; 404 where it is another's."""
    places = Area.objects.visible_to(request.user, Right.VIEW_CASES)
    return get_visible_or_404(places, request.user, code=code)
