"""Where promise and payment disagree: the list of an area, one difference, and what a person does about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from assistance.aid import settling, tables
from assistance.aid.feeds import feeds
from assistance.aid.forms import ExplainForm
from assistance.aid.rules import may_record
from assistance.aid.wording import months_of
from assistance.measures.rules import may_plan
from assistance.models import AidExplanation, AidGap
from assistance.models.aid_gaps import Side
from assistance.page import title_of
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import answer

#: Presses that need no form; explaining asks for the reason.
_PRESSES: dict[str, Callable[..., object]] = {"take_over": settling.take_over, "ask": settling.ask_department}
VERBS = (*_PRESSES, "explain")


@door(Right.VIEW_CASES, lent="assistance.case")
@require_GET
def gaps(request: StaffRequest) -> HttpResponse:
    """List the differences of one's areas."""
    page = tables.gaps_table().page(tables.gaps_for(request.user), request)
    return answer(request, "assistance/aid/gaps.html", page)


@door(Right.VIEW_CASES, lent="assistance.case")
@require_GET
def gap(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one difference: what was promised, what the data say, and the ways to settle it."""
    row = _found(request, pk)
    feed = feeds().get(row.feed)
    context = {
        "row": row,
        "badge": tables.side_badge(row),
        "title": title_of(row.case),
        "feed": tables.feed_name(row),
        "who": tables.who_of(row),
        "months": months_of(row),
        "monthly": feed is not None and feed.monthly,
        "delivery": row.delivery,
        "asked": settling.asked_again(row),
        "acts": _offered(row, request.user),
    }
    return render(request, "assistance/aid/gap.html", context)


@door(Right.VIEW_CASES, lent="assistance.case")
@once
def settle(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Take a payment over as a record, ask the department, or explain; who may not is told so."""
    row = _found(request, pk)
    back = reverse("cases:case", args=[row.case_id])
    if verb not in VERBS:
        raise Http404
    if verb not in dict(_offered(row, request.user)):
        messages.error(request, _("This is not yours to do, or it is settled meanwhile."))
        return redirect("cases:aid_gap", pk=row.pk)
    if verb == "explain":
        return _explain(request, row, back)
    if request.method != "POST":
        return redirect("cases:aid_gap", pk=row.pk)
    try:
        _PRESSES[verb](row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("cases:aid_gap", pk=row.pk)
    messages.success(request, _DONE[verb]())
    return redirect(back)


@door(Right.VIEW_CASES, lent="assistance.case")
@once
def unexplain(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an explanation back."""
    rows = AidExplanation.objects.visible_to(request.user).in_force().select_related("case__household")
    row = get_visible_or_404(rows, request.user, pk=pk)
    back = reverse("cases:case", args=[row.case_id])
    if not may_record(row.case, request.user):
        messages.error(request, _("This is not yours to do, or it is settled meanwhile."))
        return redirect(back)
    form = ExplainForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request, form,
            lambda: settling.withdraw_explanation(row, form.cleaned_data["reason"], by=request.user),
            done=_("Withdrawn: the difference stands on the list again where it is still there."), then=back,
        )  # fmt: skip
        if done:
            return done
    form.fields["reason"].help_text = ""
    title = pgettext("aid", "Withdraw the explanation")
    return form_page(request, form, title=title, submit=title, cancel=back, intro=row.reason)


def _explain(request: StaffRequest, row: AidGap, back: str) -> HttpResponse:
    form = ExplainForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request, form, lambda: settling.explain(row, form.cleaned_data["reason"], by=request.user),
            done=_("Explained: it is asked no more."), then=back,
        )  # fmt: skip
        if done:
            return done
    title = f"{pgettext('aid', 'Explain')} · {tables.feed_name(row)}"
    return form_page(
        request,
        form,
        title=title,
        submit=pgettext("aid", "Explain"),
        cancel=reverse("cases:aid_gap", args=[row.pk]),
    )


def _offered(row: AidGap, user: User) -> list[tuple[str, str]]:
    """Return the presses that are the reader's to make: verb and words, the best first."""
    if not may_record(row.case, user):
        return []
    found: list[tuple[str, Any]] = []
    if row.side == Side.UNRECORDED:
        found.append(("take_over", pgettext("aid", "Take over as record")))
    elif may_plan(row.case, user) and settling.asked_again(row) is None:
        found.append(("ask", pgettext("aid", "Ask the department")))
    return [*found, ("explain", pgettext("aid", "Explain"))]


def _found(request: StaffRequest, pk: int) -> AidGap:
    rows = AidGap.objects.visible_to(request.user).select_related(
        "case__household", "case__area", "case__standing", "resident", "delivery__dataset"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


_DONE = {
    "take_over": lambda: _("Taken over: it stands among the aid records now."),
    "ask": lambda: _("The department has it in its list of tasks."),
}
