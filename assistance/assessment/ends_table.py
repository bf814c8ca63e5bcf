"""The list of households for which policy has ended, with the next visit after it."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.models import PolicyExit
from assistance.removal.aftercare import near
from foundation.accounts import clock
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table


def ends() -> Table:
    """Return the list, those that are due first."""
    return Table(
        "policy_ends",
        title=pgettext_lazy("assessment", "Ends of policy"),
        columns=(
            Column("code", gettext_lazy("Household number"), lambda row: row.household.code, "link", url=_sheet),
            Column("village", gettext_lazy("Village"), lambda row: row.household.area.name),
            Column("last", pgettext_lazy("assessment", "Last day of policy"), lambda row: row.last_day, "day",
                   sort="last_day"),
            Column("visit", pgettext_lazy("case", "After-care visit due on"), _visit, "badge"),
        ),
        filters=(
            Filter("due", pgettext_lazy("case", "After-care visit due"), "yesno", _due),
            Filter("area", gettext_lazy("Area (code or name)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "household__area")), nameless=True),
        ),
        order=("last_day", "pk"),
        empty=gettext_lazy("Policy has ended for no household here."),
    )  # fmt: skip


def _sheet(row: PolicyExit) -> str:
    return reverse("cases:assessed", args=[row.assessed_id])


def _visit(row: PolicyExit) -> Badge | None:
    if row.visit_due_on is None:
        return None
    return Badge(row.visit_due_on.isoformat(), "overdue" if row.visit_due_on < clock.today() else "plain")


def _due(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    due = near(rows, "visit_due_on", "household__area").values("pk")
    return rows.filter(pk__in=due) if wanted else rows.exclude(pk__in=due)
