"""A tick entered later, with the day on which the leaflet was handed over, and one that was wrong."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from households.codes import selectors
from households.codes.forms import GivenForm, TakeBackForm
from households.leaflets import ticking
from households.models import Household
from households.views.corrections import page_address


@door(Right.KEEP_CODES)
@once
def give(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter that a household was handed the leaflet, and when."""
    rows = Household.objects.visible_to(request.user, Right.KEEP_CODES)
    household = get_object_or_404(rows, pk=pk)
    form = GivenForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: ticking.give(
                household, by=request.user, given_on=given["happened_on"], reason=given["reason"]
            ),
            done=_("Entered: the household has the leaflet."),
            then=page_address(household.pk),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Leaflet for household %(code)s") % {"code": household.code},
        submit=_("Enter"),
        cancel=page_address(household.pk),
    )


@door(Right.KEEP_CODES)
@once
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back the newest tick of a household, because it was wrong."""
    rows = Household.objects.visible_to(request.user, Right.KEEP_CODES)
    household = get_object_or_404(rows, pk=pk)
    newest = selectors.newest_tick(household)
    form = TakeBackForm(request.POST or None)
    if newest is not None and form.is_valid():
        done = attempt(
            request,
            form,
            lambda: ticking.take_back(newest, by=request.user, reason=form.cleaned_data["reason"]),
            done=_("Taken back: the household counts as without a leaflet."),
            then=page_address(household.pk),
        )
        if done:
            return done
    said = (
        _("Ticked on %(day)s by %(name)s") % {"day": newest.given_on, "name": newest.given_by.name}
        if newest
        else ""
    )
    return form_page(
        request,
        form,
        title=_("Take back the leaflet of household %(code)s") % {"code": household.code},
        submit=_("Take back"),
        cancel=page_address(household.pk),
        template=CONFIRM,
        intro=said or _("This household has no leaflet that could be taken back."),
    )
