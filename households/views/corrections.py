"""Correct by hand what the register says of a household, or of a member."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from households.corrections import correct, may_correct
from households.forms import HandForm, HouseholdForm, MemberForm
from households.identity import showing
from households.models import Household, Resident
from households.renumbering import correct_number
from households.renumbering_form import NumberForm
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
    row = found_member(request, pk)
    form = MemberForm(request.POST or None, row=row)
    return _correct(request, row, form, _("Correct %(name)s") % {"name": row.name})


@door(Right.EDIT_HOUSEHOLDS)
@once
def number(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct the ID number of a member."""
    row = found_member(request, pk)
    if (refused := shut(request, row.household)) is not None:
        return refused
    form = NumberForm(request.POST or None, row=row)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request, form,
            lambda: correct_number(
                row, given["id_number"], by=request.user, checked_on=given["happened_on"], seen=given["seen"],
                reason=given["reason"],
            ),
            done=_("Corrected. What stood there before is kept in the history below."),
            then=page_address(row.household_id),
        )  # fmt: skip
        if done:
            return done
    return form_page(
        request, form, title=pgettext("pair", "Correct the ID number of %(name)s") % {"name": row.shown_name},
        submit=_("Correct"), cancel=page_address(row.household_id),
        intro=pgettext("pair", "Birth date and sex follow the number. The one that stood there stays in the history."),
    )  # fmt: skip


def _correct(request: StaffRequest, row: Row, form: HandForm, title: str) -> HttpResponse:
    home = row if isinstance(row, Household) else row.household
    if (refused := shut(request, home)) is not None:
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
            then=page_address(home.pk),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=title,
        submit=_("Correct"),
        cancel=page_address(home.pk),
        intro=_("Change what is wrong and leave the rest: only what you change gets you as its source."),
    )


def shut(request: StaffRequest, household: Household) -> HttpResponse | None:
    """Send who may not correct this household back to its page, with the sentence that says why."""
    return sent_back(request, household, lambda: may_correct(household, request.user))


def sent_back(request: StaffRequest, household: Household, ask: Callable[[], object]) -> HttpResponse | None:
    """Send whom `ask` refuses back to the household's page, with the sentence that says why."""
    try:
        ask()
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(page_address(household.pk))
    return None


def found_member(request: StaffRequest, pk: int) -> Resident:
    """Return the member of an address, as far as the person may see them."""
    return get_visible_or_404(Resident.objects.select_related("household"), request.user, pk=pk)


def page_address(household: int) -> str:
    """Return the address of a household's page."""
    return reverse("households:household", args=[household])
