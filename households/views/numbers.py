"""What is said of an ID number while it is typed into a form."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from households.number_look import look_at

_LONGEST = 60


@door(Right.EDIT_HOUSEHOLDS)
@require_POST
def number_look(request: StaffRequest) -> HttpResponse:
    """Check a number digit by digit, and name the person where the reader may know them.

    `field` and `beside` name the inputs for the number and for the name, which is filled where it is empty.
    """
    field, beside = (request.GET.get(each, "")[:_LONGEST] for each in ("field", "beside"))
    typed = request.POST.get(field or "id_number", "").replace("\x00", "")[:_LONGEST]
    area = min(prefixes(request.user, Right.EDIT_HOUSEHOLDS), default="")
    look = look_at(typed, request.user, area)
    fill = look.name if beside == "name" and not request.POST.get(beside, "").strip() else ""
    return render(request, "households/_number_look.html", {"look": look, "fill": fill})
