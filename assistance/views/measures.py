"""Measures: ticking them on the phone, the catalogue, the task list of an office, and its answers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from assistance.aid import of_answers
from assistance.aid.panel import line
from assistance.aid.rules import may_record
from assistance.catalogue.book import measures
from assistance.catalogue.paying import AMOUNTS
from assistance.catalogue.terms import About
from assistance.catalogue.words import CatalogueWords
from assistance.measures import answering, ending, forms, suggesting, tables, ticking, wording
from assistance.measures.offering import VERBS, offered
from assistance.measures.rules import may_plan
from assistance.models import Case, Measure
from assistance.page import title_of
from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.workflow.move import Request
from foundation.workflow.offers import history
from households.openings import record_opening


@door(Right.VIEW_CASES, lent="assistance.case")
@once
def of_case(request: StaffRequest, pk: int) -> HttpResponse:
    """Tick measures for a household: suggested ones first with their reasons; a press for each, and one to send."""
    case = get_visible_or_404(
        Case.objects.select_related("household", "area", "standing"), request.user, pk=pk
    )
    may = may_plan(case, request.user)
    offer = suggesting.offer_for(case)
    if request.method == "POST":
        risks = {code: suggesting.first_risk(each, offer.risks) for code, each in measures().items()}
        try:
            done = ticking.tick(case, forms.ticks_of(request.POST, risks), by=request.user)
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _ticked(done))
            return redirect("cases:case", pk=case.pk)
    else:
        record_opening(case.household, by=request.user, through="case")
    words = CatalogueWords(case.area_id)
    context = {
        "case": case,
        "title": title_of(case),
        "may": may,
        "risks": [words.risk(each) for each in offer.risks],
        "groups": forms.grouped(offer.suggested, lambda each: _group(each, words)),
        "others": forms.grouped(offer.left_out, lambda each: words.kind(each.measure.kind)),
        "people": [each.resident for each in offer.home.people],
        "kept": forms.kept_of(request.POST),
        "note": request.POST.get(forms.NOTE, ""),
        "member": About.MEMBER,
        "goes_out": ticking.goes_out(case),
    }
    return render(request, "assistance/help/tick.html", context)


@door(Right.VIEW_CASES, Right.ANSWER_MEASURES)
@require_GET
def catalogue(request: StaffRequest) -> HttpResponse:
    """Show every measure of the catalogue: for whom it is, what is paid where, and where that is written."""
    area = min((duty.area for duty in request.user.duties()), default="")
    words, today = CatalogueWords(area), clock.today()
    offices = dict(tables.offices())
    shown: dict[str, list[dict[str, Any]]] = {}
    for each in measures().values():
        paid, written = words.paid(each, today)
        shown.setdefault(words.kind(each.kind), []).append(
            {
                "measure": each,
                "office": offices.get(each.department) or _("township office"),
                "risks": "、".join(words.risk(risk) for risk in each.answers),
                "rules": [words.condition(rule) for rule in each.conditions],
                "source": words.source(each.source),
                "paid": paid,
                "paid_source": written,
                "computed": words.computed(each, today),
            }
        )
    return render(request, "assistance/help/catalogue.html",
                  {"groups": list(shown.items()), "area": area, "amounts": AMOUNTS,
                   "may_propose": request.user.holds(Right.PROPOSE_VALUES)})  # fmt: skip


@door(Right.ANSWER_MEASURES, Right.VIEW_CASES)
@require_GET
def tasks(request: StaffRequest) -> HttpResponse:
    """List what one's office, or the offices of one's area, are asked to do for households."""
    page = tables.table_for(request.user).page(tables.rows_for(request.user), request)
    return answer(request, "assistance/help/tasks.html", page)


@door(Right.ANSWER_MEASURES, Right.VIEW_CASES, lent="assistance.case")
@require_GET
def measure(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what is asked, for whom as far as the reader may know, and what was answered."""
    return render(request, "assistance/help/measure.html", _context(request, _found(request, pk)))


