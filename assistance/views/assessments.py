"""Batch assessments: the list, declaring one, its counts, what is done with many, and one household's sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from assistance.assessment import acting, declaring, paper, tables
from assistance.assessment.aftercare import looked_after
from assistance.assessment.counting import counts
from assistance.assessment.criteria import of_kept
from assistance.assessment.ends_table import ends
from assistance.assessment.forms import DeclareForm, StepForm, WhyForm
from assistance.assessment.lifecycle import ASSESSED
from assistance.assessment.rule import rule_of
from assistance.assessment.scoring import right_of
from assistance.assessment.telling import page_of
from assistance.assessment.villages import villages_of, waits_at
from assistance.deciding.kinds import RULES
from assistance.models import AssessedHousehold, Assessment, PolicyExit
from assistance.removal.guards import guards_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download
from foundation.workflow.offers import history
from households.openings import record_opening

#: A number with so many digits is no key; so many who stay out are named after an act.
_TOO_LONG, _NAMED = 18, 5


@door(Right.VIEW_CASES)
@require_GET
def assessments(request: StaffRequest) -> HttpResponse:
    """List the assessments of one's areas, the newest first."""
    rows = Assessment.objects.visible_to(request.user).select_related("area")
    page = tables.assessments().page(rows, request)
    may = any(request.user.holds(right) for right in (Right.REVIEW_CASES, Right.DECIDE_CASES))
    return answer(request, "assistance/assessment/list.html", page, may_declare=may)


@door(Right.REVIEW_CASES, Right.DECIDE_CASES)
@once
def declare(request: StaffRequest) -> HttpResponse:
    """Declare an assessment; a job judges the households."""
    form = DeclareForm(request.POST or None, user=request.user)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: declaring.declare(form.wanted(), by=request.user),
            done=_("Declared: the households are being judged, even if you close this page."),
            then=page_of,
        )
        if done:
            return done
    return form_page(
        request, form, title=_("Declare a batch assessment"), submit=_("Declare"), cancel=reverse("cases:assessments"),
        intro=_("Every household is judged from facts by the rule of the day. Nothing changes by it: the township "
                "confirms or changes each result, and the list goes through village, notice and county."),
    )  # fmt: skip


