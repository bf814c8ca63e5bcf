"""Members come, die or leave, and a departure that was wrong is taken back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from households import departures
from households.arrivals import arrive
from households.forms import ArrivalForm, DepartureForm, TakeBackForm
from households.models import Household, Resident
from households.models.households import HEAD
from households.views.corrections import found_member, page_address, shut


@door(Right.EDIT_HOUSEHOLDS)
@once
def arrival(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter that somebody came to a household."""
    row = get_visible_or_404(Household.objects, request.user, pk=pk)
    form = ArrivalForm(request.POST or None, household=row)
    if (refused := shut(request, row)) is not None:
        return refused
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: arrive(
                row, form.newcomer(), given["happened_on"], by=request.user, reason=given["reason"]
            ),
            done=lambda resident: _("%(name)s is a member now.") % {"name": resident.name},
            then=page_address(row.pk),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Somebody came to household %(code)s") % {"code": row.code},
        submit=_("Enter"),
        cancel=page_address(row.pk),
        intro=_("Correct health, school, work and insurance afterwards, on the household's page."),
    )


@door(Right.EDIT_HOUSEHOLDS)
@once
def departure(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter that a member died or left."""
    row = found_member(request, pk)
    follow = departures.successors(row) if row.relation == HEAD else []
    form = DepartureForm(request.POST or None, resident=row, successors=follow)
    if (refused := shut(request, row.household)) is not None:
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
            then=page_address(row.household_id),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("%(name)s died or left") % {"name": row.name},
        submit=_("Enter"),
        cancel=page_address(row.household_id),
        template=CONFIRM,
        consequences=[
            _("The person stays in the register with the day, and no longer counts as a member."),
            _("The person's own standings, such as dibao, end with that day."),
            _("It can be taken back, with a reason."),
        ],
    )


@door(Right.EDIT_HOUSEHOLDS)
@once
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Let somebody be a member again, because the departure was wrong."""
    row = found_member(request, pk)
    form = TakeBackForm(request.POST or None, resident=row)
    if (refused := shut(request, row.household)) is not None:
        return refused
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: departures.take_back(row, by=request.user, seen=given["seen"], reason=given["reason"]),
            done=_("%(name)s is a member again.") % {"name": row.name},
            then=page_address(row.household_id),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Take back the departure of %(name)s") % {"name": row.name},
        submit=_("Take back"),
        cancel=page_address(row.household_id),
    )
