"""Signals that belong to another household: moving them there, and taking that back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts import relocating
from alerts.forms import AttachForm, RelocateForm
from alerts.models import Alert, Relocation
from alerts.views.alerts import page_url
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once


@door(Right.DISPATCH_ALERTS)
@once
def relocate(request: StaffRequest, pk: int) -> HttpResponse:
    """Move signals of a warning to the household that they belong to."""
    rows = Alert.objects.visible_to(request.user, Right.DISPATCH_ALERTS).select_related("household", "area")
    row = get_visible_or_404(rows, request.user, pk=pk)
    form = RelocateForm(request.POST or None, alert=row, user=request.user)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: relocating.relocate(row, form.relocating(), by=request.user),
            done=_told,
            then=lambda made: page_url(made.target),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Not this household"),
        submit=_("Move the signals"),
        cancel=page_url(row),
        template=CONFIRM,
        intro=row.household.code,
        consequences=[
            _("They go to the open warning of that household with their history; where it has none, one is opened."),
            _("If nothing is left here, this warning ends as “not this household” and is not counted."),
        ],
    )  # fmt: skip


@door(Right.DISPATCH_ALERTS)
@once
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a move of signals back."""
    rows = Relocation.objects.visible_to(request.user, Right.DISPATCH_ALERTS)
    row = get_visible_or_404(rows.select_related("source__household", "target"), request.user, pk=pk)
    form = AttachForm(request.POST or None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: relocating.take_back(row, form.cleaned_data["reason"], by=request.user),
            done=_("The signals are back at this warning."),
            then=page_url(row.source),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Take the move back"),
        submit=_("Take back"),
        cancel=page_url(row.source),
        template=CONFIRM,
        intro=row.source.household.code,
        consequences=[_("What departments were told stays told: take their tasks back there.")],
    )


def _told(made: Relocation) -> str:
    moved = len(made.signals)
    said = ngettext(
        "%(count)d signal moved to this warning.", "%(count)d signals moved to this warning.", moved
    )
    told = said % {"count": moved}
    if made.returned:
        said = ngettext(
            "%(count)d row went back to its department.",
            "%(count)d rows went back to their departments.",
            made.returned,
        )
        told += " " + said % {"count": made.returned}
    return told
