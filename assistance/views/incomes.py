"""Income and expense over time: the list of the collection, the sheets of a case, a sheet and its acts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from assistance.income import confirming, drafting, panel, tables, words
from assistance.income.carrying import carried
from assistance.income.forms import BeginForm, CorrectForm, KeepForm, SheetForm
from assistance.income.periods import collected
from assistance.income.reading import fed_of
from assistance.income.rights import may_write
from assistance.income.sheet_page import page_of
from assistance.models import Case, IncomeChange, IncomeSheet
from assistance.page import title_of
from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.workflow.move import Request
from foundation.workflow.offers import offers
from households.models import Visit
from households.openings import record_opening

#: Moves that people make by the shared page; a sheet is confirmed by its form, and superseded by the next version.
VERBS = ("drop", "withdraw")
LENT = "assistance.case"


@door(Right.VIEW_CASES, lent=LENT)
@require_GET
def collection(request: StaffRequest) -> HttpResponse:
    """List the monitored households with the sheet of their period."""
    page = tables.collection().page(tables.collection_rows(request.user), request)
    return answer(request, "assistance/income/collection.html", page)


@door(Right.VIEW_CASES, lent=LENT)
@require_GET
def of_case(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the sheets of a case over time: the picture against the line, and the table of every version."""
    case = _case(request, pk)
    record_opening(case.household, by=request.user, through="case")
    page = tables.sheets().page(tables.sheet_rows(request.user, case), request)
    context = {
        "case": case,
        "title": title_of(case),
        "drawn": panel.drawn(case),
        "taken": panel.Taken.over(case, collected(case.area_id, clock.today()), request.user),
        "may_write": may_write(case, request.user),
    }
    return answer(request, "assistance/income/sheets.html", page, **context)


@door(Right.VIEW_CASES, lent=LENT)
@require_GET
def items(request: StaffRequest, pk: int) -> HttpResponse:
    """List every item of the sheets of a case, with source and note."""
    case = _case(request, pk)
    record_opening(case.household, by=request.user, through="case")
    page = tables.items(case).page(tables.item_rows(request.user, case), request)
    return answer(request, "assistance/income/items.html", page, case=case, title=title_of(case))


@door(Right.VIEW_CASES, lent=LENT)
@once
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for the period, and begin its sheet with all that is known; after a visit the sheet is joined to it."""
    case = _case(request, pk)
    back = reverse("cases:income_sheets", args=[case.pk])
    if not may_write(case, request.user):
        messages.error(request, _("You may read this: who visits the household writes the sheet."))
        return redirect(back)
    form = BeginForm(request.POST or None, case=case)
    visit = _visit(request, case)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: drafting.begin(case, form.chosen(), by=request.user, visit=visit),
            done=_("Begun: what is known stands there; type the rest and confirm."),
            then=lambda sheet: reverse("cases:income_sheet", args=[sheet.pk]),
        )
        if done:
            return done
    return form_page(
        request, form, title=_("Begin an income sheet: %(whose)s") % {"whose": title_of(case)}, submit=_("Begin"),
        cancel=back, intro=_("The yearly collection stands first. Departments' lists are looked up for the period."),
    )  # fmt: skip


@door(Right.VIEW_CASES, lent=LENT)
@once
def sheet(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a sheet: the form while it is being written, afterwards its items, its sum and what became of it."""
    row = _found(request, pk)
    if request.method != "POST":
        record_opening(row.case.household, by=request.user, through="case")
    if row.state == "draft" and may_write(row.case, request.user):
        return _written(request, row)
    context = page_of(row, request.user)
    return render(request, "assistance/income/sheet.html", context)


