"""The list of findings, as each reader may see them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Badge, Column, Filter, Table
from monitoring.comparison import amounts
from monitoring.comparison.subjects import Subjects
from monitoring.comparison.words import badge_of
from monitoring.models import DeclaredStandard, Finding
from monitoring.screening.terms import Theme


def rows_for(user: User) -> QuerySet[Finding]:
    """Return the findings that `user` may see, with everything that a list shows of them."""
    return Finding.objects.visible_to(user).select_related(
        "standard", "household", "resident__identity", "area"
    )


def url_of(row: Finding) -> str:
    """Return the address of a finding."""
    return reverse("monitoring:finding", args=[row.pk])


def table_for(user: User) -> Table:
    """Return the list for one reader."""
    subjects = Subjects(user)
    return Table(
        "comparison_findings",
        title=gettext_lazy("Findings of the comparison"),
        columns=(
            Column("who", gettext_lazy("About"), subjects.who, kind="link", url=url_of),
            Column("standard", gettext_lazy("Warning standard"), lambda row: row.standard.label),
            Column("theme", gettext_lazy("Theme"), lambda row: row.standard.get_theme_display()),
            Column("household", gettext_lazy("Household"), lambda row: row.household.code, kind="code"),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name, sort="area_id"),
            Column("measured", gettext_lazy("Measured"), _measured, kind="number"),
            Column("line", gettext_lazy("Line of the standard"), _line, kind="number"),
            Column("day", gettext_lazy("Last row"), lambda row: row.day, kind="day", sort="day"),
            Column("as_of", gettext_lazy("As of"), lambda row: row.as_of, kind="day", sort="as_of"),
            Column("result", gettext_lazy("Result"), _marks, kind="badges"),
        ),
        filters=_filters(),
        order=("-day", "-pk"),
        empty=gettext_lazy(
            "Nothing found here. Findings come with a comparison of what departments sent, every night and when asked."
        ),
    )


def _measured(row: Finding) -> str:
    return amounts.shown(row.measured, amounts.unit_of(row.standard))


def _line(row: Finding) -> str:
    return amounts.shown(row.line, amounts.unit_of(row.standard))


def _marks(row: Finding) -> list[Badge]:
    marks = [badge_of(row)]
    if not row.standard.opens_alert:
        marks.append(Badge(gettext_lazy("reminder")))
    if row.name_differs:
        marks.append(Badge(gettext_lazy("name differs"), "soon"))
    return marks


def _filters() -> tuple[Filter, ...]:
    return (
        Filter("standard", gettext_lazy("Warning standard"), "choice", _equal("standard"), _standards),
        Filter("theme", gettext_lazy("Theme"), "choice", _equal("standard__theme"), lambda _u: Theme.choices),
        Filter(
            "result",
            gettext_lazy("Result"),
            "choice",
            _equal("result"),
            lambda _user: Finding.Result.choices,
        ),
        Filter("living", gettext_lazy("Stands"), "yesno", _living),
        Filter("reminder", gettext_lazy("Reminder"), "yesno", _reminder),
        Filter("name_differs", gettext_lazy("Name differs"), "yesno", _differs),
        Filter(
            "area",
            gettext_lazy("Area (code or name)"),
            "text",
            lambda rows, text: rows.filter(in_place(text)),
        ),
        Filter(
            "household",
            gettext_lazy("Household number"),
            "text",
            lambda rows, text: rows.filter(household__code=text),
        ),
    )


def _equal(name: str) -> Any:
    return lambda rows, value: rows.filter(**{name: value})


def _living(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    stands = {"looks_back": False, "retracted_at__isnull": True}
    return rows.filter(**stands) if wanted else rows.exclude(**stands)


def _reminder(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(standard__opens_alert=not wanted)


def _differs(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(name_differs=wanted)


def _standards(_user: User) -> list[tuple[str, Any]]:
    return [(row.pk, row.label) for row in DeclaredStandard.objects.order_by("code")]
