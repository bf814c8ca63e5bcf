"""Erase a person from the register: asked for with its ground and a sentence to type, and told afterwards."""

from typing import cast

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from households.erased import erasure_of
from households.identity import erasure
from households.identity.erasure import Ground
from households.identity.forms import ErasureForm
from households.models import Resident
from households.views.corrections import found_member, page_address, sent_back


@door(Right.ERASE_PEOPLE)
@once
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask before a person is erased; of whoever is erased already, tell what was done."""
    row = found_member(request, pk)
    if row.is_erased:
        return _told(request, row)
    refused = sent_back(request, row.household, lambda: erasure.may_erase(row, request.user))
    if refused is not None:
        return refused
    form = ErasureForm(request.POST or None, resident=row)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            cast(BaseForm, form),
            lambda: erasure.erase(
                row, ground=Ground(given["ground"]), by=request.user, phone=given.get("phone", False)
            ),
            done=_("The person is erased. What was done stands below."),
            then=reverse("households:member_erase", args=[row.pk]),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Erase %(name)s") % {"name": row.name},
        submit=_("Erase for good"),
        cancel=page_address(row.household_id),
        template="households/erase.html",
        member=row,
        homes=erasure.homes_of(row, request.user),
    )


def _told(request: StaffRequest, row: Resident) -> HttpResponse:
    context = {"member": row, "erasure": erasure_of(row, request.user)}
    return render(request, "households/erased.html", context)
