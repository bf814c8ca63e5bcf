"""Answer what came to a case from outside: changed facts, new risks."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance import way_forms as forms
from assistance.asked_panels import told_change
from assistance.enrolment import basis, risks
from assistance.models import BasisChange, CaseRisk
from assistance.telling import page_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once


@door(Right.REVIEW_CASES, Right.DECIDE_CASES)
@once
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer changed facts; a re-check of a case on its way goes on to its return."""
    rows = BasisChange.objects.select_related("case__household", "finding__standard")
    row = get_visible_or_404(rows, request.user, pk=pk)
    form = forms.BasisForm(request.POST or None, case=row.case, change=row, offered=basis.answers_for(row))
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: basis.answer(row, given["answer"], given["note"], by=request.user),
            done=_("The answer is on record."),
            then=_next(row, given["answer"]),
        )
        if done:
            return done
    names = {row.finding.standard_id: row.finding.standard.label} if row.finding else {}
    exact = request.user.holds(Right.VIEW_FINDINGS, row.case.area_id)
    told = told_change(row, names, exact=exact)
    return form_page(
        request,
        form,
        title=_("Answer changed facts"),
        submit=_("Answer"),
        cancel=page_of(row.case),
        intro=_("%(what)s. Before: %(old)s. Now: %(new)s. Nothing moves by itself.")
        % {"what": told.what, "old": told.old, "new": told.new},
    )


@door(Right.REVIEW_CASES)
@once
def risk(request: StaffRequest, pk: int) -> HttpResponse:
    """Judge a new signal on a running case."""
    rows = CaseRisk.objects.visible_to(request.user, Right.REVIEW_CASES)
    row = get_visible_or_404(rows.select_related("case__household", "finding__standard"), request.user, pk=pk)
    form = forms.RiskForm(request.POST or None, case=row.case)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: risks.judge(row, given["answer"], given["note"], by=request.user),
            done=_("The answer is on record."),
            then=page_of(row.case),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=pgettext("case", "Judge a new signal"),
        submit=_("Answer"),
        cancel=page_of(row.case),
        intro=f"{row.finding.standard.label} · {row.finding.day}" if row.finding else "",
    )


def _next(row: BasisChange, said: str) -> str:
    """Return where one goes on: a case on its way is returned to be checked again."""
    if said == BasisChange.Answer.RECHECK and row.case.state == "open":
        return reverse("cases:move", args=[row.case_id, "return"])
    if said == BasisChange.Answer.JOIN and row.case.state in ("open", "unauthorised"):
        return reverse("cases:move", args=[row.case_id, "mark_duplicate"])
    return page_of(row.case)
