"""Notices: the list with what waits, drawing one up, posting it, its sheet, taking it down."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from assistance.evaluations.forms import WhyForm
from assistance.models import Notice, NoticeItem
from assistance.notices import drawing, forms, paper, photos, posting, selectors, tables
from assistance.notices.lines import Style, lines_on
from assistance.page import title_of
from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.file_lists import file_list
from foundation.desk.once import once
from foundation.desk.punctuation import said_of
from foundation.desk.tables import answer
from foundation.files.answers import download


@door(Right.VIEW_CASES)
@require_GET
def notices(request: StaffRequest) -> HttpResponse:
    """List the notices of one's areas; places where households wait for one stand above."""
    waiting = drawing.waiting(request.user)
    areas = Area.objects.visible_to(request.user, Right.PREPARE_CASES).in_bulk(list(waiting))
    places = [(areas[code], len(cases)) for code, cases in waiting.items() if code in areas]
    page = tables.table().page(tables.rows_for(request.user), request)
    return answer(request, "assistance/notices.html", page, places=places)


@door(Right.PREPARE_CASES)
@once
def draw(request: StaffRequest, code: str) -> HttpResponse:
    """Draw up a notice for a village or township."""
    area = get_visible_or_404(
        Area.objects.visible_to(request.user, Right.PREPARE_CASES), request.user, code=code, level__in=(9, 12)
    )
    cases = drawing.waiting_here(area, request.user)
    form = forms.DrawForm(request.POST or None, cases=cases)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: drawing.draw(area, given["cases"], by=request.user, where=given["where"]),
            done=_("The notice is drawn up: print it, hang it up, photograph it."),
            then=tables.page_of,
        )
        if done:
            return done
    return form_page(
        request, form, title=_("Public notice in %(place)s") % {"place": area.name}, submit=_("Draw up"),
        cancel=reverse("cases:notices"), intro="" if cases else _("No household waits for a notice here."),
    )  # fmt: skip


@door(Right.VIEW_CASES)
@require_safe
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a notice: its lines as they hang, until when, its proof, what was objected."""
    row = _found(request, pk)
    items = selectors.items_of(row, request.user)
    shown = lines_on(items, Style.WALL) if not row.posted else {}
    for item in items:
        item.line = shown.get(item.pk)  # type: ignore[attr-defined]
    may = request.user.holds(Right.PREPARE_CASES, row.area_id) and row.cancelled_on is None
    context = {
        "notice": row,
        "state": tables.badge(row),
        "items": items,
        "may": may,
        "proof": posting.proof_of(row),
        "may_take_down": may
        and row.until is not None
        and row.until < clock.today()
        and row.taken_down_on is None,
        "may_object": row.posted and (may or request.user.holds(Right.REVIEW_CASES, row.area_id)),
        "no_category": [
            item for item in items if not row.posted and not item.left_on and not _line(item).category
        ],
        "public": reverse("public_notices", args=[row.area_id])
        if row.until and row.until >= clock.today()
        else "",
        "files": file_list(row, photos.PHOTOS, request.user),
    }
    return render(request, "assistance/notice.html", context)


@door(Right.PREPARE_CASES)
@once
def post(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a notice run from its posting."""
    row = _found(request, pk)
    form = forms.PostForm(request.POST or None)

    def run() -> posting.PostingDone:
        made = posting.post(row, form.told(), by=request.user)
        for code, sentence in made.refused:
            messages.error(request, said_of(code, sentence))
        return made

    intro = (
        ""
        if posting.proof_of(row)
        else _("Attach the photo of the notice on the wall first: it runs from this proof.")
    )
    return _act(request, form, run, row, title=_("The notice hangs"), submit=_("It hangs"), intro=intro,
                done=_("The notice runs. The day of posting does not count."))  # fmt: skip


@door(Right.PREPARE_CASES)
@once
def down(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down that it was taken off the wall."""
    row = _found(request, pk)
    form = forms.DownForm(request.POST or None)
    return _act(request, form, lambda: posting.take_down(row, form.cleaned_data["on"], by=request.user), row,
                title=_("Taken down"), submit=_("It is taken down"), done=_("Written down."))  # fmt: skip


@door(Right.PREPARE_CASES)
@once
def give_up(request: StaffRequest, pk: int) -> HttpResponse:
    """Give up a notice that was not posted."""
    row = _found(request, pk)
    form = WhyForm(request.POST or None)
    return _act(request, form, lambda: drawing.give_up(row, form.cleaned_data["reason"], by=request.user), row,
                title=_("Give the notice up"), submit=_("Give up"), template=CONFIRM,
                done=_("Given up: its households wait for another notice."))  # fmt: skip


@door(Right.PREPARE_CASES)
@once
def off(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a household off a notice that is not posted."""
    item = get_visible_or_404(
        NoticeItem.objects.select_related("notice__area", "case__household", "assessed__household"),
        request.user,
        pk=pk,
    )
    form = WhyForm(request.POST or None)
    return _act(request, form, lambda: drawing.take_off(item, form.cleaned_data["reason"], by=request.user),
                item.notice, title=_("Take a household off the list"), submit=_("Take off"), template=CONFIRM,
                intro=title_of(item.matter),
                done=_("Taken off: it waits for another notice."))  # fmt: skip


@door(Right.PREPARE_CASES)
@require_POST
def wall_pdf(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the sheet for the wall."""
    row = _found(request, pk)
    try:
        opened = paper.wall_sheet(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(tables.page_of(row))
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _act(
    request: StaffRequest, form: Any, run: Callable[[], Any], row: Notice, *, done: str, **page: Any
) -> HttpResponse:
    then = tables.page_of(row)
    if form.is_valid() and (went := attempt(request, form, run, done=done, then=then)):
        return went
    return form_page(request, form, cancel=then, **page)


def _line(item: NoticeItem) -> Any:
    return item.line  # type: ignore[attr-defined]


def _found(request: StaffRequest, pk: int) -> Notice:
    return get_visible_or_404(Notice.objects.select_related("area", "posted_by"), request.user, pk=pk)
