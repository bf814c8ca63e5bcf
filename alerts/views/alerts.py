"""The page of one alert, and what people decide there."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alerts import deciding, looking, relocating, selectors
from alerts.bulk.acts import put_off
from alerts.forms import AttachForm, CloseForm, DetachForm, JoinForm
from alerts.models import Alert, Signal
from alerts.page import page_of
from alerts.time_line import time_line
from alerts.verification import visiting
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from foundation.desk.punctuation import said_of
from households.openings import record_opening


@door(Right.VIEW_ALERTS)
@require_GET
def alert(request: StaffRequest, pk: int) -> HttpResponse:
    """Show why a household is warned about and what may be done; that somebody looked is an entry in the record."""
    rows = Alert.objects.select_related("household", "area", "follows", "merged_into")
    row = get_visible_or_404(rows, request.user, pk=pk)
    record_opening(row.household, by=request.user, through="alert")
    visiting.opened(row, by=request.user)
    shown = {"page": page_of(row, request.user), "back": looking.back(request)}
    shown |= {
        "relocations": relocating.of_alert(row),
        "may_move": request.user.holds(Right.DISPATCH_ALERTS, row.area_id),
        "time_line": {"events": time_line(row.household, request.user, without=row)},
    }
    return render(request, "alerts/alert.html", shown | put_off(row, request.user))


@door(Right.DISPATCH_ALERTS)
@once
def move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Dispatch or reopen an alert."""
    row = _dispatchable(request, pk)
    run = {"dispatch": deciding.dispatch, "reopen": deciding.reopen}
    if verb not in run:
        raise Http404(_("There is no such act."))
    act = run[verb]
    page = Page(
        then=page_url(row),
        run=lambda seen, asked: act(seen, asked, by=request.user),
        consequences=_consequences(verb),
        name=row.household.code,
    )
    return move_page(request, row, verb, page)


@door(Right.DISPATCH_ALERTS)
@once
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """End an alert with an outcome, a reason and a cool-down."""
    row = _dispatchable(request, pk)
    form = CloseForm(request.POST or None, alert=row)
    if form.is_valid():
        row.version = form.cleaned_data["version"]
        done = attempt(
            request,
            form,
            lambda: deciding.close(row, form.closing(), by=request.user),
            done=_("The warning is closed."),
            then=page_url,
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Close the warning"),
        submit=_("Close the warning"),
        cancel=page_url(row),
        template=CONFIRM,
        intro=row.household.code,
        consequences=[
            _("Nobody visits because of it any more; its signals and its history stay."),
            _("Another standard that fires, or a report, opens a new warning at once."),
        ],
    )


@door(Right.DISPATCH_ALERTS)
@once
def join(request: StaffRequest, pk: int) -> HttpResponse:
    """Join an alert into the one of a household that turned out to be the same."""
    row = _dispatchable(request, pk)
    others = selectors.to_join(row, request.user)
    form = JoinForm(request.POST or None, others=others)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: deciding.join(row, form.chosen(), by=request.user, reason=form.cleaned_data["reason"]),
            done=_("Both are one warning now."),
            then=page_url,
        )
        if done:
            return done
    said = (
        _("The other open warnings of the village stand to choose from.")
        if others
        else _("No other household of this village has an open warning.")
    )
    return form_page(
        request,
        form,
        title=_("Join into another warning"),
        submit=_("Join"),
        cancel=page_url(row),
        template=CONFIRM,
        intro=said_of(row.household.code, said),
        consequences=[_("Its signals go over to the other warning, and it closes as a duplicate.")],
    )


@door(Right.DISPATCH_ALERTS)
@once
def detach(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a signal does not belong to its alert."""
    return _sorted_with_reason(
        request,
        _sortable(request, pk),
        DetachForm(request.POST or None),
        deciding.detach,
        done=_("The signal counts no longer."),
        title=_("Detach a signal"),
        submit=_("Detach"),
        consequence=_("It stays to be seen, and the priority is worked out without it."),
    )


@door(Right.DISPATCH_ALERTS)
@once
def attach(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a detached signal belongs to its alert after all."""
    return _sorted_with_reason(
        request,
        _sortable(request, pk),
        AttachForm(request.POST or None),
        deciding.attach_again,
        done=_("The signal counts again."),
        title=_("Attach the signal again"),
        submit=_("Attach again"),
        consequence=_("It counts for the priority again."),
    )


def _sorted_with_reason(
    request: StaffRequest,
    row: Signal,
    form: forms.Form,
    act: Callable[..., object],
    *,
    done: str,
    title: str,
    submit: str,
    consequence: str,
) -> HttpResponse:
    """Ask for the reason, let `act` sort the signal, and lead back to its alert."""
    if form.is_valid():
        answer = attempt(
            request,
            form,
            lambda: act(row, by=request.user, reason=form.cleaned_data["reason"]),
            done=done,
            then=page_url(row.alert),
        )
        if answer:
            return answer
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        cancel=page_url(row.alert),
        template=CONFIRM,
        intro=str(row.standard or row.get_channel_display()),
        consequences=[consequence],
    )


@door(Right.DISPATCH_ALERTS)
@once
def cause(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a signal a cause of its own, or put it back to the cause that its day and person name."""
    row = _sortable(request, pk)
    apart = not row.apart
    form = forms.Form({} if request.method == "POST" else None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: deciding.separate(row, apart=apart, by=request.user),
            done=_("The causes were worked out anew."),
            then=page_url(row.alert),
        )
        if done:
            return done
    title = _("An event of its own") if apart else _("Belongs to its cause after all")
    return form_page(
        request,
        form,
        title=title,
        submit=title,
        cancel=page_url(row.alert),
        intro=str(row.standard or row.get_channel_display()),
    )


def page_url(row: Alert) -> str:
    """Return the address of an alert's page."""
    return reverse("alerts:alert", args=[row.pk])


def _dispatchable(request: StaffRequest, pk: int) -> Alert:
    rows = Alert.objects.visible_to(request.user, Right.DISPATCH_ALERTS)
    return get_visible_or_404(rows.select_related("household"), request.user, pk=pk)


def _sortable(request: StaffRequest, pk: int) -> Signal:
    rows = Signal.objects.visible_to(request.user, Right.DISPATCH_ALERTS)
    return get_visible_or_404(rows.select_related("alert__household", "standard"), request.user, pk=pk)


def _consequences(verb: str) -> tuple[str, ...]:
    return {
        "reopen": (_("It waits to be dispatched again, and its cool-down ends."),),
    }.get(verb, ())
