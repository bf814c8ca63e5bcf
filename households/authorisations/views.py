"""Authorisations: the list of an area, asking a household, the page of one, its end, its paper."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.kin import recused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from foundation.desk.tables import Tone, answer
from foundation.files.answers import download
from foundation.workflow.offers import Offer, history, offers
from households.authorisations import tables
from households.authorisations.asking import ask, kinds_in, purposes_in
from households.authorisations.document import DOCUMENT
from households.authorisations.ending import end
from households.authorisations.forms import AskForm
from households.authorisations.lifecycle import AUTHORISATION, BY_PEOPLE
from households.authorisations.printing import printed
from households.authorisations.using import DENIED, uses_of
from households.authorisations.words import told
from households.models import Authorisation, Household
from households.openings import record_opening
from households.places import HOUSEHOLD
from households.signing.showing import shown

_TONES: dict[str, Tone] = {"refuse": "overdue", "withdraw": "overdue", "take_effect": "done"}


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_GET
def authorisations(request: StaffRequest) -> HttpResponse:
    """List the authorisations of one's areas."""
    page = tables.table(request.user).page(tables.rows_for(request.user), request)
    return answer(request, "households/authorisations/authorisations.html", page)


@door(Right.TAKE_AUTHORISATIONS)
@once
def authorisation_ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask a household for an authorisation; its page then says who is to sign."""
    home = get_visible_or_404(Household.objects.select_related("area"), request.user, pk=pk)
    back = reverse("households:household", args=[home.pk])
    if sentence := _not_here(request, home):
        messages.error(request, sentence)
        return redirect(back)
    form = AskForm(request.POST or None, household=home, wished=request.GET.getlist("purposes"))
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: ask(form.wanted(), by=request.user),
            done=lambda row: (
                _("It holds from now on.")
                if row.state == "in_force"
                else _("Now everybody named here signs: hand the phone round.")
            ),
            then=tables.url_of,
        )
        if done:
            return done
    context = {"form": form, "household": home, "cancel": back}
    return render(request, "households/authorisations/ask.html", context)


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_GET
def authorisation(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an authorisation: what it says, who signed, what it was used for; the look is on record."""
    row = _found(request, pk)
    record_opening(row.household, by=request.user, through="authorisation")
    context = {
        "authorisation": row,
        "row": row,
        "title": str(row),
        "badge": tables.badge_of(row),
        "words": (words := told(row)),
        "page_words": {"words": words},
        "digest": DOCUMENT.digest(row),
        "signatures": shown(row, request.user),
        "uses": _uses(row),
        "offers": _offers(request, row),
        "events": _events(row),
        "may_print": request.user.holds(Right.VIEW_HOUSEHOLDS, row.area_code),
    }
    return render(request, "households/authorisations/authorisation.html", context)


@door(Right.TAKE_AUTHORISATIONS)
@once
def authorisation_move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Record that the household withdraws, or that it was entered by mistake."""
    row = _found(request, pk)
    if verb not in BY_PEOPLE:
        raise Http404
    page = Page(
        then=tables.url_of(row),
        run=lambda seen, asked: end(seen, asked, by=request.user),
        consequences=(
            _("From now on nothing may be looked up by this authorisation."),
            _("What was looked up before stays lawful, and stays on record."),
        ),
    )
    return move_page(request, row, verb, page)


@door(Right.VIEW_HOUSEHOLDS)
@require_POST
def authorisation_pdf(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out the document as PDF: to sign on paper, or as it was signed."""
    opened = printed(_found(request, pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


def _found(request: StaffRequest, pk: int) -> Authorisation:
    rows = Authorisation.objects.select_related("household__area", "text_value", "replaced_by")
    return get_visible_or_404(rows, request.user, pk=pk)


def _not_here(request: StaffRequest, home: Household) -> str:
    """Say why this person does not ask this household, or ""."""
    if not request.user.holds(Right.TAKE_AUTHORISATIONS, home.area_id, of=home):
        return _("You may see this household, but not take its authorisations.")
    if home.dissolved_on:
        return _("This household is dissolved.")
    return recused(request.user, home.recusal_keys) or ""


def _offers(request: StaffRequest, row: Authorisation) -> list[Offer]:
    """Return the moves of people; what rests on a law is not withdrawn."""
    found = [offer for offer in offers(row, request.user) if offer.move.verb in BY_PEOPLE]
    if row.basis == Authorisation.Basis.DUTY:
        return [offer for offer in found if offer.move.verb != "withdraw"]
    return found


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a time line; who did it is a role, never a name."""

    on: datetime.date
    title: str
    detail: str
    tone: Tone = "plain"


def _events(row: Authorisation) -> list[Happened]:
    labels = {AUTHORISATION.created: _("Asked for")}
    return [
        Happened(
            each.happened_on,
            labels.get(each.verb) or str(AUTHORISATION.find(each.verb).label),
            " · ".join(filter(None, (str(each.get_role_display()), each.reason))),
            _TONES.get(each.verb, "plain"),
        )
        for each in reversed(history(row))
    ]


def _uses(row: Authorisation) -> list[Happened]:
    """Return what it was used for, and what was denied; the record has the rest."""
    purposes, kinds = _labels(row, purposes_in), _labels(row, kinds_in)
    lines = []
    for entry, details in uses_of(row):
        denied = entry.verb == DENIED
        purpose = purposes.get(details["purpose"], details["purpose"])
        title = _("Denied: %(purpose)s") % {"purpose": purpose} if denied else purpose
        looked_up = "、".join(kinds.get(code, code) for code in details["kinds"])
        lines.append(Happened(entry.happened_on, title, looked_up, "overdue" if denied else "done"))
    return lines


def _labels(row: Authorisation, offered: Callable[[str], list[dict[str, str]]]) -> dict[str, str]:
    """Return what codes are called: those of the authorisation as they were told, others as the area calls them."""
    items = [*offered(row.area_code), *row.purposes, *row.kinds]
    return {each["code"]: tables.label_of(each) for each in items}
