"""Members come, die or leave, and a departure that was wrong is taken back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.once import once
from households import departures
from households.forms import ArrivalForm, DepartureForm, TakeBackForm
from households.lineage.planning import Told, plan_arrival, plan_departure
from households.lineage.plans import Kind, Plan
from households.lineage.views import event_page
from households.models import Household
from households.models.households import HEAD
from households.views.corrections import found_member, page_address, shut


@door(Right.EDIT_HOUSEHOLDS)
@once
def arrival(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter that somebody came to a household; what follows is shown before it is written."""
    row = get_visible_or_404(Household.objects, request.user, pk=pk)
    form = ArrivalForm(
        request.POST or None, household=row, initial={"kind": request.GET.get("kind", Kind.BIRTH.value)}
    )
    if (refused := shut(request, row)) is not None:
        return refused

    def plan() -> Plan:
        given = form.cleaned_data
        told = Told(given["happened_on"], given["reason"], given["paper"])
        return plan_arrival(row, form.kind_of(), form.newcomer(), told, by=request.user)

    return event_page(
        request,
        form,
        plan,
        title=_("Somebody came to household %(code)s") % {"code": row.code},
        submit=_("Enter"),
        cancel=page_address(row.pk),
        done=pgettext("lineage", "Entered: there is one member more."),
        intro=_("Correct health, school, work and insurance afterwards, on the household's page."),
    )


@door(Right.EDIT_HOUSEHOLDS)
@once
def departure(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter that a member died or left; what follows is shown before it is written."""
    row = found_member(request, pk)
    follow = departures.successors(row) if row.relation == HEAD else []
    begun = {name: request.GET[name] for name in ("departure",) if name in request.GET}
    form = DepartureForm(request.POST or None, resident=row, successors=follow, initial=begun)
    if (refused := shut(request, row.household)) is not None:
        return refused

    def plan() -> Plan:
        given = form.cleaned_data
        told = Told(given["happened_on"], given["reason"], given["paper"])
        return plan_departure(
            row, given["departure"], told, by=request.user, new_head=form.new_head(), seen=given["seen"]
        )

    return event_page(
        request,
        form,
        plan,
        title=_("%(name)s died or left") % {"name": row.name},
        submit=_("Enter"),
        cancel=page_address(row.household_id),
        done=_("%(name)s is no longer a member.") % {"name": row.name},
        intro=pgettext(
            "lineage",
            "Who goes to another household of the register is entered there as marriage, split or merge.",
        ),
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
