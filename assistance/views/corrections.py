"""Wrong identifications: proposed with the hearing of the household, decided by the county, told by a notice."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from assistance.deciding import correcting, correction_tables
from assistance.deciding.correcting import Hearing
from assistance.deciding.correction_files import FILES, is_proved
from assistance.deciding.forms import HearingForm, NoticeOfCorrectionForm, WhyForm
from assistance.models import Case, Correction
from assistance.page import title_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.file_lists import file_list
from foundation.desk.once import once
from foundation.desk.tables import answer
from households.openings import record_opening


@door(Right.VIEW_CASES)
@require_GET
def corrections(request: StaffRequest) -> HttpResponse:
    """List the corrections of one's areas, the newest first."""
    page = correction_tables.table().page(correction_tables.rows_for(request.user), request)
    return answer(request, "assistance/deciding/corrections.html", page)


@door(Right.REVIEW_CASES)
@once
def propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose that an enrolled household was wrongly identified."""
    case = get_visible_or_404(Case.objects.select_related("household", "area"), request.user, pk=pk)
    form = HearingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        heard = Hearing(given["heard_on"], given["heard_by"], given["heard"])
        done = attempt(
            request,
            form,
            lambda: correcting.propose(case, heard, given["reason"], by=request.user),
            done=_("Proposed: the county decides."),
            then=lambda made: reverse("cases:correction", args=[made.pk]),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Wrongly identified: %(whose)s") % {"whose": title_of(case)},
        submit=_("Propose to the county"),
        cancel=reverse("cases:case", args=[case.pk]),
        intro=_(
            "The household is heard first. Until the county decides it goes on being monitored and helped."
        ),
        template=CONFIRM,
    )


@door(Right.VIEW_CASES)
@require_GET
def correction(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one correction: why, what the household said, what was decided, and its notice."""
    row = _found(request, pk)
    record_opening(row.case.household, by=request.user, through="case")
    user, area = request.user, row.case.area_id
    return render(
        request,
        "assistance/deciding/correction.html",
        {
            "row": row,
            "title": title_of(row.case),
            "may_decide": not row.outcome and user.holds(Right.DECIDE_CASES, area),
            "may_post": row.outcome == Correction.Outcome.CONFIRMED
            and row.noticed_on is None
            and user.holds(Right.REVIEW_CASES, area),
            "state": correction_tables.badge(row),
            "files": file_list(row, FILES, user),
        },
    )


@door(Right.DECIDE_CASES)
@once
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Decide that the identification was wrong."""
    row, form = _found(request, pk), WhyForm(request.POST if request.method == "POST" else None)
    intro = _(
        "From today the household is no longer monitored; it is counted apart, and earlier reports stay."
    )
    return _decided(request, row, form, _("Confirm: wrongly identified"), intro, confirm=True)


@door(Right.DECIDE_CASES)
@once
def reject(request: StaffRequest, pk: int) -> HttpResponse:
    """Decide that the identification stands."""
    row, form = _found(request, pk), WhyForm(request.POST if request.method == "POST" else None)
    intro = _("The household goes on being monitored and helped.")
    return _decided(request, row, form, _("The identification stands"), intro, confirm=False)


@door(Right.REVIEW_CASES)
@once
def post_notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down where the notice of a confirmed correction hangs."""
    row = _found(request, pk)
    posted = request.method == "POST"
    given = (request.POST, request.FILES) if posted else ()
    form = NoticeOfCorrectionForm(*given, proved=is_proved(row))
    back = reverse("cases:correction", args=[pk])
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: correcting.post_notice(row, form.told(), by=request.user),
            done=_("Written down."),
            then=back,
        )
        if done:
            return done
    return form_page(request, form, title=_("Notice of the correction"), submit=_("Write down"), cancel=back)


def _decided(
    request: StaffRequest, row: Correction, form: forms.Form, title: str, intro: str, *, confirm: bool
) -> HttpResponse:
    back = reverse("cases:correction", args=[row.pk])
    act = correcting.confirm if confirm else correcting.reject
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: act(row, form.cleaned_data["reason"], by=request.user),
            done=_("Decided."),
            then=back,
        )
        if done:
            return done
    return form_page(
        request, form, title=title, submit=title, cancel=back, intro=intro,
        **({"template": CONFIRM} if confirm else {}),
    )  # fmt: skip


def _found(request: StaffRequest, pk: int) -> Correction:
    rows = Correction.objects.select_related(
        "case__household", "case__area", "case__standing__household", "proposed_by", "decided_by"
    )
    return get_visible_or_404(rows, request.user, pk=pk)
