"""Rows that found nobody: who may be meant, and deciding on several at once."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from foundation.desk.paged import page_of
from foundation.desk.punctuation import said_of
from foundation.desk.tables import Badge, Column, Filter, Table, answer
from households.identity.masking import masked_name
from monitoring.candidates import deciding, selectors
from monitoring.candidates.lifecycle import CANDIDATE
from monitoring.models import RowCandidate

PAGE_SIZE = 50
_ORDER = ("-delivery_id", "sheet", "line", "pk")
_SALT = "candidates.worklist"


class DecideForm(forms.Form):
    """Several rows at once: are they the people, or somebody else."""

    CONFIRM, REFUSE = "confirm", "refuse"

    act = forms.ChoiceField(choices=[(CONFIRM, CONFIRM), (REFUSE, REFUSE)])


@door(Right.DELIVER_DATA)
@require_GET
def worklist(request: StaffRequest) -> HttpResponse:
    """Show which rows may mean whom; `?delivery=` narrows to one delivery."""
    rows = selectors.candidates_for(request.user).waiting()
    delivery = request.GET.get("delivery", "")
    if delivery.isdecimal() and len(delivery) < 19:
        rows = rows.filter(delivery=int(delivery))
    return render(
        request,
        "monitoring/candidates/worklist.html",
        {"here": request.get_full_path(), **_page(request, rows)},
    )


@door(Right.DELIVER_DATA)
@require_POST
@once
def decide(request: StaffRequest) -> HttpResponse:
    """Confirm or refuse the marked candidates; confirmed rows are delivered corrected, one file for each delivery."""
    form = DecideForm(request.POST)
    rows = selectors.chosen(request.user, request.POST.getlist("candidate")[:PAGE_SIZE])
    if not form.is_valid() or not rows:
        messages.error(request, _("Mark the rows that you decide on first."))
    elif form.cleaned_data["act"] == DecideForm.REFUSE:
        results = deciding.refuse(rows, by=request.user)
        messages.success(
            request, _("Somebody else is meant: %(count)d rows.") % {"count": sum(r.moved for r in results)}
        )
    else:
        for delivery in dict.fromkeys(row.delivery_id for row in rows):
            _confirm(request, [row for row in rows if row.delivery_id == delivery])
    return redirect("candidates:list")


@door(Right.DELIVER_DATA)
@require_GET
def candidates(request: StaffRequest) -> HttpResponse:
    """List every candidate of one's deliveries, decided or not."""
    return answer(
        request,
        "monitoring/candidates/candidates.html",
        TABLE.page(selectors.candidates_for(request.user), request),
    )


@door(Right.DELIVER_DATA)
@once
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask again about somebody who was said not to be meant, or to be: then the corrected rows count no longer."""
    row = get_visible_or_404(selectors.candidates_for(request.user), request.user, pk=pk)
    then = reverse("candidates:all")
    if row.state != "confirmed":
        return move_page(request, row, "reopen", Page(then=then))
    said = _("All rows that were corrected with this one count no longer, and are asked about again.")
    run = partial(deciding.take_back, by=request.user)
    return move_page(request, row, "take_back", Page(then=then, run=run, consequences=(said,)))


def _confirm(request: StaffRequest, rows: list[RowCandidate]) -> None:
    """Confirm the rows of one delivery, and say what became of them."""
    try:
        made, results = deciding.confirm(rows, by=request.user)
    except Refused as refused:
        messages.error(request, said_of(rows[0].delivery, refused.sentence))
        return
    count = sum(result.moved for result in results)
    messages.success(
        request,
        _("%(count)d corrected rows are delivered as delivery %(number)d and count once.")
        % {"count": count, "number": made.delivery.pk},
    )
    for result in results:
        if result.refusal is not None:
            messages.warning(request, result.refusal.sentence)


def _page(request: StaffRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    """Return one page of candidates in words, and the ways to the pages beside it."""
    page = page_of(request, rows, _ORDER, size=PAGE_SIZE, salt=_SALT)
    return {"told": selectors.told(page.rows), "next_url": page.next_url, "previous_url": page.previous_url}


def _equal(name: str) -> Any:
    return lambda rows, value: rows.filter(**{name: value})


def _of_delivery(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(delivery=int(text)) if text.isdecimal() and len(text) < 19 else rows.none()


def _again(row: RowCandidate) -> str:
    """Return where a decided row is asked about again; empty for those that wait or are no longer asked."""
    return reverse("candidates:reopen", args=[row.pk]) if row.state in ("confirmed", "refused") else ""


def _states(_user: User) -> list[tuple[str, Any]]:
    return list(CANDIDATE.states.items())


def _kinds(_user: User) -> list[tuple[str, Any]]:
    return list(RowCandidate.Kind.choices)


TABLE = Table(
    "row_candidates",
    title=gettext_lazy("Who rows may mean"),
    columns=(
        Column("delivery", gettext_lazy("Delivery"), lambda row: row.delivery_id, "code", sort="delivery_id"),
        Column("dataset", gettext_lazy("Dataset"), lambda row: row.delivery.dataset.name),
        Column("period", gettext_lazy("Period"), lambda row: row.delivery.period),
        Column("where", gettext_lazy("Row"), selectors.where),
        Column("who", gettext_lazy("Probably"), lambda row: masked_name(row.resident.name)),
        Column("village", gettext_lazy("Village"), lambda row: row.resident.area.name),
        Column("how", gettext_lazy("How found"), lambda row: row.get_kind_display()),
        Column("state", gettext_lazy("State"), lambda row: Badge(row.state_label), "badge", url=_again),
        Column("decided_on", gettext_lazy("Decided on"), lambda row: row.decided_on, "day"),
    ),
    filters=(
        Filter("state", gettext_lazy("State"), "choice", _equal("state"), _states),
        Filter("kind", gettext_lazy("How found"), "choice", _equal("kind"), _kinds),
        Filter("delivery", gettext_lazy("Delivery"), "text", _of_delivery),
    ),
    order=("-pk",),
    empty=gettext_lazy("Every row found its person, or nobody like it lives here."),
)  # fmt: skip
