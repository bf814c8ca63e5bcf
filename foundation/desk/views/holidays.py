"""Holidays and moved working days: the year as it stands in an area, and the acts that change it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.access import StaffRequest, door
from foundation.accounts.models import Area
from foundation.accounts.roles import Right
from foundation.desk import focus, values_page
from foundation.desk.acts import CONFIRM, attempt, form_page
from foundation.desk.once import once
from foundation.desk.value_forms import DayForm, HolidayForm, YearForm
from foundation.regulations import holidays
from foundation.regulations.models import Holiday


@door(Right.VIEW_VALUES)
def calendar(request: StaffRequest) -> HttpResponse:
    """Show the days of a year that differ from their weekday, and whether the year is complete."""
    area = _area(request)
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdecimal() and 2000 <= int(typed) <= 2100 else clock.today().year
    context = {
        "area": area,
        "areas": values_page.area_choices(request.user, area),
        "year": year,
        "days": holidays.days_of(area.code, year),
        "complete": holidays.complete_by(area.code, year),
        "names": values_page.area_names([area.code]),
        "may_change": request.user.holds(Right.MANAGE_HOLIDAYS, area.code),
    }
    return render(request, "desk/regulations/calendar.html", context)


@door(Right.MANAGE_HOLIDAYS)
@once
def set_day(request: StaffRequest) -> HttpResponse:
    """Say what a day is in an area."""
    area = _area(request)
    form = HolidayForm(request.POST or None, initial={"day": request.GET.get("day", ""), "kind": "rest"})
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: holidays.set_day(
                area, given["day"], Holiday.Kind(given["kind"]), given["name"], by=request.user
            ),
            done=lambda row: (
                _("%(day)s: %(kind)s, %(name)s.")
                % {"day": row.day, "kind": row.get_kind_display(), "name": row.name}
            ),
            then=_back(area, given["day"].year),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("A holiday or moved working day of %(area)s") % {"area": area.name},
        submit=_("Save"),
        cancel=_back(area, clock.today().year),
        intro=_("Deadlines that are still counted follow the table at once."),
    )


@door(Right.MANAGE_HOLIDAYS)
@once
def remove_day(request: StaffRequest) -> HttpResponse:
    """Take back what an area said about a day."""
    area = _area(request)
    form = DayForm(request.POST or None, initial={"day": request.GET.get("day", "")})
    if form.is_valid():
        day = form.cleaned_data["day"]
        done = attempt(
            request,
            form,
            lambda: holidays.remove_day(area, day, by=request.user),
            done=_("%(day)s follows the area above, or its weekday, again.") % {"day": day},
            then=_back(area, day.year),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Take back the word of %(area)s about a day") % {"area": area.name},
        submit=_("Take back"),
        cancel=_back(area, clock.today().year),
        template=CONFIRM,
        consequences=[_("The area above, or the weekday, decides again; deadlines are counted anew.")],
    )


@door(Right.MANAGE_HOLIDAYS)
@once
def complete_year(request: StaffRequest) -> HttpResponse:
    """Declare the holidays of a year complete in an area."""
    area = _area(request)
    form = YearForm(request.POST or None, initial={"year": request.GET.get("year", "")})
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(
            request,
            form,
            lambda: holidays.complete_year(area, given["year"], given["source"], by=request.user),
            done=lambda row: _("The holidays of %(year)d are complete.") % {"year": row.year},
            then=_back(area, given["year"]),
        )
        if done:
            return done
    return form_page(
        request,
        form,
        title=_("Declare a year complete for %(area)s") % {"area": area.name},
        submit=_("Declare complete"),
        cancel=_back(area, clock.today().year),
        intro=_("Until then deadlines in that year count by weekdays and are marked provisional."),
    )


def _area(request: StaffRequest) -> Area:
    asked = values_page.asked_of(request.GET, request.user, focus.current(request))
    if asked is None:
        raise Http404(_("There is nothing here, or it belongs to another area."))
    return asked.area


def _back(area: Area, year: int) -> str:
    return f"{reverse('desk:calendar')}?area={area.code}&year={year}"
