"""What a person who is sent to households works with: the own list, and the call in one press."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alerts.models import Alert
from alerts.verification import visiting
from alerts.verification.own_list import own_list
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.fields import ReasonField
from foundation.desk.once import once


class UnreachableForm(forms.Form):
    """What was tried, in words."""

    reason = ReasonField()


@door(Right.VISIT_HOUSEHOLDS)
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """Show where one is sent: what is due, what is overdue, and what was done today."""
    return render(request, "alerts/mine.html", {"list": own_list(request.user)})


@door(Right.REVEAL_NUMBERS)
@require_POST
def call(request: StaffRequest, pk: int) -> HttpResponse:
    """Dial the household of one's own open work; the work is the reason that stays in the record."""
    rows = Alert.objects.visible_to(request.user, Right.VISIT_HOUSEHOLDS)
    row = get_visible_or_404(rows.select_related("household__phone", "area"), request.user, pk=pk)
    try:
        number = visiting.call(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("alerts:mine")
    title = _("Call household %(code)s") % {"code": row.household.code}
    return render(request, "alerts/call.html", {"alert": row, "number": number, "title": title})


@door(Right.VISIT_HOUSEHOLDS)
@once
def unreachable(request: StaffRequest, pk: int) -> HttpResponse:
    """Report that nobody could be reached at the household of one's own open work, after the recorded attempts."""
    rows = Alert.objects.visible_to(request.user, Right.VISIT_HOUSEHOLDS)
    row = get_visible_or_404(rows.select_related("household", "area"), request.user, pk=pk)
    back = reverse("alerts:mine")
    form = UnreachableForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(
            request,
            form,
            lambda: visiting.report_unreachable(row, reason, by=request.user),
            done=_("Reported. The township reviews it."),
            then=back,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Report: could not be reached"),
        submit=_("Report"),
        cancel=back,
        template=CONFIRM,
        intro=row.household.code,
        consequences=[
            _("The attempts that are written down go to the township with your reason."),
            _("It may return the work: a household is never closed silently."),
        ],
    )
