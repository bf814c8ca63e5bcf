"""The picker of households."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from households.places import HOUSEHOLD
from households.search_parts import suggestions

_LONGEST = 60


@door(Right.VIEW_HOUSEHOLDS, lent=HOUSEHOLD)
@require_POST
def pick(request: StaffRequest) -> HttpResponse:
    """Suggest households for what is typed, as options of a datalist. `field` names the input that asks."""
    typed = request.POST.get("q") or request.POST.get(request.GET.get("field", ""), "")
    text = typed.replace("\x00", "").strip()[:_LONGEST]
    found = suggestions(request.user, text) if text else []
    return render(request, "households/_options.html", {"suggestions": found})
