"""Hand in a file: say where it belongs, look at its first rows, say what its headers mean, confirm."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt
from foundation.desk.once import once
from monitoring.deliveries import drafts, preview
from monitoring.deliveries.choosing import Deliverable, deliverable, proposed_period
from monitoring.deliveries.drafts import Draft
from monitoring.deliveries.forms import HandInForm
from monitoring.deliveries.looks import title_of, url_of
from monitoring.intake.receiving import Delivered
from monitoring.models import Delivery


@door(Right.DELIVER_DATA)
@once
def hand_in(request: StaffRequest) -> HttpResponse:
    """Ask which dataset, area and period, and for the file; then keep it and show its first rows."""
    own = deliverable(request.user)
    earlier, adds = _earlier(request, own)
    form = HandInForm(
        request.POST or None,
        request.FILES or None,
        own=own,
        earlier=earlier,
        initial={} if earlier else _proposed(request, own),
    )
    if form.is_valid():
        upload = form.cleaned_data["file"]
        found = attempt(
            request,
            form,
            lambda: drafts.keep(upload.file, upload.name, form.wanted(adds=adds), by=request.user),
            done=_("The file is safe here. Nothing of it counts before you hand it in."),
            then=lambda draft: reverse("monitoring:preview", args=[draft.key]),
        )
        if found:
            return found
    context = {"form": form, "earlier": earlier, "adds": adds, "title": _title(earlier, adds)}
    return render(request, "monitoring/hand_in.html", context)


@door(Right.DELIVER_DATA)
def period(request: StaffRequest) -> HttpResponse:
    """Answer the field of the period with what is due next for a dataset and an area (HTMX)."""
    own = deliverable(request.user)
    form = HandInForm(own=own, initial=_proposed(request, own, anew=True))
    return render(request, "monitoring/_period.html", {"field": form["period"]})


@door(Right.DELIVER_DATA)
@once
def look(request: StaffRequest, kept: str) -> HttpResponse:
    """Show the first rows of a kept file and what its headers mean; hand it in when the person says so."""
    draft = drafts.opened(kept, by=request.user)
    if draft is None:
        raise Http404(_("This file is no longer kept: hand it in again."))
    try:
        shown = preview.Look(draft, request.POST or None, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("monitoring:hand_in")
    if request.POST.get("act") == "hand_in" and shown.is_ready():
        found = attempt(
            request,
            shown.form,
            lambda: shown.hand_in(by=request.user),
            done=_done,
            then=lambda delivered: url_of(delivered.delivery),
        )
        if found:
            return found
    return render(request, "monitoring/preview.html", {"look": shown, "again": _again(draft)})


@door(Right.DELIVER_DATA)
@once
def drop(request: StaffRequest, kept: str) -> HttpResponse:
    """Delete a kept file that is not handed in after all."""
    draft = drafts.opened(kept, by=request.user)
    if draft is None:
        raise Http404(_("This file is no longer kept: hand it in again."))
    if request.method == "POST":
        draft.forget()
        messages.success(request, _("The file is deleted; nothing of it was taken."))
    return redirect("monitoring:deliveries")


def _done(delivered: Delivered) -> str:
    if delivered.duplicate:
        return _(
            "This very file was delivered before: nothing was counted twice. You are looking at that delivery, "
            "number %(number)d of %(day)s."
        ) % {"number": delivered.delivery.pk, "day": delivered.delivery.received_on}
    return _("The file is being read; this goes on even if you close this page.")


def _earlier(request: StaffRequest, own: Deliverable) -> tuple[Delivery | None, bool]:
    """Return the delivery that the address names to be replaced, or to be added to (True)."""
    for name, adds in (("replaces", False), ("supplements", True)):
        if asked := request.GET.get(name, ""):
            found = own.delivery(asked)
            if found is None:
                raise Http404(_("There is nothing here, or it belongs to another area."))
            return found, adds
    return None, False


def _proposed(request: StaffRequest, own: Deliverable, *, anew: bool = False) -> dict[str, Any]:
    """Return what the form begins with: what the address asks for, else what the person delivers first.

    With `anew` the period is proposed whatever the address says.
    """
    names = ("dataset", "area", "period")
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:40] for name in names}
    dataset = own.datasets.filter(pk=asked["dataset"]).first() or own.datasets.first()
    area = own.areas.filter(pk=asked["area"]).first() or own.areas.first()
    if dataset is None or area is None:
        return {}
    return {
        "dataset": dataset,
        "area": area,
        "period": ("" if anew else asked["period"][:10]) or proposed_period(dataset, area.code),
    }


def _title(earlier: Delivery | None, adds: bool) -> str:
    if earlier is None:
        return _("Hand in a file")
    words = _("Corrected rows for %(delivery)s") if adds else _("Replace %(delivery)s")
    return words % {"delivery": title_of(earlier)}


def _again(draft: Draft) -> str:
    """Return the form as it was filled in, to choose another file."""
    page = reverse("monitoring:hand_in")
    if draft.replaces or draft.supplements:
        word = "replaces" if draft.replaces else "supplements"
        return f"{page}?{word}={draft.replaces or draft.supplements}"
    return f"{page}?dataset={draft.dataset}&area={draft.area}&period={draft.period}"
