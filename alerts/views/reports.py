"""Writing down what was heard or seen of a household."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alerts import reporting
from alerts.forms import ReportForm, WhichForm
from alerts.models import Signal
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from households.models import Household


@door(Right.REPORT_CONCERNS)
def which(request: StaffRequest) -> HttpResponse:
    """Ask of which household something is reported, by its number."""
    form = WhichForm(request.POST or None)
    if form.is_valid():
        rows = Household.objects.visible_to(request.user, Right.REPORT_CONCERNS)
        found = rows.filter(code=form.cleaned_data["household"].strip()).first()
        if found is not None:
            return redirect("alerts:report", found.pk)
        form.add_error(
            "household", _("No household of your areas has this number: look it up by name above.")
        )
    return form_page(
        request,
        form,
        title=_("Report a concern"),
        submit=_("Next"),
        cancel=reverse("desk:home"),
        intro=_("Find the household by its number, or open its page and report from there."),
    )


@door(Right.REPORT_CONCERNS)
@once
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a report down; it joins the open warning of the household, or opens one."""
    rows = Household.objects.visible_to(request.user, Right.REPORT_CONCERNS)
    household = get_visible_or_404(rows, request.user, pk=pk)
    form = ReportForm(request.POST or None, household=household)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: reporting.report(household, form.told(), by=request.user),
            done=_("Written down. The county's dispatcher sees it in the queue."),
            then=lambda signal: _then(request, signal, household),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Report a concern: household %(code)s") % {"code": household.code},
        submit=_("Report a concern"),
        cancel=reverse("households:household", args=[household.pk]),
        intro=_(
            "What you write opens a warning, or joins the one that is open. No ID numbers: they are masked."
        ),
    )


def _then(request: StaffRequest, signal: Signal, household: Household) -> str:
    """Return the alert's page for who may see it, else the household's."""
    if request.user.holds(Right.VIEW_ALERTS, household.area_id):
        return reverse("alerts:alert", args=[signal.alert_id])
    return reverse("households:household", args=[household.pk])
