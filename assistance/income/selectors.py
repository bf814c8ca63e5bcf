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
from households.income.periods import Period


def collecting(user: User, right: Right | None = None) -> QuerySet[Any]:
    """Return the monitored households that `user` sees, each with what the collection of its area asks.

    Annotations: `first` and `last` day of the period, `due` (None: the area sets no day), `sheet` and `draft` (keys of
    the version that holds and of one being written), `changed` (a list says something else by now). A sheet that was
    confirmed in an earlier case of the household holds for the later one, too.
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
    drafts = IncomeSheet.objects.filter(
        case=OuterRef("pk"), from_day=OuterRef("first"), until_day=OuterRef("last"), state="draft"
    ).order_by()
    changes = IncomeChange.objects.unanswered().filter(sheet__case=OuterRef("pk"))
    return dated.annotate(
        sheet=Subquery(_holding().values("pk")[:1]),
        draft=Subquery(drafts.values("pk")[:1]),
        changed=Exists(changes),
    )


def with_amounts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add what the sheet of the period comes to: `net`, `reference` (both per head), `line`; None where none holds."""
    columns = {"net": "net_per_head", "reference": "reference_per_head", "line_then": "line"}
    return rows.annotate(
        **{name: Subquery(_holding().values(column)[:1]) for name, column in columns.items()}
    )


def taken_over(case: Case, period: Period) -> IncomeSheet | None:
    """Return the sheet of an earlier case of the household that holds for a period; None where its own does, or none.

    Income belongs to the household: who is identified again within the period is not asked for it a second time.
    """
    rows = IncomeSheet.objects.counting().filter(
        case__household=case.household_id, from_day=period.first, until_day=period.last
    )
    found = rows.select_related("case", "confirmed_by").order_by("-case_id").first()
    return None if found is None or found.case_id == case.pk else found


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


def _holding() -> QuerySet[IncomeSheet]:
    """Return the sheets that hold for the household of a case with `first` and `last`, of its newest case first."""
    rows = IncomeSheet.objects.counting().filter(
        case__household=OuterRef("household"), from_day=OuterRef("first"), until_day=OuterRef("last")
    )
    return rows.order_by("-case_id", "-pk")


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