@door(Right.ANSWER_MEASURES, Right.VIEW_CASES, lent="assistance.case")
@require_POST
def whom(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an office whom it is to help, in full; that it looked stands in the record."""
    row = _found(request, pk)
    context = _context(request, row)
    try:
        context["whom"] = answering.whom(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("cases:measure", pk=row.pk)
    return render(request, "assistance/help/measure.html", context)


@door(Right.ANSWER_MEASURES, Right.VIEW_CASES, lent="assistance.case")
@once
def measure_move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Answer for one's office, or take a tick back; who may not is led to the page that says how it stands."""
    row = _found(request, pk)
    then = reverse("cases:measure", args=[row.pk])
    if verb not in VERBS:
        raise Http404
    if verb not in offered(row, request.user):
        messages.error(
            request, _("This is not yours to do, or it is not possible as the measure stands now.")
        )
        return redirect(then)
    if verb in ("land", "stop"):
        return (_land if verb == "land" else _stop)(request, row, then)
    acts = {
        "refuse": answering.refuse,
        "take_back": of_answers.answer_again,
        "ask_again": ticking.ask_again,
        "withdraw": ticking.withdraw,
    }

    if verb == "go_on":
        page = Page(then=then, name=row.called, calm=True, run=_go_on(request))
        return move_page(request, row, verb, page)

    def run(seen: Measure, asked: Request) -> Measure:
        return acts[verb](seen, asked.reason, by=request.user, on=asked.on)

    return move_page(request, row, verb, Page(then=then, run=run, name=row.called))


def _land(request: StaffRequest, row: Measure, then: str) -> HttpResponse:
    mine = may_record(row.case, request.user, row)
    form = forms.LandForm(request.POST or None, measure=row, may_record=mine)
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        done = attempt(
            request,
            form,
            lambda: of_answers.land(row, form.told(), by=request.user, record=form.records()),
            done=_("Written down: it landed."),
            then=then,
        )
        if done:
            return done
    title = pgettext("measure", "Landed · %(name)s") % {"name": row.called}
    return form_page(request, form, title=title, submit=_("Write down"), cancel=then)


def _stop(request: StaffRequest, row: Measure, then: str) -> HttpResponse:
    form = forms.StopForm(request.POST or None, initial={"version": row.version, "stopped_on": clock.today()})
    if form.is_valid():
        given = form.cleaned_data
        row.version = given["version"]
        done = attempt(
            request, form, lambda: ending.stop(row, given["stopped_on"], given["reason"], by=request.user),
            done=_("Written down: it ends."), then=then,
        )  # fmt: skip
        if done:
            return done
    title = pgettext("measure", "Stop · %(name)s") % {"name": row.called}
    says = _(
        "From the next day on it stands against no risk; what is paid under it every month ends with it."
    )
    return form_page(
        request, form, title=title, submit=pgettext("measure", "Stop"), cancel=then, template=CONFIRM,
        consequences=(says,),
    )  # fmt: skip


def _go_on(request: StaffRequest) -> Callable[[Measure, Request], Measure]:
    return lambda seen, asked: ending.go_on(seen, asked.reason, by=request.user)


def _context(request: StaffRequest, row: Measure) -> dict[str, Any]:
    words, names = CatalogueWords(row.area_code), tables.Names(request.user)
    sees_case = Case.objects.visible_to(request.user).filter(pk=row.case_id).exists()
    declared = measures().get(row.code)
    return {
        "row": row,
        "badge": wording.badge(row),
        "office": wording.office_of(row),
        "told": wording.answer_told(row),
        "kind": words.kind(row.kind),
        "text": declared.text if declared else "",
        "who": names.who(row),
        "number": names.number(row),
        # Why a household is helped stays with who helps it: an office learns whom and what, never the reason.
        "risk": words.risk(row.risk_type) if row.risk_type and sees_case else "",
        "case_url": reverse("cases:case", args=[row.case_id]) if sees_case else "",
        "offers": [(verb, row.lifecycle.find(verb).label) for verb in offered(row, request.user)],
        "may_record": row.state in ("asked", "landed") and may_record(row.case, request.user, row),
        "aid": [line(each) for each in row.aid_records.select_related("department", "resident")],
        "may_ask_whom": answering.answers(request.user, row),
        "may_take_over": row.kept_area_id is not None and may_plan(row.case, request.user),
        "events": [
            (each.happened_on, _label(row, each.verb), each.get_role_display(), each.reason)
            for each in history(row)
            if each.reason != "case_ended"
        ],
    }


def _label(row: Measure, verb: str) -> str:
    created = verb == row.lifecycle.created
    return pgettext("measure", "ticked") if created else str(row.lifecycle.find(verb).label)


def _found(request: StaffRequest, pk: int) -> Measure:
    return get_visible_or_404(tables.with_all(Measure.objects.visible_to(request.user)), request.user, pk=pk)


def _group(each: suggesting.Suggestion, words: CatalogueWords) -> str:
    """Name the group of a suggestion: its kind, and apart what only develops the household."""
    kind = words.kind(each.measure.kind)
    return kind if each.risk else f"{kind} · {pgettext('plan', 'development')}"


def _ticked(done: ticking.Ticked) -> str:
    told = {"count": len(done.made), "asked": done.asked}
    if done.asked:
        return _("%(count)d measures are ticked; their departments were asked for %(asked)d.") % told
    return _("%(count)d measures are ticked; their departments are asked once the county has decided.") % told
