"""Proposed postings: the list, one proposal with its history, and the moves of its lifecycle."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.labels import role_labels
from foundation.accounts.roles import Right, Role
from foundation.desk import grants, sharing
from foundation.desk.file_lists import file_list
from foundation.desk.lifecycle import GRANT
from foundation.desk.models import GrantProposal
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from foundation.desk.papers import GRANT_PAPERS
from foundation.desk.tables import Badge, Column, Filter, Table, Tone, answer
from foundation.files.answers import download
from foundation.workflow.move import Request
from foundation.workflow.offers import history, offers

_TONES: dict[str, Tone] = {"proposed": "soon", "returned": "soon", "granted": "done", "refused": "plain"}


def _by_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    return rows.filter(state=state)


GRANTS = Table(
    "grants",
    title=gettext_lazy("Proposed postings"),
    columns=(
        Column(
            "person",
            gettext_lazy("member of staff"),
            lambda row: row.user.name,
            url=lambda row: reverse("desk:grant", args=[row.pk]),
        ),
        Column("role", gettext_lazy("role"), lambda row: Role(row.role).label),
        Column("area", gettext_lazy("area"), lambda row: row.area.name, sort="area_id"),
        Column("from", gettext_lazy("from"), lambda row: row.from_day, kind="day", sort="from_day"),
        Column("until", gettext_lazy("until and including"), lambda row: row.until_day, kind="day"),
        Column("by", gettext_lazy("proposed by"), lambda row: row.proposed_by.name),
        Column(
            "state",
            gettext_lazy("state"),
            lambda row: Badge(row.state_label, _TONES.get(row.state, "plain")),
            kind="badge",
            sort="state",
        ),
    ),
    filters=(
        Filter("state", gettext_lazy("state"), "choice", _by_state, lambda user: list(GRANT.states.items())),
    ),
    order=("-pk",),
    empty=gettext_lazy(
        "Nothing is proposed. A security administrator proposes a posting on the person's page."
    ),
)


@door(Right.VIEW_STAFF)
def grants_list(request: StaffRequest) -> HttpResponse:
    """List the proposed postings of the person's areas."""
    rows = GrantProposal.objects.visible_to(request.user).select_related("user", "area", "proposed_by")
    return answer(request, "desk/grants.html", GRANTS.page(rows, request))


@door(Right.VIEW_STAFF)
def grant(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one proposal: what is asked, its moves, and what happened so far."""
    row = get_visible_or_404(
        GrantProposal.objects.select_related("user", "area", "department", "proposed_by"), request.user, pk=pk
    )
    events = [
        {
            "on": passage.happened_on,
            "title": f"{_label(passage.verb)} · {passage.by.name}",
            "detail": passage.reason,
        }
        for passage in history(row)
    ]
    context = {
        "row": row,
        "offers": offers(row, request.user),
        "events": events[::-1],
        "role_label": role_labels(row.area_id)[Role(row.role)],
        "left": grants.left_by(row, request.user),
        "move_url_name": "desk:grant_move",
        "tone": _TONES.get(row.state, "plain"),
        "files": file_list(row, GRANT_PAPERS, request.user),
    }
    return render(request, "desk/grant.html", context)


@door(Right.VIEW_STAFF)
@require_POST
def grant_sheet(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Hand out a proposal as a sheet to print, sign and stamp."""
    rows = GrantProposal.objects.select_related("user", "area", "department", "proposed_by")
    opened = sharing.grant_sheet(get_visible_or_404(rows, request.user, pk=pk), by=request.user)
    return download(opened.pieces, name=opened.name, media_type=opened.media_type, size=opened.size)


@door(Right.VIEW_STAFF)
@once
def grant_move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Make one move on a proposal."""
    row = get_visible_or_404(GrantProposal.objects, request.user, pk=pk)

    def run(seen: GrantProposal, asked: Request) -> GrantProposal:
        return grants.decide(seen, asked, by=request.user)

    return move_page(request, row, verb, Page(reverse("desk:grant", args=[pk]), run))


def _label(verb: str) -> str:
    return _("Propose") if verb == GRANT.created else str(GRANT.find(verb).label)
