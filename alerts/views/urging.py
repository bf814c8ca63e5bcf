"""Urging: one warning from its page, or all that fits the filters of the queue, with texts for chat groups."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.tables import table
from alerts.verification import chat, urging
from alerts.verification.urging import MOST, Urged
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.desk import focus
from foundation.desk.acts import attempt, form_page
from foundation.desk.filtering import chips_of
from foundation.desk.once import once


@door(Right.DISPATCH_ALERTS, Right.REVIEW_VISITS)
@once
def urge(request: StaffRequest, pk: int) -> HttpResponse:
    """Urge one warning, from its page or from its line in the queue."""
    row: Alert = get_visible_or_404(
        urging.urgeable(request.user).select_related("household"), request.user, pk=pk
    )
    page = reverse("alerts:alert", args=[pk])
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: urging.urge(row, by=request.user),
            done=lambda urged: _("Urged: it is the time number %(count)d.") % {"count": urged.urged},
            then=page,
        )
        if done:
            return done
    name = urging.name_for(request.user)
    return form_page(
        request, form, title=f"{name} · {row.household.code}", submit=name, cancel=page,
        intro=_("With whom it lies is told, and their superior too; the record keeps it."),
    )  # fmt: skip


@door(Right.DISPATCH_ALERTS, Right.REVIEW_VISITS)
@once
def urge_some(request: StaffRequest) -> HttpResponse:
    """Show what fits the filters by village, with a text for each chat group; pressed, urge all of it."""
    queue = table(request.user)
    rows = queue.filtered(focus.narrow(urging.urgeable(request.user), request), request.GET, request.user)
    found = list(rows.order_by("pk")[: MOST + 1])
    if request.method == "POST":
        try:
            _say(request, urging.urge_many(found, by=request.user))
        except Refused as refused:
            messages.error(request, refused.sentence)
        return redirect(request.get_full_path())
    by_township = request.GET.get("texts") == "township"
    name = urging.name_for(request.user)
    groups = chat.groups(found[:MOST], name, Level.TOWNSHIP if by_township else Level.VILLAGE)
    return render(
        request,
        "alerts/urge.html",
        {
            "name": name,
            "groups": groups,
            "count": len(found),
            "most": MOST if len(found) > MOST else None,
            "by_township": by_township,
            "chips": chips_of(queue.filters, request),
            "other_texts": _other_texts(request, by_township=by_township),
        },
    )


def _say(request: StaffRequest, done: Urged) -> None:
    """Say what came of it: how many were urged and told, and why the others were not."""
    if done.alerts:
        said = _("Urged: %(count)d warnings; %(people)d people are told.")
        messages.success(request, said % {"count": len(done.alerts), "people": done.people})
    reasons: dict[str, int] = {}
    for refusal in done.refused.values():
        reasons[refusal.sentence] = reasons.get(refusal.sentence, 0) + 1
    for sentence, count in reasons.items():
        messages.warning(request, _("Not urged: %(count)d. %(why)s") % {"count": count, "why": sentence})
    if not done.alerts and not reasons:
        messages.warning(request, _("Nothing fits these filters."))


def _other_texts(request: StaffRequest, *, by_township: bool) -> str:
    """Return this page with the texts of the other level."""
    asked = request.GET.copy()
    asked["texts"] = "village" if by_township else "township"
    return f"{request.path}?{asked.urlencode()}"
