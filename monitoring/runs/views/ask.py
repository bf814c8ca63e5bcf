"""Asking for a comparison by hand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.desk import focus
from foundation.desk.acts import attempt
from foundation.desk.once import once
from monitoring.comparison.rhythm import ByHand, ask_by_hand
from monitoring.runs.forms import AskForm
from monitoring.runs.places import page_of


@door(Right.RUN_COMPARISON)
@once
def ask(request: StaffRequest) -> HttpResponse:
    """Ask which area is compared as of which day, with which standards; then let it begin."""
    form = AskForm(request.POST or None, user=request.user, initial=_proposed(request))
    if form.is_valid():
        given = form.cleaned_data
        found = attempt(
            request,
            form,
            lambda: ask_by_hand(
                given["area"].code,
                by=request.user,
                wanted=ByHand(given["as_of"], tuple(given["standards"]), given["known_at"]),
            ),
            done=_("The comparison begins as soon as a worker is free."),
            then=page_of,
        )
        if found:
            return found
    context = {"form": form, "cancel": reverse("comparisons:list"), "submit": _("Compare")}
    return render(request, "monitoring/runs/ask.html", context)


def _proposed(request: StaffRequest) -> dict[str, Any]:
    """Fill in what the address says, else the one area of the person and today."""
    own = prefixes(request.user, Right.RUN_COMPARISON)
    here = focus.current(request) or (min(own) if len(own) == 1 else "")
    return {
        "area": request.GET.get("area", here)[:15],
        "as_of": request.GET.get("as_of", clock.today().isoformat())[:10],
        "standards": request.GET.getlist("standards")[:50],
    }