@door(Right.VIEW_CASES)
@require_GET
def assessment(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one assessment: counts by result and area, each leading to its list, and what may be done."""
    row = _found(request, pk)
    rows = tables.rows_for(request.user, row)
    states = list(rows.order_by().values_list("state", flat=True).distinct())
    acts = acting.acts_of(request.user, states) if row.cancelled_on is None else []
    page = tables.households("assess" if acts else "").page(rows, request)
    may = right_of(request.user, row.area_id) is not None and row.cancelled_on is None
    context = {
        "row": row,
        "whom": tables.whom(row),
        "rule": rule_of(row.rule),
        "counts": counts(row, request.user),
        "villages": villages_of(row, request.user) if row.cancelled_on is None else [],
        "running": declaring.is_running(row),
        "may_manage": may,
        "form": StepForm(acts=acts) if acts else None,
        "query": request.GET.urlencode(),
    }
    return answer(request, "assistance/assessment/page.html", page, **context)


@door(Right.PREPARE_CASES, Right.REVIEW_CASES, Right.DECIDE_CASES)
@require_POST
@once
def step(request: StaffRequest, pk: int) -> HttpResponse:
    """Do one act on the ticked households, or on all that the filters of the address show."""
    row = _found(request, pk)
    back = f"{page_of(row)}?{request.GET.urlencode()}" if request.GET else page_of(row)
    form = StepForm(request.POST, acts=list(acting.acts_of(request.user, list(ASSESSED.states))))
    if not form.is_valid():
        told = "；".join(
            f"{form.fields[name].label}：{'；'.join(map(str, said))}" for name, said in form.errors.items()
        )
        messages.error(request, told)
        return redirect(back)
    try:
        done = acting.do(
            form.cleaned_data["act"], _chosen(request, row, form), form.cleaned_data, by=request.user
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(back)
    if done.batch is not None and done.batch.job is not None:
        messages.success(request, _("The work has begun; this page shows how far it is."))
        word = RULES[done.batch.kind].word
        return redirect(f"cases:{word}_paper", pk=done.batch.pk)
    if done.moved:
        words = ngettext("Done for %(count)d household.", "Done for %(count)d households.", done.moved)
        messages.success(request, words % {"count": done.moved})
    for code, sentence in done.refused[:_NAMED]:
        messages.error(request, f"{code}：{sentence}")
    if (more := len(done.refused) - _NAMED) > 0:
        messages.error(request, _("%(count)d more stay out.") % {"count": more})
    return redirect(back)


@door(Right.VIEW_CASES)
@require_GET
def household(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one household's sheet: every criterion with its answer, evidence and source, and what was done."""
    rows = AssessedHousehold.objects.select_related("household__area", "assessment__area", "case", "signal")
    row = get_visible_or_404(rows, request.user, pk=pk)
    record_opening(row.household, by=request.user, through="case")
    rule, user = rule_of(row.assessment.rule), request.user
    known = set(User.objects.visible_to(user).values_list("pk", flat=True))
    acts = acting.acts_of(user, [row.state])
    leaving = row.case is not None and (row.result or row.proposed) == "leaves"
    sees = user.holds(Right.VIEW_HOUSEHOLDS, row.household.area_id)
    context = {
        "row": row,
        "title": _head(row),
        "result": tables.result_badge(row),
        "basis": tables.basis_of(row),
        "rule": rule,
        "answers": [(rule.find(each.code), each) for each in of_kept(row.answers)],
        "meetings": row.evaluation_items.select_related("evaluation").order_by("pk"),
        "lines": row.notice_items.select_related("notice").prefetch_related("objections").order_by("pk"),
        "papers": row.batch_items.select_related("batch").exclude(result="").order_by("pk"),
        "waits_at": waits_at(row, user),
        "guards": guards_of(row.case, "assisted") if leaving and row.case is not None else [],
        "ended": row.exits.order_by("-pk").first(),
        "form": StepForm(acts=acts) if acts else None,
        "household_url": reverse("households:household", args=[row.household_id]) if sees else "",
        "events": [(each, _label(each.verb), each.by.name if each.by_id in known else "") for each in history(row)],
    }  # fmt: skip
    return render(request, "assistance/assessment/household.html", context)


@door(Right.VIEW_CASES)
@require_GET
def policy_ends(request: StaffRequest) -> HttpResponse:
    """List the households for which policy has ended, by when they are looked in on next."""
    rows = looked_after(PolicyExit.objects.visible_to(request.user)).select_related("household__area")
    return answer(request, "assistance/assessment/ends.html", ends().page(rows, request))


@door(Right.VIEW_CASES)
@require_POST
def printed(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out an assessment as PDF."""
    row = _found(request, pk)
    try:
        made = paper.printed(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(page_of(row))
    return download(made.pieces, name=made.name, media_type=made.media_type, size=made.size)


@door(Right.REVIEW_CASES, Right.DECIDE_CASES)
@require_POST
@once
def go_on(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for the work again, where it was stopped or households came into the set since."""
    row = _found(request, pk)
    try:
        job = declaring.go_on(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(page_of(row))
    return redirect("desk:job", uuid=job.uuid)


@door(Right.REVIEW_CASES, Right.DECIDE_CASES)
@once
def call_off(request: StaffRequest, pk: int) -> HttpResponse:
    """Call an assessment off, with the reason."""
    row, form = _found(request, pk), WhyForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request, form, lambda: declaring.cancel(row, form.cleaned_data["reason"], by=request.user),
            done=_("Called off: every household is free for another assessment."), then=page_of(row),
        )  # fmt: skip
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Call the assessment off"),
        submit=_("Call off"),
        cancel=page_of(row),
        template=CONFIRM,
    )


def _found(request: StaffRequest, pk: int) -> Assessment:
    return get_visible_or_404(Assessment.objects.select_related("area", "declared_by"), request.user, pk=pk)


def _chosen(request: StaffRequest, row: Assessment, form: StepForm) -> list[AssessedHousehold]:
    """Return the ticked households, or all that the filters show and from which the act leaves."""
    rows: Any = tables.rows_for(request.user, row)
    if form.cleaned_data.get("every"):
        found = tables.households().filtered(rows, request.GET, request.user)
        return list(found.filter(state__in=ASSESSED.find(form.cleaned_data["act"]).sources).order_by("pk"))
    keys = [int(key) for key in request.POST.getlist("row") if key.isdecimal() and len(key) < _TOO_LONG]
    return list(rows.filter(pk__in=keys).order_by("pk"))


def _head(row: AssessedHousehold) -> str:
    head = row.household.residents.present().filter(relation="01").first()
    return str(head.shown_name) if head else row.household.code


def _label(verb: str) -> str:
    if verb == ASSESSED.created:
        return pgettext("assessment", "Judged by the rule")
    return str(ASSESSED.find(verb).label)
