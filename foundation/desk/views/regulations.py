"""Regulation values: all that is in force for an area and a day, and each subject with its history."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts.access import StaffRequest, door
from foundation.accounts.roles import Right
from foundation.desk import focus, values_page
from foundation.desk.sheets import XLSX, sheet
from foundation.desk.values_page import Asked, Shown
from foundation.regulations.lookup import book
from foundation.regulations.units import Group


@door(Right.VIEW_VALUES)
def values(request: StaffRequest) -> HttpResponse:
    """List what is in force for an area and a day, by group, each with its source."""
    asked = _asked(request)
    rows = values_page.in_force(asked)
    groups = [
        (group.label, found)
        for group in Group
        if (found := [r for r in rows if r.answer.subject.group == group])
    ]
    context = {
        "asked": asked,
        "groups": groups,
        "count": len(rows),
        "areas": values_page.area_choices(request.user, asked.area),
        "group_choices": Group.choices,
        "only_choices": values_page.ONLY.items(),
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/regulations/values.html", context)


@door(Right.VIEW_VALUES)
def values_sheet(request: StaffRequest) -> HttpResponse:
    """Give the same list as XLSX, with the same filters."""
    asked = _asked(request)
    heads = [
        _("group"),
        pgettext("regulation", "subject"),
        _("key"),
        _("value"),
        _("worked out"),
        _("in force from"),
        _("from the area"),
        _("source"),
        _("address at the issuer's own site"),
        _("remarks"),
        _("note"),
    ]
    title = _("Regulation values in force: %(area)s, %(day)s") % {"area": asked.area.name, "day": asked.on}
    body = sheet(title, heads, (_line(each) for each in values_page.in_force(asked)), by=request.user)
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="values-{asked.area.code}-{asked.on}.xlsx"'
    return answer


@door(Right.VIEW_VALUES)
def subject(request: StaffRequest, subject: str) -> HttpResponse:
    """Show one subject: what holds here and today, how it is worked out, and every value it ever had."""
    found = values_page.subject_or_none(subject)
    if found is None:
        raise Http404
    asked = _asked(request)
    names = values_page.area_names([asked.area.code])
    known = book()
    answers = [
        values_page.show(known.resolve(found.key, asked.area.code, asked.on, population), population, names)
        for population in (found.classes or [""])
    ]
    context = {
        "subject": found,
        "asked": asked,
        "answers": answers,
        "rows": values_page.history(found, asked.area, request.user),
        "areas": values_page.area_choices(request.user, asked.area),
        "may_propose": found.local and request.user.holds(Right.PROPOSE_VALUES, asked.area.code),
    }
    return render(request, "desk/regulations/subject.html", context)


def _asked(request: StaffRequest) -> Asked:
    asked = values_page.asked_of(request.GET, request.user, focus.current(request))
    if asked is None:
        raise Http404(_("There is nothing here, or it belongs to another area."))
    return asked


def _line(shown: Shown) -> list[str]:
    row = shown.answer.value
    return [
        str(Group(shown.answer.subject.group).label),
        shown.label,
        shown.answer.subject.key,
        shown.answer.text or shown.answer.why_silent,
        shown.answer.worked,
        row.from_day.isoformat() if row else "",
        shown.area_name,
        shown.source,
        row.source_href if row else "",
        "、".join(str(mark.label) for mark in shown.marks),
        row.note if row else "",
    ]
