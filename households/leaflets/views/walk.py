"""The list that is ticked while walking from house to house, and the paper that is handed over."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import Area
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.desk.once import once
from foundation.desk.paged import page_of
from foundation.desk.views.sign_in import back_to
from foundation.files.answers import download
from households.codes import selectors
from households.leaflets import papers, ticking
from households.leaflets.lines import lines
from households.leaflets.texts import edition_of
from households.models import Household

PAGE_SIZE = 40
_SALT = "leaflets.walk"


@door(Right.KEEP_CODES)
@require_GET
def walk(request: StaffRequest, code: str) -> HttpResponse:
    """Show the households of a village to tick, those without the present leaflet first; else lead to the villages."""
    village, everybody = _area(request, code), request.GET.get("shown") == "all"
    if village.level < Level.VILLAGE:
        return redirect("codes:village", code=village.code)
    edition = edition_of(village.code)
    rows = selectors.households_of(village, request.user)
    shown = rows if everybody else selectors.with_leaflet(rows, False, edition)
    whole, groups = selectors.progress(village, request.user)
    wanted = request.GET.get("group", "")
    group = next((each for each in groups if wanted and each.name == wanted), None)
    if group is not None:
        shown = shown.filter(group_name=group.name)
    page = page_of(request, shown, ("group_name", "code", "pk"), size=PAGE_SIZE, salt=_SALT)
    counted = group or whole
    context = {
        "area": village,
        "here": request.get_full_path(),
        "everybody": everybody,
        "groups": groups,
        "group": group,
        "counted": counted,
        "given": counted.with_leaflet - counted.older,
        "edition": edition,
        "lines": lines(page.rows, edition, request.user),
        "next_url": page.next_url,
        "previous_url": page.previous_url,
    }
    return render(request, "households/leaflets/walk.html", context)


@door(Right.KEEP_CODES)
@require_POST
@once
def tick(request: StaffRequest, pk: int) -> HttpResponse:
    """Tick a household: it was handed the leaflet just now."""
    household = _household(request, pk)
    return _answer(request, household, lambda: ticking.give(household, by=request.user))


@door(Right.KEEP_CODES)
@require_POST
@once
def untick(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back a tick that one has just set."""
    household = _household(request, pk)
    newest = selectors.newest_tick(household)
    if newest is None:
        raise Http404(_("This household has no leaflet that could be taken back."))
    return _answer(request, household, lambda: ticking.take_back(newest, by=request.user))


@door(Right.KEEP_CODES)
@require_GET
def paper(request: StaffRequest, code: str) -> HttpResponseBase:
    """Hand out the leaflet of a village as PDF; of a larger area, lead to its villages."""
    village = _area(request, code)
    if village.level < Level.VILLAGE:
        return redirect("codes:village", code=village.code)
    made = papers.leaflet(village)
    return download(made.pieces, name=made.name, media_type=made.media_type, size=made.size)


def _answer(request: StaffRequest, household: Household, act: Callable[[], object]) -> HttpResponse:
    """Act, and answer with the line alone where HTMX asked, otherwise lead back to the list."""
    sentence = ""
    try:
        act()
    except Refused as refused:
        sentence = refused.sentence
    if not request.htmx:  # type: ignore[attr-defined]
        if sentence:
            messages.error(request, sentence)
        return redirect(back_to(request))
    rows = selectors.households_of(household.area, request.user).filter(pk=household.pk)
    (line,) = lines(rows, edition_of(household.area_id), request.user)
    return render(request, "households/leaflets/_line.html", {"line": line, "refused": sentence})


def _area(request: StaffRequest, code: str) -> Area:
    return get_object_or_404(Area.objects.visible_to(request.user, Right.KEEP_CODES), code=code)


def _household(request: StaffRequest, pk: int) -> Household:
    rows = Household.objects.visible_to(request.user, Right.KEEP_CODES).living().select_related("area")
    return get_object_or_404(rows, pk=pk)
