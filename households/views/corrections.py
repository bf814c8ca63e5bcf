"""Correct by hand: a household, a member, a departure, and a departure taken back."""

from typing import cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from households import departures
from households.corrections import correct, may_correct
from households.forms import DepartureForm, HandForm, HouseholdForm, MemberForm, TakeBackForm
from households.identity import showing
from households.models import Household, Resident
from households.models.households import HEAD
from households.sources import Row


@door(Right.EDIT_HOUSEHOLDS)
@once
def household(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct where and how a household lives, and how it is reached."""
    row = get_visible_or_404(
        Household.objects.select_related("area", "stay_area", "phone"), request.user, pk=pk
    )
    form = HouseholdForm(
        request.POST or None, row=row, user=request.user, phone=showing.masked_one(row.phone)
    )
    return _correct(request, row, form, _("Correct household %(code)s") % {"code": row.code})


@door(Right.EDIT_HOUSEHOLDS)
@once
def member(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct what the register says of a member."""
    row = _member(request, pk)
    form = MemberForm(request.POST or None, row=row)
    return _correct(request, row, form, _("Correct %(name)s") % {"name": row.name})


@door(Right.EDIT_HOUSEHOLDS)
@once
def departure(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter that a member died or left."""
    row = _member(request, pk)
    follow = departures.successors(row) if row.relation == HEAD else []
    form = DepartureForm(request.POST or None, resident=row, successors=follow)
    if (refused := _shut(request, row.household)) is not None:
        return refused
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: departures.depart(
                row,
                Resident.Departure(given["departure"]),
                given["happened_on"],
                by=request.user,
                seen=given["seen"],
                reason=given["reason"],
                new_head=form.new_head(),
            ),
            done=_("%(name)s is no longer a member.") % {"name": row.name},
            then=_page(row.household_id),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("%(name)s died or left") % {"name": row.name},
        submit=_("Enter"),
        cancel=_page(row.household_id),
        template=CONFIRM,
        consequences=[
            _("The person stays in the register with the day, and no longer counts as a member."),
            _("It can be taken back, with a reason."),
        ],
    )


@door(Right.EDIT_HOUSEHOLDS)
@once
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Let somebody be a member again, because the departure was wrong."""
    row = _member(request, pk)
    form = TakeBackForm(request.POST or None, resident=row)
    if (refused := _shut(request, row.household)) is not None:
        return refused
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: departures.take_back(row, by=request.user, seen=given["seen"], reason=given["reason"]),
            done=_("%(name)s is a member again.") % {"name": row.name},
            then=_page(row.household_id),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Take back the departure of %(name)s") % {"name": row.name},
        submit=_("Take back"),
        cancel=_page(row.household_id),
    )


def _correct(request: StaffRequest, row: Row, form: HandForm, title: str) -> HttpResponse:
    home = row if isinstance(row, Household) else row.household
    if (refused := _shut(request, home)) is not None:
        return refused
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            cast(BaseForm, form),
            lambda: correct(
                row,
                form.wanted(),
                by=request.user,
                checked_on=given["happened_on"],
                seen=given["seen"],
                reason=given["reason"],
            ),
            done=_("Corrected. What stood there before is kept in the history below."),
            then=_page(home.pk),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=title,
        submit=_("Correct"),
        cancel=_page(home.pk),
        intro=_("Change what is wrong and leave the rest: only what you change gets you as its source."),
    )


def _shut(request: StaffRequest, household: Household) -> HttpResponse | None:
    """Send who may not correct this household back to its page, with the sentence that says why."""
    try:
        may_correct(household, request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(_page(household.pk))
    return None


def _member(request: StaffRequest, pk: int) -> Resident:
    return get_visible_or_404(Resident.objects.select_related("household"), request.user, pk=pk)


def _page(household: int) -> str:
    return reverse("households:household", args=[household])
