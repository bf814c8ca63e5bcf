"""Visits: write one down, its page, its correction and end, its paper, and the lists."""

import json

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt
from foundation.desk.file_lists import file_list
from foundation.desk.moves import Page as MovePage
from foundation.desk.moves import move_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download
from foundation.workflow.move import Request
from households.models import Household, Visit, VisitDraft
from households.openings import record_opening
from households.places import HOUSEHOLD
from households.signing.showing import shown
from households.visits import checking, drafts, paper, tables
from households.visits.asking import about_new, about_old, due_by_form, settled_with
from households.visits.calculating import calculator
from households.visits.followers import next_steps
from households.visits.forms import WORK_OUT, About, VisitForm
from households.visits.page import may, page_of, steps_of
from households.visits.photos import PHOTOS
from households.visits.purposes import tell_opened
from households.visits.writing import amend_visit, annul_visit, record_visit

_TEMPLATE = "households/visits/write.html"


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def visits(request: StaffRequest) -> HttpResponse:
    """List the visits of one's areas."""
    page = tables.table(request.user).page(tables.rows_for(request.user), request)
    return answer(request, "households/visits/visits.html", page)


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_GET
def of_household(request: StaffRequest, pk: int) -> HttpResponse:
    """List the visits to one household; who looks, or takes the list out, is on record."""
    row = get_visible_or_404(Household.objects.select_related("area"), request.user, pk=pk)
    record_opening(row, by=request.user, through="visits")
    rows = tables.rows_for(request.user, row)
    page = tables.table(request.user, of_household=True).page(rows, request)
    return answer(request, "households/visits/of_household.html", page, household=row)


@door(Right.VISIT_HOUSEHOLDS, lent=HOUSEHOLD)
@once
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a visit down; `?form=` chooses what is asked."""
    row = get_visible_or_404(Household.objects.select_related("area"), request.user, pk=pk)
    back = reverse("households:household", args=[row.pk])
    try:
        checking.may_visit(row, request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(back)
    tell_opened(row, by=request.user)
    due, offered = due_by_form(row, request.user)
    wanted = request.GET.get("form", "")
    declared = offered.get(wanted) or next(iter(offered.values()))
    settled = settled_with(declared, due, offered.values())
    about = about_new(row, declared, request.user, settled)
    draft = drafts.newest(row, declared, request.user)
    form = _begun(request, about, draft)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: record_visit(
                row, form.told(request.user), by=request.user, key=form.visit_key(), serves=form.serves()
            ),
            done=_("Written down. Now add the photos."),
            then=lambda visit: reverse("households:visit", args=[visit.pk]),
        )
        if done:
            return done
    context = {
        "form": form,
        "household": row,
        "declared": declared,
        "head": about.head,
        "offered": offered.values(),
        "cancel": back,
        "due": settled,
        "draft": draft,
        "versions": json.dumps(drafts.versions(draft)),
        "calculator": calculator(declared, form.answer_to, area=row.area_id, on=clock.today()),
    }
    return render(request, _TEMPLATE, context)


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_GET
def visit(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one visit; the look at the household is recorded."""
    row = _found(request, pk)
    record_opening(row.household, by=request.user, through="visit")
    context = {
        "page": page_of(row, request.user),
        "may": may(row, request.user),
        "events": steps_of(row, request.user),
        "files": file_list(row, PHOTOS, request.user),
        "signatures": shown(row, request.user),
        "steps": next_steps(row, request.user) if row.counts else [],
    }
    return render(request, "households/visits/visit.html", context)


@door(Right.VISIT_HOUSEHOLDS, lent=HOUSEHOLD)
@once
def amend(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a visit on its day."""
    row = _found(request, pk)
    back = reverse("households:visit", args=[row.pk])
    if not may(row, request.user).amend:
        messages.error(request, _("Only who wrote a visit down corrects it, on the day it was entered."))
        return redirect(back)
    about = about_old(row, request.user)
    form = VisitForm(request.POST or None, about=about, visit=row)
    if form.is_valid():
        row.version = form.cleaned_data["version"] or 0
        done = attempt(
            request,
            form,
            lambda: amend_visit(row, form.told(request.user), by=request.user),
            done=_("Corrected. What stood there before is kept."),
            then=back,
        )
        if done:
            return done
    context = {
        "form": form,
        "household": row.household,
        "declared": about.declared,
        "head": about.head,
        "cancel": back,
        "visit": row,
        "calculator": calculator(about.declared, form.answer_to, area=row.area_id, on=row.happened_on),
    }
    return render(request, _TEMPLATE, context)


@door(Right.VISIT_HOUSEHOLDS, Right.REVIEW_VISITS)
@once
def annul(request: StaffRequest, pk: int) -> HttpResponse:
    """Annul a visit: one's own, or another's as who reviews visits."""
    row = _found(request, pk)
    verb = "annul" if row.entered_by_id == request.user.pk else "strike"
    page = MovePage(
        then=reverse("households:visit", args=[row.pk]),
        run=lambda seen, asked: _annul(request, seen, asked),
        consequences=(
            _("The visit counts no more: not as asked this year, and not for what it served."),
            _("It stays readable, with its photos and your reason, and cannot be put back."),
        ),
    )
    return move_page(request, row, verb, page)


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_POST
def sheet(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out a visit as a sheet to print and sign."""
    opened = paper.sheet_of(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _begun(request: StaffRequest, about: About, draft: VisitDraft | None) -> VisitForm:
    """Return the form as it was sent, as it stands while sums are worked out, as it was left, or empty."""
    if WORK_OUT in request.POST:
        return VisitForm(about=about, begun=request.POST)
    if request.POST or draft is None:
        return VisitForm(request.POST or None, about=about)
    begun = drafts.typed(draft)
    begun["key"] = str(draft.key)
    return VisitForm(about=about, begun=begun)


def _annul(request: StaffRequest, row: Visit, asked: Request) -> Visit:
    return annul_visit(row, reason=asked.reason, on=asked.on, by=request.user)


def _found(request: StaffRequest, pk: int) -> Visit:
    rows = Visit.objects.select_related("household__area", "area", "questionnaire", "entered_by")
    return get_visible_or_404(rows, request.user, pk=pk)
