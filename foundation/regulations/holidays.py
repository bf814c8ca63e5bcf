"""Keep the table of holidays: seeded from the library, corrected and completed by people, each act on record."""

import datetime

import chinese_calendar
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record
from foundation.regulations.models import CalendarYear, Holiday
from foundation.regulations.models.values import WHOLE_COUNTRY
from foundation.regulations.revision import HOLIDAYS, hold, renew

#: The library repeats the yearly notices of the State Council; the notices themselves were not compared.
SEED_SOURCE = f"开放源代码库 chinesecalendar {chinese_calendar.__version__}（转录历年放假通知）"
_CHINESE = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}


@transaction.atomic
def seed() -> list[int]:
    """Take over the years that the library knows and the table lacks; returns them. A step after migrations."""
    days = {**chinese_calendar.holidays, **chinese_calendar.workdays}
    have = set(CalendarYear.objects.filter(area=WHOLE_COUNTRY).values_list("year", flat=True))
    years = sorted({day.year for day in days} - have)
    if not years:
        return []
    hold(HOLIDAYS)
    Holiday.objects.bulk_create(
        (
            Holiday(
                day=day,
                area=WHOLE_COUNTRY,
                kind=Holiday.Kind.WORK if day in chinese_calendar.workdays else Holiday.Kind.REST,
                name=_CHINESE.get(name, name),
            )
            for day, name in days.items()
            if day.year in years
        ),
        ignore_conflicts=True,
    )
    today = clock.today()
    CalendarYear.objects.bulk_create(
        CalendarYear(year=year, area=WHOLE_COUNTRY, source=SEED_SOURCE, completed_on=today) for year in years
    )
    renew(HOLIDAYS)
    actor = User.objects.built_in("system").authority(Right.MANAGE_HOLIDAYS, WHOLE_COUNTRY)
    details = {"years": years, "source": SEED_SOURCE}
    record(Act("holidays.seeded", "calendar", "seed", today, today, area="", details=details), by=actor)
    return years


@transaction.atomic
def set_day(area: Area, day: datetime.date, kind: Holiday.Kind, name: str, *, by: User) -> Holiday:
    """Say what a day is in an area and below it, from now on and for every deadline that is still counted."""
    actor = by.authority(Right.MANAGE_HOLIDAYS, area.code)
    if not name.strip():
        raise Refused(_("Name the holiday."), field="name")
    hold(HOLIDAYS)
    before = Holiday.objects.filter(area=area.code, day=day).values_list("kind", flat=True).first()
    row, _made = Holiday.objects.update_or_create(
        area=area.code, day=day, defaults={"kind": kind, "name": name.strip()}
    )
    renew(HOLIDAYS)
    _note("holiday.set", area, day, by_actor=actor, before=before, after=kind.value)
    return row


@transaction.atomic
def remove_day(area: Area, day: datetime.date, *, by: User) -> None:
    """Forget what an area said about a day; the area above, or the weekday, holds again."""
    actor = by.authority(Right.MANAGE_HOLIDAYS, area.code)
    hold(HOLIDAYS)
    row = Holiday.objects.filter(area=area.code, day=day).first()
    if row is None:
        raise Refused(_("This area has said nothing about that day."))
    row.delete()
    renew(HOLIDAYS)
    _note("holiday.removed", area, day, by_actor=actor, before=row.kind, after=None)


@transaction.atomic
def complete_year(area: Area, year: int, source: str, *, by: User) -> CalendarYear:
    """Declare the holidays of a year complete in an area, by the document that published them."""
    actor = by.authority(Right.MANAGE_HOLIDAYS, area.code)
    if not source.strip():
        raise Refused(_("Name the notice that published the holidays: title and number."), field="source")
    if not days_of(area.code, year):
        raise Refused(_("No holiday of this year is entered yet: enter the days first."), field="year")
    hold(HOLIDAYS)
    row, made = CalendarYear.objects.get_or_create(
        year=year, area=area.code, defaults={"source": source.strip(), "completed_on": clock.today()}
    )
    if not made:
        raise Refused(_("This year is already complete here."), field="year")
    renew(HOLIDAYS)
    today = clock.today()
    details = {"year": year, "source": source.strip()}
    record(
        Act("holidays.completed", "calendar", str(year), today, today, area=area.code, details=details),
        by=actor,
    )
    return row


def days_of(area: str, year: int) -> list[Holiday]:
    """Return the days of a year that differ from their weekday in `area`, the nearest area's row for each."""
    nearest: dict[datetime.date, Holiday] = {}
    above = Q(area__in=[WHOLE_COUNTRY, *ancestors(area), area])
    for row in Holiday.objects.filter(above, day__year=year).order_by("day", "area"):
        nearest[row.day] = row  # longer codes come later
    return list(nearest.values())


def complete_by(area: str, year: int) -> CalendarYear | None:
    """Return the declaration that makes a year complete in `area`, the nearest one; None: provisional."""
    above = [WHOLE_COUNTRY, *ancestors(area), area]
    return CalendarYear.objects.filter(area__in=above, year=year).order_by("-area").first()


def _note(
    verb: str, area: Area, day: datetime.date, *, by_actor: Actor, before: str | None, after: str | None
) -> None:
    today = clock.today()
    act = Act(verb, "holiday", f"{area.code}:{day}", today, today, area=area.code, before=before, after=after)
    record(act, by=by_actor)
