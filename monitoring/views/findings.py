"""What the comparison found: the list, the page of one with its rows, and why a household has no warning."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk.tables import answer
from households.models import Household
from monitoring.comparison import amounts, finding_tables, line_words, why_not_page
from monitoring.comparison.brake import WORDS as HELD
from monitoring.comparison.evidence import rows_of
from monitoring.comparison.explaining import explain
from monitoring.comparison.finding_panels import panels_for
from monitoring.comparison.subjects import Subjects
from monitoring.comparison.why_not import why_not as judged_today
from monitoring.comparison.words import badge_of
from monitoring.models import Delivery, Finding
from monitoring.screening import words
from monitoring.screening.book import standards

_RELATED = (
    "standard",
    "household",
    "resident__identity",
    "area",
    "run",
    "first_run",
    "line_value__subject",
    "retracted_for__dataset",
)


@door(Right.VIEW_FINDINGS)
@require_GET
def findings(request: StaffRequest) -> HttpResponse:
    """List what stands in one's areas, the newest first; what was taken back for who asks for it."""
    rows = finding_tables.rows_for(request.user)
    if not request.GET.get("living"):
        rows = rows.living()  # type: ignore[attr-defined]
    page = finding_tables.table_for(request.user).page(rows, request)
    return answer(request, "monitoring/findings/findings.html", page)


@door(Right.VIEW_FINDINGS)
@require_GET
def finding(request: StaffRequest, pk: int) -> HttpResponse:
    """Explain a finding: the question, the line and its source, every row; that somebody read them is an entry."""
    row = get_visible_or_404(Finding.objects.select_related(*_RELATED), request.user, pk=pk)
    explained, subjects = explain(row, by=request.user), Subjects(request.user)
    declared = standards().get(row.standard_id)
    context = {
        "finding": row,
        "badge": badge_of(row),
        "explained": explained,
        "asks": declared.asks if declared else "",
        "measures": words.measured(declared) if declared else "",
        "window": words.window(declared.measure.window) if declared else "",
        "who": subjects.who(row),
        "number": subjects.number(row),
        "household_url": subjects.url(row.household),
        "measured": amounts.shown(row.measured, amounts.unit_of(row.standard)),
        "line": line_words.line_of(row),
        "rows": rows_of(row, request.user),
        "held": HELD.get(row.held_because, row.held_because) if row.result == Finding.Result.HELD else "",
        "retracted_for_url": _delivery_url(request, row.retracted_for),
        "panels": panels_for(row, request.user),
        "why_not_url": reverse("monitoring:why_not", args=[row.household_id]),
    }
    return render(request, "monitoring/findings/finding.html", context)


@door(Right.VIEW_FINDINGS)
@require_GET
def why_not(request: StaffRequest, pk: int) -> HttpResponse:
    """Say standard by standard why a household has no warning on a day; that somebody read its rows is an entry."""
    rows = Household.objects.visible_to(request.user, Right.VIEW_FINDINGS).select_related("area")
    row = get_visible_or_404(rows, request.user, pk=pk)
    on, wrong = _day(request)
    context = {
        "household": row,
        "head": row.residents.present().filter(relation="01").first(),
        "subjects": Subjects(request.user),
        "on": on,
        "wrong_day": wrong,
        "said": why_not_page.said(judged_today(row, on, by=request.user), request.user),
    }
    return render(request, "monitoring/findings/why_not.html", context)


def _day(request: StaffRequest) -> tuple[datetime.date, str]:
    """Return the day that the address asks for, default today, and a sentence where it is none."""
    text, today = request.GET.get("on", "").strip()[:10], clock.today()
    if not text:
        return today, ""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return today, _("“%(text)s” is no day: write YYYY-MM-DD. Today is shown.") % {"text": text}
    if day > today:
        return today, _("The day lies in the future: choose a day up to today. Today is shown.")
    return day, ""


def _delivery_url(request: StaffRequest, row: Delivery | None) -> str:
    if row is None or not Delivery.objects.visible_to(request.user).filter(pk=row.pk).exists():
        return ""
    return reverse("monitoring:delivery", args=[row.pk])
