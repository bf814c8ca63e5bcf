"""Aid records: writing one down on the phone, its page, what follows it, and the list of an area."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from assistance.aid import acknowledging, panel, recording, tables
from assistance.aid.files import AID_FILES
from assistance.aid.forms import AidForm, CodeForm, PhoneForm, StopForm, WhyForm
from assistance.aid.lifecycle import AID
from assistance.aid.offering import offered
from assistance.aid.rules import may_change, may_record
from assistance.aid.selectors import promised_measure
from assistance.catalogue.book import measure as declared_measure
from assistance.catalogue.book import measures
from assistance.catalogue.declared import DeclaredMeasure
from assistance.catalogue.words import CatalogueWords
from assistance.measures.forms import grouped
from assistance.models import AidRecord, Case, Measure
from assistance.page import title_of
from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, FORM, attempt, form_page
from foundation.desk.file_lists import FileList, file_list
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.workflow.offers import history
from households.openings import record_opening
from households.signing.selectors import signatures_of

#: Verb of the page → its form and the stage function with what the form gave.
ACTS: dict[str, tuple[type[forms.Form], Callable[..., AidRecord]]] = {
    "phone": (PhoneForm, lambda row, given, by: acknowledging.by_phone(row, given["who"], by=by)),
    "code": (CodeForm, lambda row, given, by: acknowledging.by_code(row, given["code"], by=by)),
    "unacknowledge": (WhyForm, lambda row, given, by: acknowledging.take_back(row, given["reason"], by=by)),
    "stop": (StopForm, lambda row, given, by: recording.stop(row, given["month"], given["reason"], by=by)),
    "go_on": (WhyForm, lambda row, given, by: recording.go_on(row, given["reason"], by=by)),
    "strike": (WhyForm, lambda row, given, by: recording.strike(row, given["reason"], by=by)),
    "restore": (WhyForm, lambda row, given, by: recording.restore(row, given["reason"], by=by)),
}


@door(Right.VIEW_CASES, Right.ANSWER_MEASURES, lent="assistance.case")
@require_GET
def records(request: StaffRequest) -> HttpResponse:
    """List the aid of one's areas, or of what one's office was asked for."""
    page = tables.records_table(request.user).page(tables.records_for(request.user), request)
    return answer(request, "assistance/aid/records.html", page)


@door(Right.VIEW_CASES, lent="assistance.case")
@once
def record_for_case(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down aid of a household: first which help (one press), then how much."""
    case = get_visible_or_404(
        Case.objects.select_related("household", "area", "standing"), request.user, pk=pk
    )
    if not may_record(case, request.user):
        messages.error(request, _("Aid of this household is not yours to record."))
        return redirect("cases:case", pk=case.pk)
    if request.method == "GET":
        record_opening(case.household, by=request.user, through="case")
    promised = promised_measure(case, request.GET.get("measure", ""))
    declared = declared_measure(promised.code if promised else request.GET.get("code", ""))
    if declared is None:
        return _choose(request, case)
    here = reverse("cases:record_aid", args=[case.pk])
    return _form(request, case, declared, promised, cancel=here)


