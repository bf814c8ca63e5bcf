"""Letters on cases: the list, what each says, printing it, and writing down how it was delivered."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alerts.letter_lists import lists_beside
from alerts.verification.letters import Delivery
from assistance.deciding import correction_tables, letter_words
from assistance.deciding import letters as stage
from assistance.deciding.forms import DeliveryForm
from assistance.models import CaseLetter
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt
from foundation.desk.once import once
from foundation.desk.tables import answer
from foundation.files.answers import download
from households.openings import record_opening


@door(Right.VIEW_CASES)
@require_GET
def letters(request: StaffRequest) -> HttpResponse:
    """List the letters on cases of one's areas, the newest first."""
    page = correction_tables.letters().page(correction_tables.letters_for(request.user), request)
    beside = lists_beside("cases:letters", request.user)
    return answer(request, "assistance/deciding/letters.html", page, beside=beside)


@door(Right.VIEW_CASES)
@once
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a letter says and how it was delivered; who prepares cases there writes down that it was."""
    row = _found(request, pk)
    may = row.delivered_on is None and request.user.holds(Right.PREPARE_CASES, row.case.area_id)
    form = DeliveryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        told = Delivery(given["way"], given["on"], given["taken_by"])
        done = attempt(
            request,
            form,
            lambda: stage.deliver(row, told, by=request.user),
            done=_("Written down: the household knows."),
            then=reverse("cases:letter", args=[pk]),
        )
        if done:
            return done
    record_opening(row.case.household, by=request.user, through="letter")
    context = {
        "letter": row,
        "words": letter_words.words_of(row),
        "state": correction_tables.letter_badge(row),
        "form": form if may else None,
    }
    return render(request, "assistance/deciding/letter.html", context)


@door(Right.VIEW_CASES)
@require_POST
def letter_pdf(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand a letter out as PDF; that it was printed is on record."""
    opened = letter_words.printed(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _found(request: StaffRequest, pk: int) -> CaseLetter:
    rows = CaseLetter.objects.select_related("case__household__area", "case__area", "case__visit", "by")
    return get_visible_or_404(rows, request.user, pk=pk)
