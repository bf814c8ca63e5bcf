"""Comparisons: the list, the page of each with its live progress, what has changed, stopping and going on."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.tables import Column, Filter, Table, answer
from foundation.desk.views.jobs import context_for
from foundation.jobs import asking
from foundation.jobs.models import State
from monitoring.comparison.rhythm import open_runs
from monitoring.models import Run, RunRequest
from monitoring.runs import changes, held, page
from monitoring.runs.amounts import line_of, measured_of, member_of
from monitoring.runs.lateness import missed_at
from monitoring.runs.places import finding_page, page_of, tabs_for
from monitoring.runs.selectors import asker_of, job_of, runs_for, state_badge, work_of
from monitoring.runs.tables import RUNS, seconds


@door(Right.VIEW_FINDINGS)
@require_GET
def runs(request: StaffRequest) -> HttpResponse:
    """List the comparisons of one's areas, the newest first."""
    return answer(
        request,
        "monitoring/runs/runs.html",
        RUNS.page(runs_for(request.user), request),
        tabs=tabs_for(request.user, "comparisons:list"),
        waiting=RunRequest.objects.visible_to(request.user).select_related("area")[:20],
        may_ask=request.user.holds(Right.RUN_COMPARISON),
    )


@door(Right.VIEW_FINDINGS)
@require_GET
def run(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one comparison: how far it is, what each standard came to, what has changed, which data was missing."""
    row: Any = get_visible_or_404(runs_for(request.user), request.user, pk=pk)
    results = page.by_theme(row, request.user)
    answered = [each.row.standard_id for theme in results for each in theme.results]
    waiting = held.groups(held.held_findings(request.user).filter(run=row)) if row.held_count else []
    context = {
        "run": row,
        "state": state_badge(row),
        "asker": asker_of(row),
        "spent": seconds(row.seconds),
        "totals": page.totals_of(row),
        "themes": results,
        "waiting": waiting,
        "missed": missed_at(row, answered),
        "work": _work(request, row),
        "again": _again(row),
        "may_act": request.user.holds(Right.RUN_COMPARISON, row.area_id),
    }
    return render(request, "monitoring/runs/run.html", context)


@door(Right.VIEW_FINDINGS)
@require_GET
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer the live part of the page; when the work has ended the whole page is loaded once more."""
    row = get_visible_or_404(Run.objects, request.user, pk=pk)
    return progress_answer(request, _work(request, row))


@door(Right.VIEW_FINDINGS)
@require_GET
def changed(request: StaffRequest, pk: int) -> HttpResponse:
    """List the findings that came, went or were taken back in a comparison."""
    row = get_visible_or_404(Run.objects.select_related("area"), request.user, pk=pk)
    what = request.GET.get("what", "")
    what = what if what in changes.WHAT else changes.NEW
    found = changes.of(what, row, request.user).select_related("standard", "household", "resident", "area")
    kinds = [
        (
            label,
            f"{request.path}?{urlencode({'what': key, 'standard': request.GET.get('standard', '')})}",
            key == what,
        )
        for key, label in changes.WHAT.items()
    ]
    table = _changed_table(row).page(found, request)
    title = _("%(what)s: %(area)s, %(day)s") % {
        "what": changes.WHAT[what],
        "area": row.area.name,
        "day": row.as_of,
    }
    return answer(
        request, "monitoring/runs/changes.html", table, run=row, title=title, kinds=kinds, here=page_of(row)
    )


@door(Right.RUN_COMPARISON)
@once
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask whether a comparison is to be stopped, then stop it."""
    row = get_visible_or_404(Run.objects.select_related("area"), request.user, pk=pk)
    job, form = job_of(row), forms.Form(request.POST or None)
    if job is None or not job.is_open:
        return redirect(page_of(row))
    if request.method == "POST":
        form = forms.Form({})
        done = _("The comparison stops at its next step; nothing of it counts.")
        found = attempt(
            request, form, lambda: asking.cancel(job, by=request.user), done=done, then=page_of(row)
        )
        if found:
            return found
    return form_page(
        request,
        form,
        title=_("Stop the comparison of %(area)s") % {"area": row.area.name},
        submit=_("Stop this comparison"),
        cancel=page_of(row),
        template=CONFIRM,
        consequences=[
            _("Nothing that it has found so far counts: findings are written at its end."),
            _("The comparison of the night takes place all the same."),
        ],
    )


@door(Right.RUN_COMPARISON)
@once
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a comparison that failed go on from where its parts stood."""
    row = get_visible_or_404(Run.objects.select_related("area"), request.user, pk=pk)
    job, form = job_of(row), forms.Form({})
    if request.method != "POST" or job is None:
        return redirect(page_of(row))
    done = _("The comparison goes on from where it stood.")
    found = attempt(request, form, lambda: asking.retry(job, by=request.user), done=done, then=page_of(row))
    return found or form_page(request, form, title=_("Try again"), submit=_("Try again"), cancel=page_of(row))


def progress_answer(request: StaffRequest, work: dict[str, Any] | None) -> HttpResponse:
    """Answer how far work has come; where it is over, the page that asks is loaded once more."""
    response = render(request, "desk/_job_progress.html", work) if work else HttpResponse()
    if work is None or not work["job"].is_open:
        response.headers["HX-Refresh"] = "true"
    return response


def _work(request: StaffRequest, row: Run) -> dict[str, Any] | None:
    """Return the work of a comparison as the progress of a job is shown; None where it is over and well."""
    if row.ended_at is not None or row.job is None:
        return None
    found = work_of(row, request.user)
    if found is None:
        return None
    return context_for(found, request.user) | {"progress_url": reverse("comparisons:progress", args=[row.pk])}


def _again(row: Run) -> str:
    """Return where the same is asked for anew, filled in; nothing while such a comparison is open."""
    job = job_of(row)
    if job is None or job.state != State.CANCELLED or open_runs(row.area_id).exists():
        return ""
    asked = [("area", row.area_id), ("as_of", row.as_of.isoformat())]
    asked += [("standards", code) for code in row.standards]
    return f"{reverse('comparisons:ask')}?{urlencode(asked)}"


def _by_standard(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    return rows.filter(standard=code)


def _changed_table(row: Run) -> Table:
    results = row.results.select_related("standard").order_by("standard")
    standards = [(each.standard_id, each.standard.label) for each in results]
    return Table(
        "changes",
        title=_("Changes of a comparison"),
        columns=(
            Column("standard", gettext_lazy("Standard"), lambda each: each.standard.label, url=finding_page),
            Column("household", gettext_lazy("Household"), lambda each: each.household.code, "code"),
            Column("member", gettext_lazy("Member"), member_of),
            Column("area", gettext_lazy("Village"), lambda each: each.area.name, sort="area_id"),
            Column("measured", gettext_lazy("Measured"), measured_of),
            Column("line", gettext_lazy("Line of the standard"), line_of),
            Column("day", gettext_lazy("Dated"), lambda each: each.day, "day", "day"),
            Column("why", gettext_lazy("Why taken back"), lambda each: each.retracted_why),
        ),
        filters=(
            Filter("standard", gettext_lazy("Standard"), "choice", _by_standard, lambda _user: standards),
        ),
        order=("-pk",),
        empty=gettext_lazy("Nothing of this kind: it is as it was at the comparison before."),
    )
