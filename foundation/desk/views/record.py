"""The record of acts: search it, and read one entry to the letter."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right, Role
from foundation.desk.record import about, done_by, entries_visible_to, in_area, on_day, read_entry
from foundation.desk.tables import Column, Filter, Table, answer
from foundation.desk.verbs import verb_label, verb_labels


def _role(entry: Any) -> str:
    return str(Role(entry.role).label) if entry.role in set(Role) else entry.role


RECORD = Table(
    "record",
    columns=(
        Column(
            "verb",
            _("What"),
            lambda entry: verb_label(entry.verb),
            url=lambda entry: reverse("desk:record_entry", args=[entry.uuid]),
        ),
        Column("happened", _("Happened on"), lambda entry: entry.happened_on, kind="day"),
        Column("entered", _("Entered on"), lambda entry: entry.entered_on, kind="day"),
        Column("actor", _("By"), lambda entry: entry.actor_name or entry.actor),
        Column("role", _("As"), _role),
        Column("area", _("Area code"), lambda entry: entry.area, kind="code"),
        Column(
            "object", _("Object"), lambda entry: f"{entry.object_type}:{entry.object_id[:12]}", kind="code"
        ),
    ),
    filters=(
        Filter("by", _("By (login name or staff:17)"), "text", done_by),
        Filter(
            "verb",
            _("What"),
            "choice",
            lambda rows, verb: rows.filter(verb=verb),
            lambda user: sorted(verb_labels().items()),
        ),
        Filter("area", _("Area code"), "text", in_area),
        Filter("on", _("Day (2026-11-04)"), "text", on_day),
        Filter("object", _("Object (posting:3)"), "text", about),
    ),
    order=("-pk",),
    empty=_("Nothing is on record yet. Every act that changes something writes itself here."),
)


@door(Right.VIEW_LEDGER)
def record(request: StaffRequest) -> HttpResponse:
    """Search the record of one's areas, newest first."""
    return answer(request, "desk/record.html", RECORD.page(entries_visible_to(request.user), request))


@door(Right.VIEW_LEDGER)
def entry(request: StaffRequest, uuid: str) -> HttpResponse:
    """Show one entry: its stored bytes, readable, and whether its personal part can still be opened."""
    row = get_object_or_404(entries_visible_to(request.user), uuid=uuid)
    context = {"read": read_entry(row), "label": verb_label(row.verb), "role": _role(row)}
    return render(request, "desk/record_entry.html", context)
