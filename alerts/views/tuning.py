"""“Needs tuning”: one press on a warning's page tells the owner of a standard."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alerts.models import Signal
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from monitoring.tuning.asking import ask_tuning


@door(Right.REPORT_CONCERNS)
@require_POST
def tune(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that the standard of a signal needs tuning; who runs the comparison of the county is told."""
    rows = Signal.objects.visible_to(request.user, Right.REPORT_CONCERNS)
    signal = get_visible_or_404(rows.select_related("alert", "finding__standard"), request.user, pk=pk)
    if signal.finding is None:
        raise Http404(_("There is no standard behind this signal."))
    try:
        ask_tuning(signal.finding, alert=signal.alert_id, area=signal.alert.area_id, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        said = _("Said: “%(standard)s” needs tuning. The county answers on the page of the standard.")
        messages.success(request, said % {"standard": signal.finding.standard.label})
    return redirect(reverse("alerts:alert", args=[signal.alert_id]))