@door(Right.VIEW_CASES, lent=LENT)
@once
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin a new version of a confirmed sheet, with the reason."""
    row = _found(request, pk)
    back = reverse("cases:income_sheet", args=[row.pk])
    if not may_write(row.case, request.user):
        messages.error(request, _("You may read this: who visits the household writes the sheet."))
        return redirect(back)
    form = CorrectForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: drafting.correct(row, form.cleaned_data["reason"], by=request.user),
            done=_("A new version is begun: the one before holds until this one is confirmed."),
            then=lambda later: reverse("cases:income_sheet", args=[later.pk]),
        )
        if done:
            return done
    heading = pgettext("income", "Correct the sheet")  # inside the other string it would not be collected
    return form_page(
        request, form, title=f"{heading} · {_name(row)}",
        submit=pgettext("income", "Begin a new version"), cancel=back,
    )  # fmt: skip


@door(Right.VIEW_CASES, lent=LENT)
@once
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep the amount of a sheet with a note although a list says something else by now."""
    rows = IncomeChange.objects.select_related("sheet__case__household", "sheet__case__area")
    row = get_visible_or_404(rows, request.user, pk=pk)
    back = reverse("cases:income_sheet", args=[row.sheet_id])
    if row.answer or not may_write(row.sheet.case, request.user):
        messages.error(request, _("This is answered already, or not yours to answer."))
        return redirect(back)
    form = KeepForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: confirming.keep_amount(row, form.cleaned_data["note"], by=request.user),
            done=_("Kept: the note stands beside the change."),
            then=back,
        )
        if done:
            return done
    return form_page(
        request, form, title=_("Keep the amount of %(item)s") % {"item": row.code}, submit=_("Keep the amount"),
        cancel=back, intro=_("If the list is right, correct the sheet by a new version instead."),
    )  # fmt: skip


@door(Right.VIEW_CASES, lent=LENT)
@once
def move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Withdraw a confirmed sheet, or leave a draft unused; each with its reason."""
    row = _found(request, pk)
    then = reverse("cases:income_sheet", args=[row.pk])
    if verb not in VERBS:
        raise Http404
    if not offers(row, request.user, (verb,)):
        messages.error(request, _("This is not yours to do, or it is not possible as the sheet stands now."))
        return redirect(then)

    def run(seen: IncomeSheet, asked: Request) -> IncomeSheet:
        act = confirming.withdraw if verb == "withdraw" else confirming.drop
        return act(seen, asked.reason, by=request.user, on=asked.on)

    told = _("The register gets back what it held for the period before; what was reported stays reported.")
    consequences = (told,) if verb == "withdraw" else ()
    page = Page(then=then, run=run, name=_name(row), calm=verb == "drop", consequences=consequences)
    return move_page(request, row, verb, page)


def _written(request: StaffRequest, row: IncomeSheet) -> HttpResponse:
    """Show the form of a draft, and take it: kept as it is, or confirmed."""
    period = drafting.period_of(row)
    fed, known = fed_of(row.case.household, period), carried(row.case, period, clock.today())
    may_report = request.user.holds(Right.REPORT_CONCERNS, row.area_code)
    form = SheetForm(request.POST or None, sheet=row, fed=fed, known=known, may_report=may_report)
    back = reverse("cases:income_sheets", args=[row.case_id])
    if form.is_valid():
        keeping = request.POST.get("act") == "keep"
        done = attempt(
            request,
            form,
            lambda: (
                drafting.save(row, form.said(), by=request.user)
                if keeping
                else confirming.confirm(row, form.said(), by=request.user, risk=form.risk())
            ),
            done=_("Kept: the sheet can be confirmed later.") if keeping else _told,
            then=reverse("cases:income_sheet", args=[row.pk]),
        )
        if done:
            return done
    form.renew_mark()
    context = {
        "sheet": row,
        "title": title_of(row.case),
        "form": form,
        "back": back,
        "may_report": may_report,
    }
    return render(request, "assistance/income/write.html", context)


def _told(row: IncomeSheet) -> str:
    return _("Confirmed: net income per head %(net)s yuan, reference income per head %(reference)s yuan.") % {
        "net": f"{row.net_per_head:,}", "reference": f"{row.reference_per_head:,}",
    }  # fmt: skip


def _name(row: IncomeSheet) -> str:
    return f"{words.period_name(row)} · {title_of(row.case)}"


def _case(request: StaffRequest, pk: int) -> Case:
    rows = Case.objects.select_related("household", "area", "standing")
    return get_visible_or_404(rows, request.user, pk=pk)


def _visit(request: StaffRequest, case: Case) -> Visit | None:
    """Return the visit that the address names, where it is one to this household."""
    key = request.GET.get("visit", "")
    if not key.isdigit():
        return None
    return Visit.objects.visible_to(request.user).filter(pk=key, household=case.household_id).first()


def _found(request: StaffRequest, pk: int) -> IncomeSheet:
    rows = IncomeSheet.objects.select_related(
        "case__household", "case__area", "confirmed_by", "begun_by", "visit"
    )
    return get_visible_or_404(rows, request.user, pk=pk)
