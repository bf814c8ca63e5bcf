"""Trials: the list, asking for one, and what it came to."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.desk.acts import attempt
from foundation.desk.once import once
from foundation.desk.tables import Badge, Column, Table, answer
from foundation.desk.views.jobs import context_for
from foundation.regulations.models import LocalValue
from monitoring.comparison.trials import MONTHS, ask_trial
from monitoring.models import Trial
from monitoring.runs import trial_page
from monitoring.runs.places import tabs_for
from monitoring.runs.selectors import asker_of, asker_shown, work_of
from monitoring.runs.trial_forms import TrialForm
from monitoring.runs.views.runs import progress_answer

_RELATED = ("area", "by", "proposal__subject", "proposal__area")


def _url(trial: Trial) -> str:
    return reverse("comparisons:trial", args=[trial.pk])


def _state(trial: Trial) -> Badge:
    return Badge(_("done"), "done") if trial.ended_at else Badge(_("not done"), "action")


def _total(kind: str) -> Any:
    return lambda row: row.result["all"][kind] if row.result else None


TRIALS = Table(
    "trials",
    title=gettext_lazy("Trials"),
    columns=(
        Column("standard", gettext_lazy("Standard"), trial_page.standard_name, url=_url),
        Column(
            "draft",
            gettext_lazy("Draft"),
            lambda row: trial_page.drafted_line(row) or _("the standard itself"),
        ),
        Column("area", gettext_lazy("Area"), lambda row: row.area.name, sort="area_id"),
        Column("as_of", gettext_lazy("As of"), lambda row: row.as_of, "day", "as_of"),
        Column("by", gettext_lazy("Asked by"), asker_of),
        Column("state", gettext_lazy("State"), _state, "badge"),
        *(Column(f"of_{kind}", words, _total(kind), "number") for kind, words in trial_page.WORDS.items()),
        Column("kept", gettext_lazy("Kept until"), lambda row: row.kept_until, "day"),
    ),
    order=("-pk",),
    empty=gettext_lazy(
        "No trial yet. A trial shows whom another line, or a drafted standard, would have named; it raises nothing."
    ),
)


@door(Right.VIEW_FINDINGS)
@require_GET
def trials(request: StaffRequest) -> HttpResponse:
    """List the trials of one's areas."""
    rows = Trial.objects.visible_to(request.user).select_related(*_RELATED)
    return answer(
        request,
        "monitoring/runs/trials.html",
        TRIALS.page(rows.annotate(asker_shown=asker_shown(request.user)), request),
        tabs=tabs_for(request.user, "comparisons:trials"),
        may_ask=request.user.holds(Right.RUN_COMPARISON),
    )


@door(Right.RUN_COMPARISON)
@once
def ask(request: StaffRequest) -> HttpResponse:
    """Ask which draft is tried where; a proposed value comes along in the address (`?proposal=`)."""
    proposal = _proposal(request)
    form = TrialForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        proposal=proposal,
        initial=_proposed(request, proposal),
    )
    if form.is_valid():
        found = attempt(
            request,
            form,
            lambda: ask_trial(form.wanted(), by=request.user),
            done=_("The trial begins as soon as a worker is free. It raises nothing."),
            then=_url,
        )
        if found:
            return found
    context = {
        "form": form,
        "proposal": proposal,
        "cancel": reverse("comparisons:trials"),
        "submit": _("Try"),
    }
    return render(request, "monitoring/runs/trial_ask.html", context)


@door(Right.VIEW_FINDINGS)
@require_GET
def trial(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one trial: the draft beside the present line, month by month and township by township."""
    row = _found(request, pk)
    months = trial_page.months_of(row.result)
    context: dict[str, Any] = {
        "trial": row,
        "title": trial_page.standard_name(row),
        "present": trial_page.present_lines(row),
        "drafted": trial_page.drafted_line(row),
        "asker": asker_of(row),
        "work": None if row.ended_at else _work(request, row),
        "words": trial_page.WORDS,
        "months": months,
        "looks": MONTHS,
    }
    if months:
        told = trial_page.picture(row, months)
        context |= {
            "all": row.result["all"],
            "chart": trial_page.drawn(months),
            "picture": told.told(request.user, row.area.name),
            "sentence": told.sentence,
            "outcomes": trial_page.outcomes_of(row),
        }
    table = trial_page.township_table(row).page(trial_page.townships_of(row), request)
    return answer(request, "monitoring/runs/trial.html", table, **context)


@door(Right.VIEW_FINDINGS)
@require_GET
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer the live part of the page; when the work has ended the whole page is loaded once more."""
    return progress_answer(request, _work(request, _found(request, pk)))


def _found(request: StaffRequest, pk: int) -> Trial:
    rows = Trial.objects.select_related(*_RELATED).annotate(asker_shown=asker_shown(request.user))
    return get_visible_or_404(rows, request.user, pk=pk)


def _work(request: StaffRequest, row: Trial) -> dict[str, Any] | None:
    found = work_of(row, request.user)
    if found is None:
        return None
    url = reverse("comparisons:trial_progress", args=[row.pk])
    return context_for(found, request.user) | {"progress_url": url}


def _proposal(request: StaffRequest) -> LocalValue | None:
    key = request.GET.get("proposal", "")
    if not key:
        return None
    rows = LocalValue.objects.select_related("subject", "area")
    return get_visible_or_404(rows, request.user, pk=key[:20])


def _proposed(request: StaffRequest, proposal: LocalValue | None) -> dict[str, Any]:
    """Fill in what the address says, else the one area of the person and today."""
    own = prefixes(request.user, Right.RUN_COMPARISON)
    here = proposal.area_id if proposal is not None else min(own) if len(own) == 1 else ""
    if proposal is not None and not request.user.holds(Right.RUN_COMPARISON, here) and len(own) == 1:
        here = min(own)
    return {
        "area": request.GET.get("area", here)[:15],
        "as_of": clock.today().isoformat(),
        "standard": request.GET.get("standard", "")[:40],
        "comparator": ">=",
    }
