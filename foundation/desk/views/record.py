"""The record of acts: search it, and read one entry to the letter."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import User
from foundation.accounts.models.areas import readings
from foundation.accounts.models.people import normal_username
from foundation.accounts.roles import Right, Role
from foundation.accounts.tabular import plain
from foundation.desk.record import entries_visible_to, read_entry
from foundation.desk.tables import Column, Filter, Table, answer
from foundation.desk.verbs import verb_label, verb_labels


def _by(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Keep the acts of one actor: a pseudonym of the record, or a login name."""
    known = User.objects.filter(username=normal_username(text)).values_list("pk", flat=True)
    return rows.filter(Q(actor=text) | Q(actor__in=[f"staff:{pk}" for pk in known]))


def _about(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    kind, _colon, number = text.partition(":")
    return rows.filter(object_type=kind.strip(), **({"object_id": number.strip()} if number else {}))


def _in_area(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(area__startswith=readings(plain(text))[-1])


def _on(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Keep what happened or was entered on a day."""
    try:
        day = datetime.date.fromisoformat(plain(text))
    except ValueError:
        return rows.none()
    return rows.filter(Q(happened_on=day) | Q(entered_on=day))


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
        Filter("by", _("By (login name or staff:17)"), "text", _by),
        Filter(
            "verb",
            _("What"),
            "choice",
            lambda rows, verb: rows.filter(verb=verb),
            lambda user: sorted(verb_labels().items()),
        ),
        Filter("area", _("Area code"), "text", _in_area),
        Filter("on", _("Day (2026-11-04)"), "text", _on),
        Filter("object", _("Object (posting:3)"), "text", _about),
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