@door(Right.ANSWER_MEASURES, Right.VIEW_CASES, lent="assistance.case")
@once
def record_for_measure(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down aid for a measure, by the office that was asked or by who works with the case."""
    rows = Measure.objects.visible_to(request.user).select_related(
        "case__household", "case__area", "resident"
    )
    promised = get_visible_or_404(rows, request.user, pk=pk)
    declared, back = declared_measure(promised.code), reverse("cases:measure", args=[promised.pk])
    if declared is None or not may_record(promised.case, request.user, promised):
        messages.error(request, _("Aid for this measure is not yours to record."))
        return redirect(back)
    return _form(request, promised.case, declared, promised, cancel=back)


@door(Right.VIEW_CASES, Right.ANSWER_MEASURES, lent="assistance.case")
@require_GET
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one record: what was given, its papers, who acknowledged it, and what happened."""
    row = _found(request, pk)
    sees_case = Case.objects.visible_to(request.user).filter(pk=row.case_id).exists()
    context = panel.line(row) | {
        "kind": CatalogueWords(row.area_code).kind(row.kind),
        "who": tables.records_who(request.user, row),
        "case_url": reverse("cases:case", args=[row.case_id]) if sees_case else "",
        "title": title_of(row.case) if sees_case else "",
        "acts": offered(row, request.user),
        "may_sign": _may_sign(request, row),
        "signatures": signatures_of(row) if sees_case else [],
        "files": _files(request, row),
        "feed": tables.feed_label(row),
        "events": [
            (each.happened_on, _label(each.verb), each.get_role_display(), each.reason) for each in history(row)
        ],
    }  # fmt: skip
    return render(request, "assistance/aid/record.html", context)


@door(Right.VIEW_CASES, Right.ANSWER_MEASURES, lent="assistance.case")
@once
def act(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Acknowledge, stop, strike out, or take one of these back; each asks for what it needs."""
    row, then = _found(request, pk), reverse("cases:aid_record", args=[pk])
    if verb not in ACTS:
        raise Http404
    labels = dict(offered(row, request.user))
    if verb not in labels:
        messages.error(request, _("This is not yours to do, or it is not possible as the record stands now."))
        return redirect(then)
    made, run = ACTS[verb]
    start = {"version": row.version, "month": f"{clock.today():%Y-%m}"}
    form = made(request.POST or None, initial=start)
    if form.is_valid():
        given = form.cleaned_data
        row.version = given["version"]
        done = attempt(
            request, form, lambda: run(row, given, request.user),
            done=_("“%(move)s”: done.") % {"move": labels[verb]}, then=then,
        )  # fmt: skip
        if done:
            return done
    warns = verb in ("stop", "strike")
    says = [_("It counts no more from then on; it stays readable, and can be put back.")] if warns else []
    if verb == "stop" and row.measure_id is not None:
        says.append(_("Where nothing else runs under its measure, the measure ends with it."))
    return form_page(
        request, form, title=f"{labels[verb]} · {row.called}", submit=labels[verb], cancel=then,
        template=CONFIRM if warns else FORM,
        consequences=tuple(says),
    )  # fmt: skip


@door(Right.VIEW_CASES, lent="assistance.case")
@once
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    """Lead to the pad on which a member signs that the aid came."""
    row, then = _found(request, pk), reverse("cases:aid_record", args=[pk])
    if request.method != "POST":
        return redirect(then)
    try:
        owed = acknowledging.ask_signature(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(then)
    return redirect("signatures:signature", pk=owed.pk)


def _form(
    request: StaffRequest, case: Case, declared: DeclaredMeasure, promised: Measure | None, *, cancel: str
) -> HttpResponse:
    names = tables.Names(request.user)
    form = AidForm(
        request.POST or None, request.FILES or None, case=case, declared=declared, measure=promised,
        name=lambda person: names.member(person, case.pk),
    )  # fmt: skip
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: recording.record_aid(case, form.aid(), by=request.user, photo=form.upload()),
            done=_("Written down. Now the household may acknowledge it."),
            then=lambda row: reverse("cases:aid_record", args=[row.pk]),
        )
        if done:
            return done
    context = {
        "form": form, "help": declared, "measure": promised, "cancel": cancel,
        "front": [form[name] for name in ("resident", "per", "amount", "service", "landed_on", "photo")],
        "folded": [form[name] for name in ("until_month", "payer", "other_payer", "note")],
        "folded_open": any(form[name].errors for name in ("until_month", "payer", "other_payer", "note")),
    }  # fmt: skip
    return render(request, "assistance/aid/form.html", context)


def _choose(request: StaffRequest, case: Case) -> HttpResponse:
    words = CatalogueWords(case.area_id)
    context = {
        "case": case,
        "title": title_of(case),
        "promised": panel.unrecorded(case),
        "others": grouped(measures().values(), lambda each: words.kind(each.kind)),
    }
    return render(request, "assistance/aid/choose.html", context)


def _may_sign(request: StaffRequest, row: AidRecord) -> bool:
    visits = request.user.holds(Right.VISIT_HOUSEHOLDS, row.area_code, of=row.case.household)
    return row.state == "recorded" and not row.acknowledged_how and visits and may_change(row, request.user)


def _files(request: StaffRequest, row: AidRecord) -> FileList | None:
    """Return the papers for who sees the cases of the village; to others they are not shown."""
    sees = request.user.holds(Right.VIEW_CASES, row.area_code)
    return file_list(row, AID_FILES, request.user) if sees else None


def _label(verb: str) -> str:
    return pgettext("aid", "recorded") if verb == AID.created else str(AID.find(verb).label)


def _found(request: StaffRequest, pk: int) -> AidRecord:
    rows = AidRecord.objects.visible_to(request.user).select_related(
        "case__household", "case__area", "resident", "department", "measure", "feed_delivery"
    )
    return get_visible_or_404(rows, request.user, pk=pk)
