"""What the brake holds back: the list, a sample to look at, and letting it go or not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk import focus
from foundation.desk.acts import CONFIRM, FORM, attempt, form_page
from foundation.desk.once import once
from monitoring.comparison.releasing import refuse_held, release_held
from monitoring.models import Finding, Run
from monitoring.runs import held
from monitoring.runs.amounts import line_of, measured_of, member_of
from monitoring.runs.forms import ReasonForm
from monitoring.runs.held import Held
from monitoring.runs.places import finding_page, page_of, tabs_for
from monitoring.runs.reasons import reason_of, why_held


@door(Right.VIEW_FINDINGS)
@require_GET
def held_list(request: StaffRequest) -> HttpResponse:
    """List what is held back in one's areas, by comparison, standard and county."""
    rows = focus.narrow(held.held_findings(request.user), request)
    context = {
        "groups": [(each, why_held(each.because)) for each in held.groups(rows)],
        "tabs": tabs_for(request.user, "comparisons:held_list"),
    }
    return render(request, "monitoring/runs/held_list.html", context)


@door(Right.VIEW_FINDINGS)
@require_GET
def held_group(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a comparison holds back: the reason with its numbers, and ten findings to look at."""
    run = get_visible_or_404(Run.objects.select_related("area"), request.user, pk=pk)
    rows = _rows(request, run)
    found = held.groups(rows)
    if len(found) != 1:
        context = {"run": run, "groups": [(each, why_held(each.because)) for each in found], "tabs": []}
        return render(request, "monitoring/runs/held_list.html", context)
    group = found[0]
    context = {
        "run": run,
        "group": group,
        "reason": reason_of(group),
        "sample": [_shown(each) for each in held.sample(rows, run)],
        "may_act": request.user.holds(Right.RUN_COMPARISON, group.county),
        "query": request.GET.urlencode(),
    }
    return render(request, "monitoring/runs/held.html", context)


@door(Right.RUN_COMPARISON)
@once
def release(request: StaffRequest, pk: int) -> HttpResponse:
    """Let what is held back go on to become warnings, with a reason."""
    run, group = _group(request, pk)
    if group is None:
        return _over(request, run)
    words = {"count": f"{group.count:,}", "standard": group.standard.label, "county": group.county_name}
    return _decide(
        request,
        run,
        group,
        act=release_held,
        title=_("Release %(count)s × %(standard)s, %(county)s") % words,
        submit=_("Release"),
        done=_("Released: %(count)s findings become warnings.") % words,
        consequences=[],
    )


@door(Right.RUN_COMPARISON)
@once
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that what is held back is wrong: it becomes no warning."""
    run, group = _group(request, pk)
    if group is None:
        return _over(request, run)
    words = {"count": f"{group.count:,}", "standard": group.standard.label, "county": group.county_name}
    return _decide(
        request,
        run,
        group,
        act=refuse_held,
        title=_("Refuse %(count)s × %(standard)s, %(county)s") % words,
        submit=_("Refuse"),
        done=_("Refused: %(count)s findings became no warning.") % words,
        consequences=[
            _(
                "They are taken back: they warn of nobody, also when the next comparison finds the same rows again."
            ),
            _("Have what is wrong corrected (the delivery, the line): on other rows a finding is a new one."),
        ],
    )


def _decide(
    request: StaffRequest,
    run: Run,
    group: Held,
    *,
    act: Callable[..., Any],
    title: str,
    submit: str,
    done: str,
    consequences: list[str],
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        found = attempt(
            request,
            form,
            lambda: act(
                list(_of_group(request, run, group).values_list("pk", flat=True)),
                reason=form.cleaned_data["reason"],
                by=request.user,
            ),
            done=done,
            then=page_of(run),
        )
        if found:
            return found
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        cancel=group.url,
        template=CONFIRM if consequences else FORM,
        consequences=consequences,
    )


def _rows(request: StaffRequest, run: Run) -> QuerySet[Finding]:
    """Return what a run holds back, narrowed to the standard and county of the address."""
    rows = held.held_findings(request.user).filter(run=run)
    standard, county = request.GET.get("standard", "")[:40], request.GET.get("county", "")[:6]
    if standard:
        rows = rows.filter(standard=standard)
    return rows.filter(area__code__startswith=county) if county.isdecimal() else rows


def _group(request: StaffRequest, pk: int) -> tuple[Run, Held | None]:
    run = get_visible_or_404(Run.objects.select_related("area"), request.user, pk=pk)
    found = held.groups(_rows(request, run))
    return run, found[0] if len(found) == 1 else None


def _over(request: StaffRequest, run: Run) -> HttpResponse:
    """Lead back where somebody else has decided meanwhile, or the address names no single group."""
    messages.info(request, _("Nothing is held back there any more, or not one thing alone: look again."))
    return redirect(page_of(run))


def _of_group(request: StaffRequest, run: Run, group: Held) -> QuerySet[Finding]:
    rows = held.held_findings(request.user).filter(run=run, standard=group.standard)
    return rows.filter(area__code__startswith=group.county)


def _shown(finding: Finding) -> dict[str, Any]:
    return {
        "finding": finding,
        "member": member_of(finding),
        "measured": measured_of(finding),
        "line": line_of(finding),
        "url": finding_page(finding),
        "rows": finding.evidence[-3:],
        "more": max(finding.rows - 3, 0),
    }
