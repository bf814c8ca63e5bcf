"""One's own and kin's households: every signed-in person declares their own, and sees nobody else's."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import kin
from foundation.accounts.access import StaffRequest, own_door
from foundation.accounts.models import Kin
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.staff_forms import KinForm, ReasonForm


@own_door
@once
def own_kin(request: StaffRequest) -> HttpResponse:
    """List the households one declared, and declare another."""
    form = KinForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: kin.declare(given["household"], Kin.Relation(given["relation"]), by=request.user),
            done=_("The household is declared: you act on it no more."),
            then="desk:kin",
        )
        if done:
            return done
    declared = request.user.kin.order_by("withdrawn_on", "-declared_on", "-pk")
    return render(request, "desk/kin.html", {"form": form, "declared": declared})


@own_door
@once
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back one's own declaration."""
    row = request.user.kin.filter(pk=pk, withdrawn_on__isnull=True).first()
    if row is None:
        raise Http404(_("There is nothing here, or it belongs to another area."))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            request,
            form,
            lambda: kin.withdraw(row, by=request.user, reason=reason),
            done=_("The declaration is withdrawn."),
            then="desk:kin",
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Withdraw the declaration of %(household)s") % {"household": row.household},
        submit=_("Withdraw"),
        cancel=reverse("desk:kin"),
        template=CONFIRM,
        consequences=[_("You may act on this household again. That you withdrew, and why, stays on record.")],
    )
