"""What people do with a delivery: accept or refuse what waits, take back, read the file once more."""

from collections.abc import Callable, Sequence

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, FORM, attempt, form_page
from foundation.desk.once import once
from monitoring.deliveries.forms import WhyForm
from monitoring.deliveries.looks import title_of, url_of
from monitoring.intake import deciding
from monitoring.models import Delivery

_RELEASED = gettext_lazy("The accepted rows count from now on; the rejected ones stay rejected.")
_RUN: dict[str, Callable[..., Delivery]] = {
    "release": deciding.release,
    "refuse": deciding.refuse,
    "withdraw": deciding.withdraw,
}


@door(Right.DELIVER_DATA)
@once
def delivery_move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Ask why, and then accept, refuse or take back a delivery."""
    row = deliverable_or_404(request, pk)
    if verb not in _RUN:
        raise Http404(_("There is no such act."))
    step = row.lifecycle.find(verb)
    form = WhyForm(request.POST or None, initial={"version": row.version})
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        found = attempt(
            request,
            form,
            lambda: _RUN[verb](row, by=request.user, reason=form.cleaned_data["reason"]),
            done=_("“%(move)s”: done.") % {"move": step.label},
            then=url_of(row),
        )
        if found:
            return found
    return form_page(
        request,
        form,
        title=f"{step.label} · {title_of(row)}",
        submit=str(step.label),
        cancel=url_of(row),
        template=FORM if verb == "release" else CONFIRM,
        intro=_RELEASED if verb == "release" else "",
        consequences=_consequences(row, verb),
    )


@door(Right.DELIVER_DATA)
@once
def replay(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask, and then read the kept file once more by today's contract."""
    row = deliverable_or_404(request, pk)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        form = forms.Form({})
        found = attempt(
            request,
            form,
            lambda: deciding.replay(row, by=request.user),
            done=_("The file is being read again; this goes on even if you close this page."),
            then=url_of,
        )
        if found:
            return found
    return form_page(
        request,
        form,
        title=_("Read the file again: %(delivery)s") % {"delivery": title_of(row)},
        submit=_("Read the file again"),
        cancel=url_of(row),
        intro=_("Useful after the contract has changed, or what a header means was said anew."),
        template=CONFIRM,
        consequences=[
            _("The kept file is read by today's contract, as a new delivery in the place of this one."),
            _("This one counts until the new one is read; then it is superseded."),
        ],
    )


def deliverable_or_404(request: StaffRequest, pk: int) -> Delivery:
    """Return a delivery of what the person delivers themselves."""
    rows = Delivery.objects.visible_to(request.user, Right.DELIVER_DATA)
    return get_visible_or_404(rows.select_related("dataset", "area"), request.user, pk=pk)


def _consequences(row: Delivery, verb: str) -> Sequence[str]:
    if verb == "release":
        return []
    if verb == "refuse":
        return [_("No row of this file counts. The file can be corrected and handed in again.")]
    said = [
        _("Its rows count no longer, and what was concluded from them is looked at again."),
        _("What was added to it is taken back with it."),
    ]
    if Delivery.objects.visible_to(row.by).filter(superseded_by=row).exists():
        said.append(_("The delivery that it had superseded comes back into force."))
    return said
