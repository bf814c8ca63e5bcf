"""Warning standards: the list by theme with the line in force, its sheet, and the page of each."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from foundation.accounts.access import StaffRequest, door, get_visible_or_404
from foundation.accounts.roles import Right
from foundation.desk import focus, values_page
from foundation.desk.sheets import XLSX, sheet
from foundation.desk.values_page import Asked, Shown
from foundation.regulations.lookup import book
from monitoring.models import DeclaredStandard
from monitoring.outcomes import precision_page
from monitoring.screening import page, words
from monitoring.screening.lines import is_silent
from monitoring.screening.page import ShownStandard
from monitoring.screening.terms import Theme
from monitoring.tuning import listing


@door(Right.VIEW_VALUES)
def standards(request: StaffRequest) -> HttpResponse:
    """List what the data is asked, by theme: question, datasets, line in force here with its source."""
    asked, narrowed = _asked(request), page.narrowed_of(request.GET)
    shown = page.shown_standards(request.user, asked, narrowed)
    context = {
        "asked": asked,
        "narrowed": narrowed,
        "groups": page.by_theme(shown),
        "count": len(shown),
        "silent": sum(each.silent for each in shown),
        "areas": values_page.area_choices(request.user, asked.area),
        "themes": Theme.choices,
        "only_choices": page.ONLY.items(),
        "query": request.GET.urlencode(),
    }
    return render(request, "monitoring/standards.html", context)


@door(Right.VIEW_VALUES)
def standards_sheet(request: StaffRequest) -> HttpResponse:
    """Give the same list as XLSX, a line for each population class."""
    asked = _asked(request)
    shown = page.shown_standards(request.user, asked, page.narrowed_of(request.GET))
    heads = [
        _("theme"),
        _("warning standard"),
        _("code"),
        _("question"),
        _("datasets"),
        _("for"),
        _("line"),
        _("worked out"),
        _("in force from"),
        _("from the area"),
        _("source"),
        _("remarks"),
    ]
    title = _("Warning standards: %(area)s, %(day)s") % {"area": asked.area.name, "day": asked.on}
    lines = (_line(each, line) for each in shown for line in each.lines)
    answer = HttpResponse(sheet(title, heads, lines, by=request.user), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="standards-{asked.area.code}-{asked.on}.xlsx"'
    return answer


@door(Right.VIEW_VALUES)
def standard(request: StaffRequest, standard: str) -> HttpResponse:
    """Show one standard: its line here and everywhere, how it measures, what it leaves out, where it leads."""
    rows = DeclaredStandard.objects.visible_to(request.user)
    row = get_visible_or_404(rows.declared(), request.user, pk=standard)
    asked, declared = _asked(request), row.declaration
    subject = values_page.subject_or_none(declared.line)
    context = {
        "row": row,
        "standard": declared,
        "subject": subject,
        "asked": asked,
        "areas": values_page.area_choices(request.user, asked.area),
        "lines": page.lines_shown(declared, asked),
        "silent": is_silent(declared, asked.area.code, asked.on, book()),
        "history": values_page.history(subject, asked.area, request.user) if subject else [],
        "feeds": page.feeds(row, request.user),
        "risk": page.risk_name(declared, asked),
        "measured": words.measured(declared),
        "window": words.window(declared.measure.window),
        "conditions": words.conditions(declared.measure),
        "exclusions": words.exclusions(declared),
        "repeat": words.repeat(declared.repeat),
        "may_try": request.user.holds(Right.RUN_COMPARISON, asked.area.code),
        "may_propose": subject is not None
        and subject.local
        and request.user.holds(Right.PROPOSE_VALUES, asked.area.code),
    }
    context |= precision_page.context_of(row, asked, request.user)
    context |= listing.context_of(row, asked, request.user)
    return render(request, "monitoring/standard.html", context)


@door(Right.VIEW_FINDINGS)
def precision_sheet(request: StaffRequest, standard: str) -> HttpResponse:
    """Give how right a standard was as XLSX: by month, township, dataset and version."""
    rows = DeclaredStandard.objects.visible_to(request.user)
    row = get_visible_or_404(rows.declared(), request.user, pk=standard)
    asked = _asked(request)
    answer = HttpResponse(precision_page.workbook(row, asked, request.user), content_type=XLSX)
    name = f"precision-{row.pk}-{asked.area.code}-{asked.on}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _asked(request: StaffRequest) -> Asked:
    asked = values_page.asked_of(request.GET, request.user, focus.current(request))
    if asked is None:
        raise Http404(_("There is nothing here, or it belongs to another area."))
    return asked


def _line(shown: ShownStandard, line: Shown) -> list[str]:
    row = line.answer.value
    return [
        str(Theme(shown.row.theme).label),
        shown.row.label,
        shown.row.code,
        shown.asks,
        "、".join(shown.datasets),
        line.class_label or _("everybody"),
        line.answer.text or line.answer.why_silent,
        line.answer.worked,
        row.from_day.isoformat() if row else "",
        line.area_name,
        line.source,
        "、".join(str(mark.label) for mark in (*shown.marks, *line.marks)),
    ]
