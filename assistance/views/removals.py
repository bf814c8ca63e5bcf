"""Removals of risk: the list, proposing one with every guard, its page, its moves, and its sheet."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from assistance.models import Case, Removal
from assistance.page import title_of
from assistance.removal import contacts, paper, proposing, rolling_back, tables
from assistance.removal.evidence_links import linked
from assistance.removal.forms import MeasureForm, MoveForm, ProposalForm
from assistance.removal.guards import guards_of
from assistance.removal.lifecycle import REMOVAL
from assistance.removal.page import BY_FORM, acts_of, guards_now, held_back, links
from assistance.removal.panel import check_url
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download
from foundation.workflow.offers import history
from households.openings import record_opening

#: Verb → the stage function that makes the move.
RUN: dict[str, Callable[..., Removal]] = {
    "withdraw": proposing.withdraw,
    "return": proposing.ask_anew,
    "return_from_county": proposing.ask_anew,
    "refuse": proposing.refuse,
    "decline": proposing.decline,
    "undo_approval": proposing.undo_approval,
    "take_up_again": proposing.take_up_again,
    "propose_rollback": rolling_back.propose,
    "confirm_rollback": rolling_back.confirm,
    "reject_rollback": rolling_back.reject,
    "withdraw_rollback": rolling_back.withdraw,
}


@door(Right.VIEW_CASES)
@require_GET
def removals(request: StaffRequest) -> HttpResponse:
    """List the removals of one's areas, the newest first."""
    page = tables.table().page(tables.rows_for(request.user), request)
    return answer(request, "assistance/removal/removals.html", page)


@door(Right.PREPARE_CASES)
@once
def propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose the removal of a household's risk, with every guard and its evidence beside the form."""
    case = _case(request, pk, Right.PREPARE_CASES)
    form = ProposalForm(request.POST or None, case=case, initial={"way": Removal.Way.ASSISTED})
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: proposing.propose(case, form.asked(), by=request.user),
            done=_("Proposed: it waits for the democratic evaluation."),
            then=tables.page_of,
        )
        if done:
            return done
    context = {
        "case": case,
        "title": title_of(case),
        "form": form,
        "assisted": linked(guards_of(case, Removal.Way.ASSISTED), case, request.user),
        "natural": linked(guards_of(case, Removal.Way.NATURAL), case, request.user),
        "check_url": check_url(case),
        "may_check": request.user.holds(Right.VISIT_HOUSEHOLDS, case.area_id),
        "cancel": reverse("cases:case", args=[case.pk]),
    }
    return render(request, "assistance/removal/propose.html", context)


@door(Right.REVIEW_CASES)
@once
def state_measure(request: StaffRequest, pk: int) -> HttpResponse:
    """State for the township that a measure was delivered."""
    case = _case(request, pk, Right.REVIEW_CASES)
    form = MeasureForm(request.POST or None)
    back = reverse("cases:case", args=[case.pk])
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: proposing.state_measure(
                case, given["measure"], given["on"], given["why"], by=request.user
            ),
            done=_("Written down."),
            then=back,
        )
        if done:
            return done
    return form_page(
        request, form, title=_("Measure delivered: %(whose)s") % {"whose": title_of(case)}, submit=_("State it"),
        cancel=back, intro=_("Only where no record of it is kept here. The statement stays with your name."),
    )  # fmt: skip


@door(Right.VIEW_CASES)
@require_GET
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one removal: where it stands, its guards with their evidence, and what may be done."""
    row = _found(request, pk)
    record_opening(row.case.household, by=request.user, through="case")
    moves = list(history(row))
    known = set(User.objects.visible_to(request.user).values_list("pk", flat=True))
    reason = proposing.reasons_of(row.area_id, row.proposed_on).get(row.natural_reason)
    context = {
        "row": row,
        "title": title_of(row.case),
        "state": tables.state_badge(row),
        "links": links(row),
        "guards": linked(guards_now(row), row.case, request.user, row),
        "acts": acts_of(row, request.user),
        "held_back": held_back(row),
        "reason": tables.told(reason),
        "may_contact": contacts.may_change(row, request.user),
        "contacts": [
            (each, each.by.name if each.by_id in known else "")
            for each in row.contact_changes.select_related("by").order_by("-pk")
        ],
        "events": [(each, _label(each.verb), each.by.name if each.by_id in known else "") for each in moves],
    }
    return render(request, "assistance/removal/removal.html", context)


@door(Right.PREPARE_CASES, Right.REVIEW_CASES, Right.DECIDE_CASES)
@once
def move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Take a removal back, ask for a new check, say no to it, or roll it back; each with its reason."""
    if verb not in BY_FORM:
        raise Http404(_("There is no such act."))
    row, label, run = _found(request, pk), REMOVAL.find(verb).label, RUN[verb]
    form = MoveForm(request.POST or None, initial={"version": row.version})
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        done = attempt(
            request,
            form,
            lambda: run(row, form.cleaned_data["reason"], by=request.user),
            done=_("“%(move)s”: done.") % {"move": label},
            then=tables.page_of(row),
        )
        if done:
            return done
    return form_page(
        request, form, title=f"{label} · {title_of(row.case)}", submit=str(label), cancel=tables.page_of(row),
        template=CONFIRM,
    )  # fmt: skip


@door(Right.VIEW_CASES)
@require_POST
def sheet(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the sheet of a removal as PDF: its guards with their evidence, and the opinions."""
    opened = paper.printed(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _label(verb: str) -> str:
    if verb == REMOVAL.created:
        return pgettext("case", "Removal proposed")
    return str(REMOVAL.find(verb).label)


def _case(request: StaffRequest, pk: int, right: Right) -> Case:
    rows = Case.objects.visible_to(request.user, right).select_related("household", "area", "standing")
    return get_visible_or_404(rows, request.user, pk=pk)


def _found(request: StaffRequest, pk: int) -> Removal:
    rows = Removal.objects.select_related(
        "case__household", "case__area", "case__standing__household", "visit"
    )
    return get_visible_or_404(rows, request.user, pk=pk)
