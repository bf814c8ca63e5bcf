"""Take what was registered as a family event: the form filled in, what would follow, and the decision of a person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, pgettext

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.fields import DayField
from foundation.desk.once import once
from foundation.desk.punctuation import bracketed
from households.departures import successors
from households.forms import DepartureForm
from households.lineage import planning
from households.lineage.checking import members_of
from households.lineage.fields import LookField, PaperField, let_stand
from households.lineage.forms import SplitForm
from households.lineage.plans import Plan
from households.lineage.views import event_page
from households.models.households import HEAD
from households.views.corrections import shut
from households.words import Words as RegisterWords
from monitoring.models import RegisterProposal
from monitoring.proposals import events, selectors
from monitoring.proposals.deciding import origin
from monitoring.proposals.views.proposals import household_page
from monitoring.proposals.wording import Words


class RegisteredArrivalForm(forms.Form):
    """Who comes, as the department named them; their number is kept sealed and asked of nobody."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    relation = forms.ChoiceField(label=gettext_lazy("Relation to the head"))
    happened_on = DayField(label=gettext_lazy("Day it happened"))
    paper = PaperField()
    look = LookField()

    def __init__(self, *args: Any, proposal: RegisterProposal, **options: Any) -> None:
        """Begin with what the department states."""
        options["initial"] = {
            "name": proposal.event.get("name", ""), "happened_on": events.day_of(proposal),
        }  # fmt: skip
        super().__init__(*args, **options)
        let_stand(self, origin(proposal))
        choices = RegisterWords().choices("relation", proposal.area_id)
        self.fields["relation"].choices = [("", "---"), *choices]  # type: ignore[attr-defined]


@door(Right.EDIT_HOUSEHOLDS)
@once
def enter(request: StaffRequest, pk: int) -> HttpResponse:
    """Enter what a department registered as a family event, or go back and refuse it."""
    row = get_visible_or_404(selectors.proposals_for(request.user), request.user, pk=pk)
    if not events.is_event(row):
        messages.error(
            request, pgettext("lineage", "This is no family event: take it or refuse it as it stands.")
        )
        return redirect(household_page(row))
    if (refused := shut(request, row.household)) is not None:
        return refused
    form, plan = _asked(request, row)
    told = Words().one(row)
    return event_page(
        request,
        form,
        plan,
        title=pgettext("lineage", "Enter what was registered: %(what)s") % {"what": told.proposed},
        submit=pgettext("lineage", "Enter"),
        cancel=household_page(row),
        done=pgettext("lineage", "Entered as the department delivered it."),
        act=lambda made: events.take_event(row, made, by=request.user),
        intro=f"{row.household.code} {told.who} · {told.proposed}{bracketed(told.source)}",
        aside=_away(row),
    )


def _away(row: RegisterProposal) -> tuple[str, str, str] | None:
    """Return the way to the hand-shake with another area, filled in, where somebody went to a household elsewhere."""
    if not (kind := events.joining_of(row)) or row.resident_id is None:
        return None
    known = {
        "kind": kind, "member": str(row.resident_id), "happened_on": str(row.event["on"]),
        "document": origin(row)[:100],
    }  # fmt: skip
    return (
        pgettext(
            "lineage",
            "Somebody who marries, is adopted or goes into a household of this platform for which another area "
            "answers: it accepts or refuses, and until then they are yours.",
        ),
        pgettext("lineage", "Propose it to that area"),
        f"{reverse('moves:propose_person', args=[row.household_id])}?{urlencode(known)}",
    )


def _asked(request: StaffRequest, row: RegisterProposal) -> tuple[forms.Form, Any]:
    """Return the form of the event and what makes its plan."""
    if events.is_arrival(row):
        return _arrival(request, row)
    if events.is_split(row) and len(members_of(row.household)) > 1:
        return _split(request, row)
    return _departure(request, row)


def _arrival(request: StaffRequest, row: RegisterProposal) -> tuple[forms.Form, Any]:
    form = RegisteredArrivalForm(request.POST or None, proposal=row)

    def plan() -> Plan:
        given = form.cleaned_data
        told = events.told_of(row, given)
        return events.arrival_plan(row, given["name"], given["relation"], told, by=request.user)

    return form, plan


def _split(request: StaffRequest, row: RegisterProposal) -> tuple[forms.Form, Any]:
    begun = {"happened_on": events.day_of(row), f"member_{row.resident_id}": HEAD}
    members = members_of(row.household)
    form = SplitForm(
        request.POST or None, home=row.household, members=members, initial=begun, stands=origin(row)
    )

    def plan() -> Plan:
        told = events.told_of(row, form.cleaned_data)
        return planning.plan_split(row.household, form.splitting(), told, by=request.user)

    return form, plan


def _departure(request: StaffRequest, row: RegisterProposal) -> tuple[forms.Form, Any]:
    resident = row.resident
    if resident is None:
        raise Http404
    follow = successors(resident) if resident.relation == HEAD else []
    begun = {"departure": events.departure_of(row), "happened_on": events.day_of(row)}
    form = DepartureForm(
        request.POST or None, resident=resident, successors=follow, initial=begun, stands=origin(row)
    )

    def plan() -> Plan:
        given = form.cleaned_data
        told = events.told_of(row, given)
        return events.departure_plan(row, given["departure"], told, by=request.user, new_head=form.new_head())

    return form, plan
