"""Changes of category: the list, proposing one beside what was computed, its page, and what is decided of it."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from assistance.deciding.keeping import computed_kept
from assistance.deciding.showing import shown
from assistance.models import Case, Recategorisation
from assistance.page import title_of
from assistance.recategorising import proposing, tables
from assistance.recategorising.forms import CategoryForm, MoveForm
from assistance.recategorising.judging import work_out_today
from assistance.recategorising.lifecycle import RECATEGORISATION
from assistance.recategorising.telling import page_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.workflow.offers import history, offers
from households.openings import record_opening
from households.words import Words

#: Verb → the stage function that makes the move.
_RUN: dict[str, Callable[..., Recategorisation]] = {
    "decide": proposing.decide,
    "decline": proposing.decline,
    "withdraw": proposing.withdraw,
}


@door(Right.VIEW_CASES)
@require_GET
def recategorisations(request: StaffRequest) -> HttpResponse:
    """List the changes of category in one's areas, the newest first."""
    page = tables.table().page(tables.rows_for(request.user), request)
    return answer(request, "assistance/recategorising/list.html", page)


@door(Right.REVIEW_CASES)
@once
def propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose another category, with what today's facts come to beside the form."""
    rows = Case.objects.visible_to(request.user, Right.REVIEW_CASES).select_related(
        "household", "area", "standing"
    )
    case = get_visible_or_404(rows, request.user, pk=pk)
    computed = work_out_today(case)
    form = CategoryForm(
        request.POST if request.method == "POST" else None,
        proposed=computed,
        area=case.area_id,
        day=computed.facts.day,
    )
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: proposing.propose(case, form.chosen(), by=request.user),
            done=_("Proposed: the county decides. Until then the household counts as before."),
            then=page_of,
        )
        if done:
            return done
    now = Words(computed.facts.day).standing(case.category, case.area_id) if case.category else "—"
    exact = request.user.holds(Right.VIEW_FINDINGS, case.area_id)
    context = shown(computed, exact=exact) | {
        "case": case,
        "title": title_of(case),
        "form": form,
        "now": now,
        "now_level": case.get_level_display(),
        "cancel": reverse("cases:case", args=[case.pk]),
    }
    return render(request, "assistance/recategorising/propose.html", context)


@door(Right.VIEW_CASES)
@require_GET
def recategorisation(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one change of category: before and after, the facts that it rests on, and what may be done."""
    row = _found(request, pk)
    record_opening(row.case.household, by=request.user, through="case")
    user, area = request.user, row.case.area_id
    words = Words(row.day)
    before, after = tables.category_words(row)
    known = set(User.objects.visible_to(user).values_list("pk", flat=True))
    context = shown(computed_kept(row), exact=user.holds(Right.VIEW_FINDINGS, area)) | {
        "row": row,
        "title": title_of(row.case),
        "state": tables.state_badge(row),
        "before": before,
        "after": after,
        "letter": tables.letter_of(row, user),
        "risks_before": words.word("risk_types", row.risk_types_before, area),
        "risks_after": words.word("risk_types", row.risk_types, area),
        "acts": [(offer, _url(row, offer.move.verb)) for offer in offers(row, user, list(_RUN))],
        "events": [
            (each, _label(each.verb), each.by.name if each.by_id in known else "") for each in history(row)
        ],
    }
    return render(request, "assistance/recategorising/page.html", context)


@door(Right.REVIEW_CASES, Right.DECIDE_CASES)
@once
def move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Decide about a change of category, or take the proposal back; each with its reason."""
    if verb not in _RUN:
        raise Http404(_("There is no such act."))
    row, label, run = _found(request, pk), RECATEGORISATION.find(verb).label, _RUN[verb]
    form = MoveForm(request.POST or None, initial={"version": row.version})
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        done = attempt(
            request,
            form,
            lambda: run(row, form.cleaned_data["reason"], by=request.user),
            done=_("“%(move)s”: done.") % {"move": label},
            then=page_of(row),
        )
        if done:
            return done
    return form_page(
        request, form, title=f"{label} · {title_of(row.case)}", submit=str(label), cancel=page_of(row),
        template=CONFIRM,
    )  # fmt: skip


def _url(row: Recategorisation, verb: str) -> str:
    return reverse("cases:recategorisation_move", args=[row.pk, verb])


def _label(verb: str) -> str:
    if verb == RECATEGORISATION.created:
        return pgettext("case", "Another category proposed")
    return str(RECATEGORISATION.find(verb).label)


def _found(request: StaffRequest, pk: int) -> Recategorisation:
    rows = Recategorisation.objects.select_related(
        "case__household", "case__area", "case__standing__household"
    )
    return get_visible_or_404(rows, request.user, pk=pk)
