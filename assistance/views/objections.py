"""Objections: taking one down, the list, and settling one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assistance.evaluations.selectors import head_name
from assistance.models import Notice, NoticeItem, Objection
from assistance.notices import forms
from assistance.notices import tables as notice_tables
from assistance.objections import entering, settling, tables
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import answer


@door(Right.VIEW_CASES)
@require_GET
def objections(request: StaffRequest) -> HttpResponse:
    """List the objections of one's areas, the newest first."""
    page = tables.table().page(tables.rows_for(request.user), request)
    return answer(request, "assistance/objections.html", page)


@door(Right.PREPARE_CASES, Right.REVIEW_CASES)
@once
def enter(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an objection down that came by telephone, on paper or by word of mouth."""
    notice = get_visible_or_404(Notice.objects.select_related("area"), request.user, pk=pk)
    form = forms.ObjectionForm(request.POST or None, lines=forms.notice_lines(notice))
    if form.is_valid():
        item = get_visible_or_404(
            NoticeItem.objects, request.user, pk=form.cleaned_data["line"], notice=notice
        )
        done = attempt(
            request,
            form,
            lambda: entering.enter(item, form.said(), by=request.user),
            done=_said,
            then=tables.page_of,
        )
        if done:
            return done
    return form_page(
        request, form, title=_("Take an objection down"), submit=_("Take it down"),
        cancel=notice_tables.page_of(notice),
        intro=_("It holds this household back and nobody else. Somebody who was not at the meeting settles it."),
    )  # fmt: skip


@door(Right.VIEW_CASES)
@once
def objection(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an objection; who may settle it does so here."""
    row = _found(request, pk)
    why = settling.why_not(row, request.user)
    form = forms.SettleForm(request.POST or None, objection=row)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            request,
            form,
            lambda: settling.settle(row, form.how(), by=request.user),
            done=_("Settled: whoever objected reads the answer with the receipt."),
            then=tables.page_of(row),
        )
        if done:
            return done
    context = {
        "objection": row,
        "state": tables.badge(row),
        "name": head_name(row.item),
        "form": form if not why else None,
        "why": why if row.settled_on is None else "",
        # Who objected is for whoever settles it and for nobody in the village.
        "names_objector": request.user.holds(Right.REVIEW_CASES, row.item.area_id),
    }
    return render(request, "assistance/objection.html", context)


def _said(made: Objection) -> str:
    if made.in_time:
        return _("Taken down. Receipt %(receipt)s: with it the answer can be read.") % {
            "receipt": made.receipt
        }
    return _("Taken down. It came after the last day, so it holds nobody back. Receipt %(receipt)s.") % {
        "receipt": made.receipt
    }


def _found(request: StaffRequest, pk: int) -> Objection:
    rows = tables.rows_for(request.user).select_related("settled_by")
    return get_visible_or_404(rows, request.user, pk=pk)
