"""The leader of the township decides on a report that was sent back again and again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alerts import way_forms
from alerts.models import Alert
from alerts.verification import leading
from alerts.views.alerts import page_url
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt
from foundation.desk.once import once


@door(Right.SETTLE_RETURNS)
@once
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what both sides wrote, and take the leader's decision."""
    rows = Alert.objects.select_related("household", "area", "visit", "visitor")
    row = get_visible_or_404(rows, request.user, pk=pk)
    may = leading.may_settle(row, request.user)
    form = way_forms.SettleForm(request.POST or None, alert=row) if may else None
    if form is not None and form.is_valid():
        row.version = form.cleaned_data["version"]
        done = attempt(
            request,
            form,
            lambda: settled(row, form, request.user),
            done=_("Your decision is written down; both sides are told."),
            then=page_url(row),
        )
        if done:
            return done
    context = {"alert": row, "form": form, "sides": leading.both_sides(row), "cancel": page_url(row)}
    return render(request, "alerts/settle.html", context)


def settled(alert: Alert, form: way_forms.SettleForm, by: User) -> Alert:
    """Do what the leader of the township decided: let the report stand, or send somebody else."""
    visitor, reason = form.chosen(), form.cleaned_data["reason"]
    if visitor is None:
        return leading.let_stand(alert, reason, by)
    return leading.send_another(alert, visitor, reason, by)
