"""Reminders: the list of an office, the page of one, answering it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import attempt, form_page
from foundation.desk.moves import Page, move_page
from foundation.desk.once import once
from foundation.desk.tables import Tone, answer
from foundation.workflow.move import Request
from foundation.workflow.offers import Offer, history, offers
from monitoring.comparison.evidence import rows_of
from monitoring.comparison.subjects import Subjects
from monitoring.models import Reminder
from monitoring.reminders import tables
from monitoring.reminders.forms import WrongDataForm
from monitoring.reminders.lifecycle import BY_PEOPLE, REMINDER
from monitoring.reminders.owners import answers
from monitoring.reminders.settling import settle
from monitoring.screening.book import standards

_WRONG = "data_wrong"
_TONES: dict[str, Tone] = {"find_again": "soon", "reopen": "soon"}


@door(Right.SETTLE_REMINDERS, Right.VIEW_FINDINGS)
@require_GET
def reminders(request: StaffRequest) -> HttpResponse:
    """List the reminders of one's office and areas."""
    page = tables.table_for(request.user).page(tables.rows_for(request.user), request)
    return answer(request, "monitoring/reminders/reminders.html", page)


@door(Right.SETTLE_REMINDERS, Right.VIEW_FINDINGS)
@require_GET
def reminder(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a reminder: whom it is about, on which rows, what was answered."""
    row = _found(request, pk)
    finding, subjects = row.finding, Subjects(request.user)
    declared = standards().get(finding.standard_id)
    context = {
        "reminder": row,
        "finding": finding,
        "standard": finding.standard,
        "asks": declared.asks if declared else "",
        "who": subjects.who(finding),
        "number": subjects.number(finding),
        "household_code": finding.household.code if subjects.opens(finding.household.area_id) else "",
        "household_url": subjects.url(finding.household),
        "finding_url": _finding_url(request, row),
        "state": tables.badge_of(row),
        "office": tables.office_of(row),
        "rows": rows_of(finding, request.user),
        "row": row,
        "offers": _offers(request, row),
        "correction_url": _correction_url(request, row),
        "events": _events(row),
    }
    return render(request, "monitoring/reminders/reminder.html", context)


@door(Right.SETTLE_REMINDERS)
@once
def reminder_move(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Say what the office did, or answer again."""
    row = _found(request, pk)
    if verb not in BY_PEOPLE:
        raise Http404
    if verb == _WRONG:
        return _data_wrong(request, row)
    page = Page(
        then=tables.url_of(row),
        run=lambda seen, asked: settle(seen, asked, by=request.user),
        name=row.finding.standard.label,
    )
    return move_page(request, row, verb, page)


def _data_wrong(request: StaffRequest, row: Reminder) -> HttpResponse:
    """Ask which row is wrong; it goes back to its department."""
    form = WrongDataForm(request.POST or None, reminder=row, rows=rows_of(row.finding, request.user))
    if form.is_valid():
        given = form.cleaned_data
        asked = Request(_WRONG, on=given["happened_on"], reason=given["reason"])
        row.version = given["version"]
        done = attempt(
            request,
            form,
            lambda: settle(row, asked, by=request.user, wrong=form.wrong),
            done=_("The row went back to its department, which corrects it."),
            then=tables.url_of(row),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Data wrong · %(reminder)s") % {"reminder": row.finding.standard.label},
        submit=_("Return to the department"),
        cancel=tables.url_of(row),
        intro=_("The department gets the line with your words, corrects it and delivers again."),
    )


def _found(request: StaffRequest, pk: int) -> Reminder:
    rows = Reminder.objects.select_related(*tables.RELATED, "correction")
    return get_visible_or_404(rows, request.user, pk=pk)


def _offers(request: StaffRequest, row: Reminder) -> list[Offer]:
    if not answers(request.user, row):
        return []
    return [offer for offer in offers(row, request.user) if offer.move.verb in BY_PEOPLE]


def _finding_url(request: StaffRequest, row: Reminder) -> str:
    if not request.user.holds(Right.VIEW_FINDINGS, row.area_code):
        return ""
    return reverse("monitoring:finding", args=[row.finding_id])


def _correction_url(request: StaffRequest, row: Reminder) -> str:
    """Return where the row to be corrected stands, for who may open it."""
    task = row.correction
    if task is None or not type(task).objects.visible_to(request.user).filter(pk=task.pk).exists():
        return ""
    return reverse("corrections:task", args=[task.pk])


@dataclass(frozen=True, slots=True)
class Happened:
    """One step of a reminder on its time line: who did it is a role, never a name."""

    on: datetime.date
    title: str
    detail: str
    tone: Tone


def _events(row: Reminder) -> list[Any]:
    steps = [
        Happened(
            each.happened_on,
            str(REMINDER.find(each.verb).label),
            " · ".join(filter(None, (str(each.get_role_display()), each.reason))),
            _TONES.get(each.verb, "done"),
        )
        for each in reversed(history(row))
    ]
    first = Happened(row.finding.first_run.as_of, _("Found by the comparison"), "", "plain")
    return [*steps, first]
