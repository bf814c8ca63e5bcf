"""Proposed changes as a list with everything that was decided, and deciding on one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.place_filter import in_place
from foundation.desk.punctuation import bracketed, said_of
from foundation.desk.tables import Badge, Column, Filter, Table, answer
from monitoring.contracts.terms import Field
from monitoring.models import Dataset, RegisterProposal
from monitoring.proposals import deciding, events, selectors
from monitoring.proposals.forms import RefuseForm, TakeForm
from monitoring.proposals.lifecycle import PROPOSAL
from monitoring.proposals.wording import Words
from monitoring.returning import returning

_TONES = {"proposed": "soon", "taken": "done"}


def household_page(row: RegisterProposal) -> str:
    """Return the address of the page where the household stands."""
    return reverse("households:household", args=[row.household_id])


def _state(row: RegisterProposal) -> Badge:
    return Badge(row.state_label, _TONES.get(row.state, "plain"))  # type: ignore[arg-type]


def _states(_user: User) -> list[tuple[str, Any]]:
    return list(PROPOSAL.states.items())


def _fields(_user: User) -> list[tuple[str, Any]]:
    return list(Field.choices)


def _datasets(user: User) -> list[tuple[str, Any]]:
    rows = Dataset.objects.visible_to(user).declared()
    return [(each.pk, each.name) for each in rows if each.contract.authoritative]


def _equal(name: str) -> Callable[[QuerySet[Any], Any], QuerySet[Any]]:
    return lambda rows, value: rows.filter(**{name: value})


def table(words: Words) -> Table:
    """Return the table of one request."""
    return Table(
        "register_proposals",
        title=gettext_lazy("Proposed changes of the register"),
        columns=(
            Column("household", gettext_lazy("Household number"), lambda row: row.household.code, "code",
                   url=household_page),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("member", gettext_lazy("Member"), words.who),
            Column("field", gettext_lazy("Field"), lambda row: row.get_field_display(), sort="field"),
            Column("present", gettext_lazy("The register says"), words.present),
            Column("proposed", gettext_lazy("The department says"), words.proposed),
            Column("known_on", gettext_lazy("As of"), lambda row: row.known_on, "day", sort="known_on"),
            Column("source", gettext_lazy("Delivery"), words.source),
            Column("proposed_on", gettext_lazy("Proposed on"), lambda row: row.proposed_on, "day",
                   sort="proposed_on"),
            Column("state", gettext_lazy("State"), _state, "badge"),
            Column("decided_on", gettext_lazy("Decided on"), lambda row: row.decided_on, "day"),
        ),
        filters=(
            Filter("state", gettext_lazy("State"), "choice", _equal("state"), _states),
            Filter("field", gettext_lazy("Field"), "choice", _equal("field"), _fields),
            Filter("dataset", gettext_lazy("Dataset"), "choice", _equal("dataset"), _datasets),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text))),
        ),
        order=("-pk",),
        empty=gettext_lazy("No delivery has said anything else than the register yet."),
    )  # fmt: skip


@door(Right.VIEW_HOUSEHOLDS)
@require_GET
def proposals(request: StaffRequest) -> HttpResponse:
    """List the proposed changes of one's areas, decided or not."""
    page = table(Words()).page(selectors.proposals_for(request.user), request)
    return answer(request, "monitoring/proposals/proposals.html", page)


@door(Right.EDIT_HOUSEHOLDS)
@once
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one proposal into the register, after a look at both sides; a family event has a page of its own."""
    row = get_visible_or_404(selectors.proposals_for(request.user), request.user, pk=pk)
    if events.is_event(row):
        messages.error(request, deciding.why_not(row))
        return redirect("proposals:enter", pk=row.pk)
    told = Words().one(row)
    form = TakeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = attempt(
            request,
            form,
            lambda: deciding.take(row, by=request.user),
            done=_(
                "The register now says what the department delivered. What stood there is kept in the history."
            ),
            then=household_page(row),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Take into the register"),
        submit=_("Take into the register"),
        cancel=household_page(row),
        intro=_(
            "%(who)s %(field)s: the register says “%(present)s”, the department “%(proposed)s” (%(source)s)."
        )
        % {
            "who": told.who or row.household.code,
            "field": told.field,
            "present": told.present,
            "proposed": told.proposed,
            "source": told.source,
        },
    )


@door(Right.EDIT_HOUSEHOLDS)
@once
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """Leave the register as it is, with the reason."""
    return _with_reason(
        request,
        pk,
        deciding.refuse,
        title=_("The register is right"),
        done=_("The register stays as it is. The same is not asked again while both sides say the same."),
        tell=True,
    )


@door(Right.EDIT_HOUSEHOLDS)
@once
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a refused proposal back to be decided."""
    return _with_reason(
        request, pk, deciding.reopen, title=_("Decide again"), done=_("It waits to be decided again.")
    )


def _with_reason(
    request: StaffRequest,
    pk: int,
    act: Callable[..., RegisterProposal],
    *,
    title: str,
    done: str,
    tell: bool = False,
) -> HttpResponse:
    row = get_visible_or_404(selectors.proposals_for(request.user), request.user, pk=pk)
    form = RefuseForm(request.POST or None, tell=tell and bool(row.line))
    if form.is_valid():
        answered = attempt(
            request,
            form,
            lambda: _acted(row, act, form.cleaned_data, request.user),
            done=done,
            then=household_page(row),
        )
        if answered:
            return answered
    told = Words().one(row)
    return form_page(
        request,
        form,
        title=title,
        submit=title,
        cancel=household_page(row),
        template=CONFIRM,
        intro=f"{row.household.code} {told.who} · "
        + said_of(told.field, f"{told.present} → {told.proposed}{bracketed(told.source)}"),
    )


@transaction.atomic
def _acted(
    row: RegisterProposal, act: Callable[..., RegisterProposal], given: dict[str, Any], by: User
) -> None:
    """Do the act, and return the row to its department where the person asks for that."""
    act(row, by=by, reason=given["reason"])
    if given.get("tell"):
        returning.return_proposal(row, reason=given["reason"], by=by)
