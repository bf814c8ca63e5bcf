"""Which households owe the sheet of the present period, and what waits to be looked at.

The period and its last day are values that areas set; a list over many areas works them out in one statement.
"""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import Case as Cases
from django.db.models import DateField, Exists, OuterRef, QuerySet, Subquery, Value, When

from assistance.income.periods import COLLECTION, DAYS, collected, due_on
from assistance.lifecycle import HELD
from assistance.models import Case, IncomeChange, IncomeSheet
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.accounts.scope import WHOLE_COUNTRY, within
from foundation.regulations.models import Value as Regulated


def collecting(user: User, right: Right | None = None) -> QuerySet[Any]:
    """Return the monitored households that `user` sees, each with what the collection of its area asks.

    Annotations: `first` and `last` day of the period, `due` (None: the area sets no day), `sheet` and `draft` (keys of
    the version that holds and of one being written), `changed` (a list says something else by now).
    """
    rows = Case.objects.visible_to(user, right).filter(state__in=HELD)
    return with_period(rows)


def with_period(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add the annotations of `collecting` to cases."""
    today = clock.today()
    here = _areas_of_values()
    periods = {area: collected(area, today) for area in here}
    dated = rows.annotate(
        first=_by_area({area: each.first for area, each in periods.items()}),
        last=_by_area({area: each.last for area, each in periods.items()}),
        due=_by_area({area: due_on(area, each) for area, each in periods.items()}),
    )
    sheets = IncomeSheet.objects.filter(
        case=OuterRef("pk"), from_day=OuterRef("first"), until_day=OuterRef("last")
    ).order_by()
    changes = IncomeChange.objects.unanswered().filter(sheet__case=OuterRef("pk"))
    return dated.annotate(
        sheet=Subquery(sheets.filter(state="confirmed").values("pk")[:1]),
        draft=Subquery(sheets.filter(state="draft").values("pk")[:1]),
        changed=Exists(changes),
    )


def missing(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep annotated cases without a confirmed sheet of their period."""
    return rows.filter(sheet__isnull=True)


def counts_of(user: User, area: Area) -> tuple[int, int]:
    """Return how many monitored households of an area have their sheet confirmed, and how many there are."""
    rows = collecting(user).filter(within("area__code", [area.code]))
    return rows.filter(sheet__isnull=False).count(), rows.count()


def sheets_of(case: Case) -> list[IncomeSheet]:
    """Return the confirmed sheets of a case, the oldest period first."""
    return list(IncomeSheet.objects.counting().filter(case=case).order_by("until_day", "from_day", "pk"))


def changes_of(sheets: Collection[IncomeSheet]) -> dict[int, list[IncomeChange]]:
    """Return what waits to be looked at, by the key of the sheet."""
    found: dict[int, list[IncomeChange]] = {}
    for row in IncomeChange.objects.unanswered().filter(sheet__in=sheets):
        found.setdefault(row.sheet_id, []).append(row)
    return found


def _areas_of_values() -> list[str]:
    """Return every area that sets one of the two values, the nearest to a village first, the country last."""
    told = Regulated.objects.filter(subject__in=(COLLECTION, DAYS)).order_by().values_list("area", flat=True)
    return sorted({*told.distinct(), WHOLE_COUNTRY}, key=len, reverse=True)


def _by_area(days: dict[str, datetime.date | None]) -> Cases:
    """Return the day of the longest area that a case lies under."""
    whens = [
        When(area__code__startswith=area, then=Value(day, DateField()))
        for area, day in days.items()
        if area != WHOLE_COUNTRY
    ]
    return Cases(*whens, default=Value(days[WHOLE_COUNTRY], DateField()), output_field=DateField())
