"""Applications: written on the page of a case, or handed in on paper; their page, their form, and papers asked for."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assistance.applying import demanding, printing, writing
from assistance.applying.attaching import PAPERS
from assistance.applying.document import DOCUMENT, words_stand
from assistance.applying.forms import ApplicationForm, DemandForm, PaperForm, SettleForm
from assistance.applying.panel import ask_url, may_replace
from assistance.applying.papers import papers
from assistance.applying.taking import STEP, lacking
from assistance.applying.words import line_words, told
from assistance.checks.looking import check_name
from assistance.checks.panel import is_next, may_run
from assistance.models import Application, Case, PaperDemand
from assistance.notices.lines import line_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.file_lists import file_list
from foundation.desk.once import once
from foundation.files.answers import download
from households.models import Household
from households.openings import record_opening
from households.signing.showing import shown


@door(Right.VIEW_CASES)
@require_GET
def application(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a household applies for and who has signed; the look is on record."""
    row = _found(request, pk)
    record_opening(row.household, by=request.user, through="application")
    case = row.case
    waits = case is not None and STEP in case.waits_for
    context = {
        "application": row,
        "row": row,
        "words": (words := told(row)),
        "page_words": {"words": words},
        "as_signed": words_stand(row),
        "digest": DOCUMENT.digest(row),
        "signatures": shown(row, request.user),
        "files": file_list(row, PAPERS, request.user),
        "lacking": lacking(case) if case is not None and waits else [],
        "ask_url": ask_url(case) if case is not None else "",
        "may_replace": may_replace(row, request.user),
        "line": line_words(_line(case)) if case is not None and not words.line else [],
        "may_run": case is not None and is_next(case) and may_run(case, request.user),
        "check_name": check_name(row.area_code),
    }
    return render(request, "assistance/applications/application.html", context)


@door(Right.PREPARE_CASES)
@once
def application_write(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the application of a case: what the doorstep brought stands in it already."""
    case = _case(request, pk)
    form = ApplicationForm(request.POST or None, household=case.household, visit=case.visit)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: writing.write(case, form.wanted(), by=request.user),
            done=_("Now it is read aloud and signed: hand the phone over."),
            then=DOCUMENT.url,
        )
        if done:
            return done
    context = {"form": form, "case": case, "line": line_words(_line(case)), "cancel": _case_url(case)}
    return render(request, "assistance/applications/write.html", context)


@door(Right.PREPARE_CASES)
@once
def application_paper(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a written application that a household handed in as the first paper."""
    rows = Household.objects.visible_to(request.user, Right.PREPARE_CASES).select_related("area")
    home = get_visible_or_404(rows, request.user, pk=pk)
    form = PaperForm(request.POST or None, request.FILES or None, household=home)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: writing.take_paper(home, form.paper(), by=request.user),
            done=_("The application is taken: it goes with the household and is not asked for again."),
            then=DOCUMENT.url,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Written application of household %(code)s") % {"code": home.code},
        submit=_("Take the application"),
        cancel=reverse("households:household", args=[home.pk]),
        intro=_("It opens a warning, or joins the one that is open, as the household's own report."),
    )


@door(Right.VIEW_CASES)
@require_POST
def application_pdf(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the form (F2) as PDF."""
    opened = printing.printed(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


@door(Right.PREPARE_CASES)
@once
def demand(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for a paper; one whose fact data answer is refused with the name of the data."""
    case = _case(request, pk)
    form = DemandForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: demanding.demand(
                case, form.cleaned_data["paper"], form.cleaned_data["why"], by=request.user
            ),
            done=_("Written down. The application waits for it."),
            then=_case_url(case),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Ask for a paper"),
        submit=_("Ask for it"),
        cancel=_case_url(case),
        intro=_(
            "Only what neither the register nor a connected dataset answers. The whole list is published."
        ),
    )


@door(Right.PREPARE_CASES)
@once
def demand_settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a paper came, or is not needed."""
    rows = PaperDemand.objects.visible_to(request.user, Right.PREPARE_CASES)
    row = get_visible_or_404(rows.select_related("case__household"), request.user, pk=pk)
    back = _case_url(row.case)
    if row.ended_on is not None:
        messages.info(request, _("Somebody has written this down already."))
        return redirect(back)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        brought = form.cleaned_data["brought"] == "yes"
        done = attempt(
            request,
            form,
            lambda: demanding.settle(row, brought=brought, by=request.user),
            done=_("Written down."),
            then=back,
        )
        if done:
            return done
    declared = papers().get(row.paper)
    title = declared.name if declared else row.paper
    return form_page(request, form, title=title, submit=_("Write down"), cancel=back, intro=row.why)


def _found(request: StaffRequest, pk: int) -> Application:
    rows = Application.objects.select_related(
        "household__area", "case__household", "applicant", "authorisation"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


def _case(request: StaffRequest, pk: int) -> Case:
    rows = Case.objects.visible_to(request.user, Right.PREPARE_CASES)
    return get_visible_or_404(rows.select_related("household", "area", "visit"), request.user, pk=pk)


def _case_url(case: Case) -> str:
    return reverse("cases:case", args=[case.pk])


def _line(case: Case) -> dict[str, object]:
    line = line_of(case)
    return {
        "village": line.village, "group": line.group, "name": line.name, "persons": line.persons,
        "category": line.category,
    }  # fmt: skip
