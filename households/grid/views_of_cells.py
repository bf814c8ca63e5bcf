"""What is done with cells: draw, change, close, put households there, name and end members, take back."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.desk.acts import CONFIRM, FORM, attempt, form_page
from foundation.desk.once import once
from households.grid import drawing, membership, placing, undoing
from households.grid.forms import DrawForm, JoinForm, LeaveForm, PutForm, ShapeForm, WhyForm
from households.grid.views import area_of
from households.models import GridAct, GridCell, GridMember


@door(Right.EDIT_HOUSEHOLDS)
@once
def draw(request: StaffRequest, code: str) -> HttpResponse:
    """Draw cells in a township or a village."""
    area = area_of(request, code, Right.EDIT_HOUSEHOLDS)
    form = DrawForm(request.POST or None, area=area)
    back = reverse("grid:area", args=[area.code])
    if form.is_valid():
        done = attempt(
            request, form, lambda: drawing.draw(area, form.drawing(), by=request.user),
            done=pgettext("grid", "Drawn: every household is where its group or its village is."), then=back,
        )  # fmt: skip
        if done:
            return done
    return form_page(
        request, form, title=pgettext("grid", "Draw the grid: %(area)s") % {"area": area.name},
        submit=pgettext("grid", "Draw"), cancel=back,
        intro=pgettext("grid", "The cell of a township is for who leads its grid; households are in cells of villages.")
        if area.level == Level.TOWNSHIP
        else pgettext("grid", "Every household is in one cell: of its villager group, else of the village."),
    )  # fmt: skip


@door(Right.EDIT_HOUSEHOLDS)
@once
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a cell another name or other groups."""
    cell = _own(request, pk)
    form = ShapeForm(request.POST or None, cell=cell)
    return _act(
        request, cell, form,
        lambda: drawing.change(cell, form.shape(), by=request.user, reason=form.cleaned_data["reason"]),
        title=pgettext("grid", "Change the cell %(name)s") % {"name": cell.name}, submit=pgettext("grid", "Change"),
    )  # fmt: skip


@door(Right.EDIT_HOUSEHOLDS)
@once
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Close a cell."""
    cell = _own(request, pk)
    form = WhyForm(request.POST or None)
    return _act(
        request, cell, form, lambda: drawing.close(cell, by=request.user, reason=form.cleaned_data["reason"]),
        title=pgettext("grid", "Close the cell %(name)s") % {"name": cell.name}, submit=pgettext("grid", "Close"),
        template=CONFIRM, then=reverse("grid:area", args=[cell.area_id]),
        consequences=[
            pgettext("grid", "Who looks after it does so no more; who did is told in its history."),
            pgettext("grid", "Its households go into the cell of the village that takes the rest, else into none."),
        ],
    )  # fmt: skip


@door(Right.EDIT_HOUSEHOLDS)
@once
def put(request: StaffRequest, pk: int) -> HttpResponse:
    """Put single households into a cell."""
    cell = _own(request, pk)
    form = PutForm(request.POST or None)
    return _act(
        request, cell, form,
        lambda: placing.put(cell, form.codes(), by=request.user, reason=form.cleaned_data["reason"]),
        title=pgettext("grid", "Put households into %(name)s") % {"name": cell.name}, submit=pgettext("grid", "Put"),
        intro=pgettext("grid", "They leave the cell in which they are, and stay here whatever their group says."),
    )  # fmt: skip


@door(Right.EDIT_HOUSEHOLDS)
@once
def let_go(request: StaffRequest, pk: int) -> HttpResponse:
    """Let households be again where their group says."""
    cell = _own(request, pk)
    form = PutForm(request.POST or None)
    return _act(
        request, cell, form,
        lambda: placing.let_go(cell, form.codes(), by=request.user, reason=form.cleaned_data["reason"]),
        title=pgettext("grid", "Let households of %(name)s go where their group is") % {"name": cell.name},
        submit=pgettext("grid", "Let go"),
    )  # fmt: skip


@door(Right.EDIT_HOUSEHOLDS)
@once
def join(request: StaffRequest, pk: int) -> HttpResponse:
    """Name who looks after a cell."""
    cell = _own(request, pk)
    form = JoinForm(request.POST or None, cell=cell, reader=request.user)
    return _act(
        request, cell, form, lambda: membership.join(cell, form.person(), by=request.user),
        title=pgettext("grid", "Who looks after %(name)s") % {"name": cell.name}, submit=pgettext("grid", "Name them"),
    )  # fmt: skip


@door(Right.EDIT_HOUSEHOLDS)
@once
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """End somebody's looking after a cell."""
    member = _member(request, pk, Right.EDIT_HOUSEHOLDS)
    form = LeaveForm(request.POST or None)
    return _act(
        request, member.cell, form,
        lambda: membership.leave(
            member, form.cleaned_data["last_day"], by=request.user, reason=form.cleaned_data["reason"]
        ),
        title=pgettext("grid", "%(name)s looks after %(cell)s no more")
        % {"name": member.shown_name, "cell": member.cell.name},
        submit=pgettext("grid", "End"), template=CONFIRM,
    )  # fmt: skip


