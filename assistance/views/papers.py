"""Which papers are still asked for, published for every county (零证明)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from assistance.applying.papers import chain_of, published
from assistance.applying.published import county_of
from foundation.accounts.access import StaffRequest, door, public_door
from foundation.accounts.roles import Level, Right
from foundation.desk import focus


@door(Right.VIEW_CASES)
@require_GET
def papers_here(request: StaffRequest) -> HttpResponse:
    """Lead to the list of the county that the reader works in."""
    area = focus.current(request) or next((duty.area for duty in request.user.duties()), "")
    return redirect("cases:papers", area[: Level.COUNTY])


@public_door("which papers a household must still bring is published: it names no person")
@require_GET
def papers(request: HttpRequest, code: str) -> HttpResponse:
    """List the papers of a county with what answers each, and the steps of its chain."""
    area = county_of(code)
    context = {"area": area, "papers": published(area.code), "chain": chain_of(area.code)}
    return render(request, "assistance/applications/papers.html", context)
