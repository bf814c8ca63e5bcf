"""Local values: the list of proposals, proposing one with a look at what it changes, deciding it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import Area
from foundation.accounts.roles import Right
from foundation.desk import focus, local_values, values_page
from foundation.desk.acts import attempt
from foundation.desk.local_links import links_for
from foundation.desk.local_page import Preview, facts, in_words, preview, tone
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from foundation.desk.tables import Badge, Column, Filter, Table, answer
from foundation.desk.value_forms import LocalValueForm, first_content, initial_of
from foundation.regulations.lifecycle import LOCAL_VALUE
from foundation.regulations.local_values import draft_of
from foundation.regulations.models import LocalValue
from foundation.workflow.move import Request
from foundation.workflow.offers import offers

FORM = "desk/regulations/propose.html"


def _by_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(state=state)


PROPOSALS = Table(
    "local_values",
    columns=(
        Column(
            "subject",
            pgettext_lazy("regulation", "subject"),
            lambda row: row.subject.label,
            url=lambda row: reverse("desk:local_value", args=[row.pk]),
        ),
        Column("says", gettext_lazy("value"), in_words),
        Column("area", gettext_lazy("area"), lambda row: row.area.name, sort="area_id"),
        Column("from", gettext_lazy("in force from"), lambda row: row.from_day, kind="day", sort="from_day"),
        Column("by", gettext_lazy("proposed by"), lambda row: row.proposed_by.name),
        Column(
            "state",
            gettext_lazy("state"),
            lambda row: Badge(row.state_label, tone(row)),
            kind="badge",
            sort="state",
        ),
    ),
    filters=(
        Filter(
            "state", gettext_lazy("state"), "choice", _by_state, lambda user: list(LOCAL_VALUE.states.items())
        ),
    ),
    order=("-pk",),
    empty=gettext_lazy(
        "No local value is proposed. Open a subject that areas may set, and propose the value of your area there."
    ),
)


@door(Right.VIEW_VALUES)
def proposals(request: StaffRequest) -> HttpResponse:
    """List the proposed local values of the person's areas."""
    rows = LocalValue.objects.visible_to(request.user).select_related("subject", "area", "proposed_by")
    return answer(request, "desk/regulations/proposals.html", PROPOSALS.page(rows, request))


@door(Right.VIEW_VALUES)
def proposal(request: StaffRequest, local_value_id: int) -> HttpResponse:
    """Show one proposal: what it says, by which document, what it would change, and what happened to it."""
    row = _row(request, local_value_id)
    draft = draft_of(row)
    waiting = row.state in ("proposed", "returned")
    context = {
        "row": row,
        "facts": facts(row),
        "preview": preview(draft, request.user) if waiting else None,
        "offers": [each for each in offers(row, request.user) if each.move.verb != "resubmit"],
        "may_correct": row.state == "returned" and request.user.holds(Right.PROPOSE_VALUES, row.area_id),
        "move_url_name": "desk:local_value_move",
        "links": links_for(row, request.user),
        "tone": tone(row),
    }
    return render(request, "desk/regulations/proposal.html", context)


@door(Right.PROPOSE_VALUES)
@once
def propose(request: StaffRequest, subject: str) -> HttpResponse:
    """Propose a value of one's area; “preview” shows what it would change and saves nothing."""
    found = values_page.subject_or_none(subject)
    area = _area(request)
    if found is None or area is None or not found.local:
        raise Http404
    form = LocalValueForm(request.POST or None, subject=found, area=area, initial=first_content(found))
    shown: Preview | None = None
    if form.is_valid():
        if "preview" in request.POST:
            shown = _preview(request, form)
        else:
            done = attempt(
                request,
                form,
                lambda: local_values.propose(form.draft(), form.cleaned_data["why"], by=request.user),
                done=_("Proposed. A second person decides."),
                then=lambda made: reverse("desk:local_value", args=[made.pk]),
            )
            if done:
                return done
    back = f"{reverse('desk:value', args=[subject])}?area={area.code}"
    title = _("Propose a value for %(area)s: %(subject)s") % {"area": area.name, "subject": found.label}
    return render(
        request, FORM, {"form": form, "title": title, "cancel": back, "preview": shown, "area": area}
    )


@door(Right.PROPOSE_VALUES)
@once
def correct(request: StaffRequest, local_value_id: int) -> HttpResponse:
    """Complete a returned proposal and submit it again."""
    row = _row(request, local_value_id)
    back = reverse("desk:local_value", args=[row.pk])
    if row.state != "returned":
        return redirect(back)
    form = LocalValueForm(request.POST or None, subject=row.subject, area=row.area, initial=initial_of(row))
    shown: Preview | None = None
    if form.is_valid():
        if "preview" in request.POST:
            shown = _preview(request, form)
        else:
            done = attempt(
                request,
                form,
                lambda: local_values.resubmit(row, form.draft(), by=request.user),
                done=_("Submitted again. A second person decides."),
                then=back,
            )
            if done:
                return done
    title = _("Complete the proposal: %(row)s") % {"row": row}
    return render(
        request, FORM, {"form": form, "title": title, "cancel": back, "preview": shown, "area": row.area}
    )


@door(Right.VIEW_VALUES)
@once
def decide(request: StaffRequest, local_value_id: int, verb: str) -> HttpResponse:
    """Make one move on a proposal."""
    row = _row(request, local_value_id)
    if verb == "resubmit":
        return redirect(reverse("desk:local_value_correct", args=[row.pk]))

    def run(seen: LocalValue, asked: Request) -> LocalValue:
        return local_values.decide(seen, asked, by=request.user)

    return move_page(request, row, verb, Page(reverse("desk:local_value", args=[row.pk]), run))


def _row(request: StaffRequest, key: int) -> LocalValue:
    return get_visible_or_404(
        LocalValue.objects.select_related("subject", "area", "proposed_by", "value"), request.user, pk=key
    )


def _area(request: StaffRequest) -> Area | None:
    asked = values_page.asked_of(request.GET, request.user, focus.current(request))
    return asked.area if asked else None


def _preview(request: StaffRequest, form: LocalValueForm) -> Preview | None:
    """Work out what the typed value would change; a refusal stands in the form instead."""
    shown = preview(form.draft(), request.user)
    if shown.refusal:
        form.add_error(shown.field if shown.field in form.fields else None, shown.refusal)
        return None
    return shown