@door(Right.REVEAL_NUMBERS)
@once
def telephone(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the telephone of a grid member in full, for a reason; no address of the answer is kept."""
    member = _member(request, pk, Right.REVEAL_NUMBERS)
    form = WhyForm(request.POST or None)
    cancel = reverse("grid:cell", args=[member.cell_id])
    title = pgettext("grid", "Telephone of %(name)s") % {"name": member.shown_name}
    if form.is_valid():
        try:
            number = membership.telephone(member, form.cleaned_data["reason"], by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            shown = render(
                request, "households/grid/telephone.html", {"title": title, "number": number, "back": cancel}
            )
            shown.headers["Cache-Control"] = "no-store"
            return shown
    return form_page(request, form, title=title, submit=_("Show"), cancel=cancel)


@door(Right.EDIT_HOUSEHOLDS)
@once
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an act on the grid back."""
    rows = GridAct.objects.visible_to(request.user, Right.EDIT_HOUSEHOLDS).select_related("area")
    act = get_visible_or_404(rows, request.user, pk=pk)
    form, back = WhyForm(request.POST or None), reverse("grid:area", args=[act.area_id])
    if form.is_valid():
        done = attempt(
            request, form, lambda: undoing.undo(act, by=request.user, reason=form.cleaned_data["reason"]),
            done=pgettext("grid", "Taken back; both stay in the history."), then=back,
        )  # fmt: skip
        if done:
            return done
    return form_page(
        request, form, title=pgettext("grid", "Take back: %(act)s") % {"act": act.get_kind_display()},
        submit=pgettext("grid", "Take back"), cancel=back, template=CONFIRM, intro=undoing.why_not(act),
        consequences=[pgettext("grid", "What it began ends, what it ended holds again from today on.")],
    )  # fmt: skip


def _act(
    request: StaffRequest, cell: GridCell, form: BaseForm, run: Callable[[], object], *, title: str, submit: str,
    template: str = FORM, then: str = "", intro: str = "", consequences: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Show the form of an act on a cell, do it, and go back to the cell."""
    page = reverse("grid:cell", args=[cell.pk])
    if form.is_valid():
        done = attempt(request, form, run, done=_("“%(move)s”: done.") % {"move": title}, then=then or page)
        if done:
            return done
    return form_page(
        request, form, title=title, submit=submit, cancel=page, template=template, intro=intro,
        consequences=consequences or [],
    )  # fmt: skip


def _own(request: StaffRequest, pk: int) -> GridCell:
    rows = GridCell.objects.visible_to(request.user, Right.EDIT_HOUSEHOLDS).select_related("area")
    return get_visible_or_404(rows, request.user, pk=pk)


def _member(request: StaffRequest, pk: int, right: Right) -> GridMember:
    rows = GridMember.objects.visible_to(request.user, right).select_related("cell__area", "user", "phone")
    return get_visible_or_404(rows, request.user, pk=pk)
