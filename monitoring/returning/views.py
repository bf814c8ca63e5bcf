"""Rows that were found wrong: the list, the page of each with its original line, returning one, answering."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.fields import ReasonField
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from foundation.desk.tables import Badge, Column, Filter, Table, answer
from foundation.workflow.offers import history, offers
from monitoring.models import CorrectionTask, Delivery
from monitoring.returning import returning, rows
from monitoring.returning.lifecycle import CORRECTION

_RELATED = ("delivery__dataset__department", "delivery__area", "area", "raised_by", "corrected_by")


class ReturnForm(forms.Form):
    """Which row of a delivery is wrong, and what is wrong with it."""

    line = forms.IntegerField(
        label=gettext_lazy("Line"),
        min_value=1,
        help_text=gettext_lazy("Line of the file, in a workbook the row."),
    )
    sheet = forms.CharField(
        label=gettext_lazy("Sheet"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Only of workbooks."),
    )
    reason = ReasonField(label=gettext_lazy("What is wrong"))


def _state(task: CorrectionTask) -> Badge:
    late = task.state == "open" and task.due_on < clock.today()
    tone = (
        "overdue"
        if late
        else {"open": "soon", "contested": "action", "corrected": "done"}.get(task.state, "plain")
    )
    return Badge(task.state_label, tone)  # type: ignore[arg-type]


def _states(_user: User) -> list[tuple[str, Any]]:
    return list(CORRECTION.states.items())


def _in_state(found: QuerySet[Any], state: str) -> QuerySet[Any]:
    return found.filter(state=state)


def _late(found: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    late = {"state": "open", "due_on__lt": clock.today()}
    return found.filter(**late) if wanted else found.exclude(**late)


TABLE = Table(
    "correction_tasks",
    title=gettext_lazy("Rows to be corrected by departments"),
    columns=(
        Column(
            "dataset", gettext_lazy("Dataset"), lambda row: row.delivery.dataset.name, url=returning.page_of
        ),
        Column("period", gettext_lazy("Period"), lambda row: row.delivery.period, "code"),
        Column("delivery", gettext_lazy("Delivery"), lambda row: row.delivery_id, "code"),
        Column("sheet", gettext_lazy("Sheet"), lambda row: row.sheet),
        Column("line", gettext_lazy("Line"), lambda row: row.line, "number"),
        Column("reason", gettext_lazy("What is wrong"), lambda row: row.reason),
        Column("area", gettext_lazy("Found in"), lambda row: row.area.name),
        Column("raised_on", gettext_lazy("Found on"), lambda row: row.raised_on, "day", sort="raised_on"),
        Column("due_on", gettext_lazy("Due on"), lambda row: row.due_on, "day", sort="due_on"),
        Column("state", gettext_lazy("State"), _state, "badge"),
        Column("closed_on", gettext_lazy("Closed on"), lambda row: row.closed_on, "day"),
    ),
    filters=(
        Filter("state", gettext_lazy("State"), "choice", _in_state, _states),
        Filter("late", gettext_lazy("Overdue"), "yesno", _late),
    ),
    order=("-raised_on", "-pk"),
    empty=gettext_lazy("No row has been returned to a department."),
)


@door(Right.DELIVER_DATA, Right.EDIT_HOUSEHOLDS)
@require_GET
def tasks(request: StaffRequest) -> HttpResponse:
    """List the rows that one's department has to correct, or that were found wrong in one's own areas."""
    found = CorrectionTask.objects.visible_to(request.user).select_related(*_RELATED)
    return answer(request, "monitoring/returning/tasks.html", TABLE.page(found, request))


@door(Right.DELIVER_DATA, Right.EDIT_HOUSEHOLDS)
@require_GET
def task(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a task: what is wrong, until when, what was answered."""
    return _task_page(request, _found(request, pk))


@door(Right.DELIVER_DATA)
@require_POST
def row(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the original row to who delivers such data; the record says who looked."""
    found = _found(request, pk)
    try:
        cells = rows.shown(found.delivery, found.line, found.sheet, by=request.user)
    except Refused as refused:
        return _task_page(request, found, gone=refused.sentence)
    return _task_page(request, found, cells=cells)


@door(Right.DELIVER_DATA, Right.EDIT_HOUSEHOLDS)
@once
def task_move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Correct, contest, insist or take back."""
    found = _found(request, pk)
    page = Page(
        then=returning.page_of(found),
        run=lambda seen, asked: returning.answer(seen, asked, by=request.user),
        name=_name_of(found),
    )
    return move_page(request, found, verb, page)


@door(Right.EDIT_HOUSEHOLDS)
@once
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """Return a row of a delivery to its department."""
    found = get_visible_or_404(Delivery.objects.select_related("dataset", "area"), request.user, pk=pk)
    form = ReturnForm(request.POST or None)
    back = reverse("monitoring:delivery", args=[pk])
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: returning.return_row(
                found,
                given["line"],
                sheet=given["sheet"],
                area=found.area,
                reason=given["reason"],
                by=request.user,
            ),
            done=lambda made: _("The department corrects this row until %(day)s.") % {"day": made.due_on},
            then=returning.page_of,
        )
        if done:
            return done
    title = _("Return a row of %(dataset)s %(period)s") % {
        "dataset": found.dataset.name,
        "period": found.period,
    }
    return form_page(request, form, title=title, submit=_("Return to the department"), cancel=back)


def _name_of(found: CorrectionTask) -> str:
    """Say which row is meant, in the words of its page."""
    return _("%(name)s %(period)s, line %(line)s") % {
        "name": found.delivery.dataset.name,
        "period": found.delivery.period,
        "line": found.line,
    }


def _found(request: StaffRequest, pk: int) -> CorrectionTask:
    return get_visible_or_404(CorrectionTask.objects.select_related(*_RELATED), request.user, pk=pk)


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of a task as the time line shows it: who did it is a role, never a name."""

    on: datetime.date
    title: str
    detail: str
    tone: str = "plain"


def _events(found: CorrectionTask) -> list[Happened]:
    labels = {move.verb: str(move.label) for move in CORRECTION.moves} | {
        CORRECTION.created: _("Returned to the department")
    }
    return [
        Happened(
            each.happened_on,
            labels.get(each.verb, each.verb),
            " · ".join(filter(None, (str(each.get_role_display()), each.reason))),
        )
        for each in reversed(history(found))
    ]


def _task_page(
    request: StaffRequest,
    found: CorrectionTask,
    *,
    cells: list[tuple[str, str]] | None = None,
    gone: str = "",
) -> HttpResponse:
    context = {
        "task": found,
        "state": _state(found),
        "row": found,
        "move_url_name": "corrections:move",
        "offers": offers(found, request.user),
        "events": _events(found),
        "cells": cells,
        "gone": gone,
        "may_see_row": request.user.holds(Right.DELIVER_DATA, found.delivery.area_id),
    }
    return render(request, "monitoring/returning/task.html", context)
