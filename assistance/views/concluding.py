"""What a case comes to: computed with its reasons, confirmed or changed by people, and the paper of it (F8)."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assistance.deciding import conclusion, papers
from assistance.deciding.forms import ConclusionForm
from assistance.deciding.showing import shown
from assistance.models import Case
from assistance.page import title_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.kin import recused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt
from foundation.desk.once import once
from foundation.files.answers import download
from households.openings import record_opening
from households.words import Words


@door(Right.VIEW_CASES)
@once
def conclude(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what is computed of a case and what was confirmed; whose word it is now confirms or changes it."""
    case = _found(request, pk)
    computed = conclusion.work_out(case)
    held = conclusion.holding([case]).get(case.pk)
    may = _may(request, case)
    form = ConclusionForm(
        request.POST if request.method == "POST" and may else None,
        proposed=held or computed,
        area=case.area_id,
        day=computed.facts.day,
    )
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: conclusion.confirm(case, form.chosen(), by=request.user),
            done=_("Confirmed."),
            then=reverse("cases:case", args=[case.pk]),
        )
        if done:
            return done
    record_opening(case.household, by=request.user, through="case")
    exact = request.user.holds(Right.VIEW_FINDINGS, case.area_id)
    return render(request, "assistance/deciding/conclusion.html", _context(case, computed, held, exact=exact) | {
        "form": form if may else None,
    })  # fmt: skip


@door(Right.VIEW_FINDINGS)
@require_POST
def decision_sheet(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the sheet of review and decision of a case (审核审定表, F8) as PDF; that it was printed is on record."""
    opened = papers.decision_sheet(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _context(case: Case, computed: Any, held: Any, *, exact: bool) -> dict[str, Any]:
    words = Words(computed.facts.day)
    return shown(computed, exact=exact) | {
        "case": case,
        "title": title_of(case),
        "held": held,
        "held_category": words.standing(held.category, case.area_id) if held else "",
        "held_risks": words.word("risk_types", held.risk_types, case.area_id) if held else "",
    }


def _may(request: StaffRequest, case: Case) -> bool:
    """Say whether the reader's word is asked for now."""
    mine = request.user.holds(conclusion.right_for(case), case.area_id)
    return case.state == "open" and mine and not recused(request.user, case.recusal_keys())


def _found(request: StaffRequest, pk: int) -> Case:
    return get_visible_or_404(Case.objects.select_related("household", "area", "visit"), request.user, pk=pk)
