"""Plans of households: the list, making a version, the township's answer, and the papers."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from assistance.catalogue.words import CatalogueWords
from assistance.measures.rules import may_plan
from assistance.measures.selectors import of_case, risks_of
from assistance.measures.wording import answer_told, badge, office_of
from assistance.models import Case, Plan
from assistance.page import title_of
from assistance.plans import making, panel, paper, tables
from assistance.plans.checking import gaps_of
from assistance.plans.forms import PlanForm
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download
from foundation.workflow.move import Request
from foundation.workflow.offers import history, offers
from households.openings import record_opening

#: Moves that people make on a page; superseding goes with an approval.
VERBS = ("approve", "return", "withdraw")


@door(Right.VIEW_CASES, lent="assistance.case")
@require_GET
def plans(request: StaffRequest) -> HttpResponse:
    """List the monitored households with their plans."""
    page = tables.table().page(tables.rows_for(request.user), request)
    return answer(request, "assistance/help/plans.html", page)


@door(Right.VIEW_CASES, lent="assistance.case")
@once
def make(request: StaffRequest, pk: int) -> HttpResponse:
    """Make the next version from what is ticked; what is missing is named before it is handed up."""
    case = get_visible_or_404(
        Case.objects.select_related("household", "area", "standing"), request.user, pk=pk
    )
    may = may_plan(case, request.user)
    gaps = gaps_of(case, risks_of([case])[case.pk], of_case(case))
    form = PlanForm(request.POST if request.method == "POST" else None, gaps=gaps)
    if may and form.is_valid():
        done = attempt(
            request,
            form,
            lambda: making.submit(case, form.wanted(), by=request.user),
            done=_("The plan is handed to the township."),
            then=reverse("cases:case", args=[case.pk]),
        )
        if done:
            return done
    if request.method != "POST":
        record_opening(case.household, by=request.user, through="case")
    words = CatalogueWords(case.area_id)
    context = {
        "case": case,
        "title": title_of(case),
        "risks": panel.board_of(case),
        "missing": [words.risk(each) for each in gaps.risks],
        "gaps": gaps,
        "form": form if may else None,
    }
    return render(request, "assistance/help/make.html", context)


@door(Right.VIEW_CASES, lent="assistance.case")
@require_GET
def plan(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one version: its risks and measures, where each stands, and what the township said."""
    row = _found(request, pk)
    record_opening(row.case.household, by=request.user, through="case")
    words = CatalogueWords(row.area_code)
    lines = row.lines.select_related("measure__resident", "measure__department").order_by("pk")
    context = {
        "plan": row,
        "title": title_of(row.case),
        "badge": panel.plan_badge(row),
        "risks": "、".join(words.risk(each) for each in row.risk_types),
        "lines": [
            {
                "row": each.measure,
                "risk": words.risk(each.risk_type) if each.risk_type else pgettext("plan", "development"),
                "kind": words.kind(each.measure.kind),
                "office": office_of(each.measure),
                "badge": badge(each.measure),
                "told": answer_told(each.measure),
            }
            for each in lines
        ],
        "offers": offers(row, request.user, VERBS),
        "events": [
            (each.happened_on, _label(row, each.verb), each.get_role_display(), each.reason)
            for each in history(row)
        ],
        "versions": [
            (each, panel.plan_badge(each))
            for each in Plan.objects.visible_to(request.user).filter(case=row.case_id).order_by("-number")
        ],
    }
    return render(request, "assistance/help/plan.html", context)


@door(Right.VIEW_CASES, lent="assistance.case")
@once
def plan_move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Approve a version or send it back for the township; take back what one made."""
    row = _found(request, pk)
    then = reverse("cases:plan", args=[row.pk])
    if verb not in VERBS:
        raise Http404
    if not offers(row, request.user, (verb,)):
        messages.error(request, _("This is not yours to do, or it is not possible as the plan stands now."))
        return redirect(then)

    def run(seen: Plan, asked: Request) -> Plan:
        if verb == "approve":
            return making.approve(seen, by=request.user, on=asked.on)
        act = making.send_back if verb == "return" else making.take_back
        return act(seen, asked.reason, by=request.user, on=asked.on)

    name = pgettext("plan", "plan %(number)s of %(title)s") % {
        "number": row.number,
        "title": title_of(row.case),
    }
    return move_page(request, row, verb, Page(then=then, run=run, name=name, calm=verb == "withdraw"))


@door(Right.VIEW_CASES, lent="assistance.case")
@require_POST
def print_plan(request: StaffRequest, pk: int, form: str) -> HttpResponseBase:
    """Hand out the plan (F10), or the card for the household, as PDF; that it was printed is on record."""
    row = _found(request, pk)
    opened = paper.card(row, by=request.user) if form == "card" else paper.plan_sheet(row, by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _label(row: Plan, verb: str) -> str:
    return (
        pgettext("plan", "handed in")
        if verb == row.lifecycle.created
        else str(row.lifecycle.find(verb).label)
    )


def _found(request: StaffRequest, pk: int) -> Plan:
    return get_visible_or_404(
        Plan.objects.select_related("case__household", "case__area", "case__standing"), request.user, pk=pk
    )
