"""The list of reminders, as each office reads it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Badge, Column, Filter, Table, Tone
from monitoring.comparison.subjects import Subjects
from monitoring.models import Dataset, DeclaredStandard, Reminder
from monitoring.reminders.lifecycle import REMINDER

RELATED = (
    "finding__standard",
    "finding__household",
    "finding__resident__identity",
    "finding__area",
    "department",
)
_TONES: dict[str, Tone] = {"open": "soon", "settled": "done"}
_TOWNSHIP = "township"


def rows_for(user: User) -> QuerySet[Reminder]:
    """Return the reminders that `user` may see, with everything that a list shows of them."""
    return Reminder.objects.visible_to(user).select_related(*RELATED)


def badge_of(row: Reminder) -> Badge:
    """Return where a reminder stands, or what was answered, as a coloured word."""
    label = row.get_outcome_display() if row.outcome else row.state_label
    return Badge(label, _TONES.get(row.state, "plain"))


def office_of(row: Reminder) -> str:
    """Name the office that answers."""
    return row.department.called if row.department is not None else _("township office")


def url_of(row: Reminder) -> str:
    """Return the address of a reminder."""
    return reverse("reminders:reminder", args=[row.pk])


def table_for(user: User) -> Table:
    """Return the list for one reader: names as their work needs them."""
    subjects = Subjects(user)
    return Table(
        "reminders",
        title=gettext_lazy("Reminders about aid that goes on"),
        columns=(
            Column(
                "who", gettext_lazy("About"), lambda row: subjects.who(row.finding), kind="link", url=url_of
            ),
            Column("what", gettext_lazy("Reminder"), lambda row: row.finding.standard.label),
            Column(
                "household",
                gettext_lazy("Household"),
                lambda row: (
                    row.finding.household.code if subjects.opens(row.finding.household.area_id) else ""
                ),
                kind="code",
            ),
            Column("village", gettext_lazy("Village"), lambda row: row.finding.area.name),
            Column("owner", gettext_lazy("Addressed to"), office_of),
            Column(
                "day", gettext_lazy("Last row"), lambda row: row.finding.day, kind="day", sort="finding__day"
            ),
            Column(
                "opened_on", gettext_lazy("Open since"), lambda row: row.opened_on, "day", sort="opened_on"
            ),
            Column("state", gettext_lazy("State"), badge_of, kind="badge"),
            Column(
                "settled_on",
                gettext_lazy("Answered on"),
                lambda row: row.settled_on,
                "day",
                sort="settled_on",
            ),
        ),
        filters=_filters(),
        order=("-opened_on", "-pk"),
        empty=gettext_lazy(
            "No reminders. They come with a comparison that finds aid going on where it should be looked at."
        ),
    )


def _filters() -> tuple[Filter, ...]:
    return (
        Filter("state", gettext_lazy("State"), "choice", _equal("state"), _states),
        Filter("outcome", gettext_lazy("Answer"), "choice", _equal("outcome"), _outcomes),
        Filter("standard", gettext_lazy("Reminder"), "choice", _equal("finding__standard"), _standards),
        Filter("owner", gettext_lazy("Addressed to"), "choice", _addressed, _offices),
        Filter(
            "area",
            gettext_lazy("Area (code or name)"),
            "text",
            lambda rows, text: rows.filter(in_place(text, "finding__area")),
        ),
    )


def _equal(name: str) -> Any:
    return lambda rows, value: rows.filter(**{name: value})


def _addressed(rows: QuerySet[Any], office: str) -> QuerySet[Any]:
    return rows.filter(department__isnull=True) if office == _TOWNSHIP else rows.filter(department=office)


def _states(_user: User) -> list[tuple[str, Any]]:
    return list(REMINDER.states.items())


def _outcomes(_user: User) -> list[tuple[str, Any]]:
    return list(Reminder.Outcome.choices)


def _standards(_user: User) -> list[tuple[str, Any]]:
    return [(row.pk, row.label) for row in DeclaredStandard.objects.filter(opens_alert=False)]


def _offices(_user: User) -> list[tuple[str, Any]]:
    rolls = Dataset.objects.filter(standards__opens_alert=False).select_related("department").distinct()
    departments = {row.department_id: row.department.called for row in rolls}
    return [(_TOWNSHIP, _("township office")), *sorted(departments.items())]
