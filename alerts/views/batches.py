"""Like negatives confirmed together: what waits, and one batch with what is drawn for a second check."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from alerts.models import Alert
from alerts.selectors import outcome_name
from alerts.verification import batches as batching
from alerts.verification import like_negatives
from alerts.verification.batches import BatchDone
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.once import once
from foundation.desk.punctuation import said_of


@door(Right.REVIEW_VISITS)
@require_GET
def batches(request: StaffRequest) -> HttpResponse:
    """List like negatives of one's townships that wait to be confirmed."""
    return render(
        request,
        "alerts/batches.html",
        {"batches": like_negatives.batches_of(request.user), "drawn": like_negatives.drawn(request.user)},
    )


@door(Right.REVIEW_VISITS)
@once
def batch(request: StaffRequest, batch: str) -> HttpResponse:
    """Show one batch, and confirm what is ticked; the drawn share stays open for its second check.

    `batch` names township and outcome code, joined by a hyphen.
    """
    code, _hyphen, outcome = batch.partition("-")
    places = Area.objects.visible_to(request.user, Right.REVIEW_VISITS)
    township = get_visible_or_404(places, request.user, code=code)
    rows = like_negatives.of_batch(request.user, code, outcome)
    if request.method == "POST":
        return _confirm(request, rows)
    blocked = like_negatives.confirmable(rows, request.user)
    share = batching.share_of(code)
    lines = [(row, blocked[row.pk]) for row in rows]
    free = sum(not why for _row, why in lines)
    return render(
        request,
        "alerts/batch.html",
        {
            "place": township.name,
            "outcome": outcome_name(outcome, code),
            "lines": lines,
            "free": free,
            "percent": (share.amount or 0) * 100,
        },
    )


def _confirm(request: StaffRequest, rows: Sequence[Alert]) -> HttpResponse:
    ticked = set(request.POST.getlist("alert"))
    versions = {key: request.POST.get(f"version_{key}", "") for key in ticked}
    chosen = [row for row in rows if str(row.pk) in ticked]
    for row in chosen:
        seen = versions[str(row.pk)]
        row.version = int(seen) if seen.isdecimal() else row.version
    try:
        _say(request, batching.confirm_batch(chosen, by=request.user))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("alerts:batches")


def _say(request: StaffRequest, done: BatchDone) -> None:
    messages.success(
        request,
        ngettext("%(count)d warning is closed.", "%(count)d warnings are closed.", len(done.closed))
        % {"count": len(done.closed)},
    )
    messages.warning(
        request,
        ngettext(
            "%(count)d household was drawn to be checked once more, by telephone or at the door.",
            "%(count)d households were drawn to be checked once more, by telephone or at the door.",
            len(done.drawn),
        )
        % {"count": len(done.drawn)},
    )
    for result in done.refused:
        if result.refusal is not None:
            messages.error(request, said_of(result.key, result.refusal.sentence))
