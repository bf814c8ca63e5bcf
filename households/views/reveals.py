"""See a number in full, once, with a reason that stays in the record."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import form_page
from households.identity import showing
from households.identity.forms import RevealForm
from households.models import Household, Resident
from households.places import HOUSEHOLD


@door(Right.REVEAL_NUMBERS, lent=HOUSEHOLD)
def phone(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the telephone of a household, ready to be called."""
    row = get_visible_or_404(Household.objects.select_related("phone"), request.user, pk=pk)
    return _reveal(
        request,
        row,
        title=_("Telephone of household %(code)s") % {"code": row.code},
        run=lambda reason: showing.reveal(row.phone, about=row, reason=reason, by=request.user),
        is_phone=True,
    )


@door(Right.REVEAL_NUMBERS, lent=HOUSEHOLD)
def number(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the ID number of a member."""
    row = get_visible_or_404(Resident.objects.select_related("household", "identity"), request.user, pk=pk)
    return _reveal(
        request,
        row.household,
        title=_("ID number of %(name)s") % {"name": row.name},
        run=lambda reason: showing.reveal(row.identity, about=row, reason=reason, by=request.user),
        is_phone=False,
    )


def _reveal(
    request: StaffRequest, household: Household, *, title: str, run: Callable[[str], str], is_phone: bool
) -> HttpResponse:
    form = RevealForm(request.POST or None)
    if form.is_valid():
        try:
            shown = run(form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            context = {"household": household, "title": title, "number": shown, "is_phone": is_phone}
            return render(request, "households/revealed.html", context)
    return form_page(
        request,
        form,
        title=title,
        submit=_("Show it"),
        cancel=reverse("households:household", args=[household.pk]),
        intro=_("The number is shown once. Say why you need it: the reason stays in the record of acts."),
    )
