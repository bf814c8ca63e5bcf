"""The list of outcomes as the department of the rows reads it: the feedback form (线索核查反馈表, F16)."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Badge, Column, Filter, Table
from monitoring.comparison.subjects import Subjects
from monitoring.models import Dataset, DeclaredStandard, RowOutcome
from monitoring.outcomes.words import OutcomeNames

_RELATED = (
    "delivery__dataset",
    "outcome__standard",
    "outcome__area__parent",
    "outcome__finding__household",
    "outcome__finding__resident__identity",
)


def rows_for(user: User) -> QuerySet[RowOutcome]:
    """Return the outcomes of the rows that `user` delivers, with everything that a list shows of them."""
    return RowOutcome.objects.visible_to(user).select_related(*_RELATED)


def lines_of(row: RowOutcome) -> str:
    """Name the rows of the file: their lines, with the sheet where there are several."""
    return "、".join(
        f"{each['sheet']} {each['line']}" if each.get("sheet") else str(each["line"]) for each in row.rows
    )


def table_for(user: User) -> Table:
    """Return the list for one reader: names as their work needs them, no sum and no diagnosis."""
    subjects, names = Subjects(user), OutcomeNames()

    def badge(row: RowOutcome) -> Badge:
        return names.badge(row.outcome.outcome, row.outcome.area_id)

    return Table(
        "row_outcomes",
        title=gettext_lazy("Feedback on checked clues"),
        columns=(
            Column("delivery", gettext_lazy("Delivery"), lambda row: row.delivery_id, "code", url=_delivery),
            Column("dataset", gettext_lazy("Dataset"),
                   lambda row: f"{row.delivery.dataset.name} {row.delivery.period}"),
            Column("lines", gettext_lazy("Lines of the file"), lines_of),
            Column("who", gettext_lazy("About"), lambda row: subjects.who(row.outcome.finding)),
            Column("number", gettext_lazy("ID number"), lambda row: subjects.number(row.outcome.finding), "code"),
            Column("standard", gettext_lazy("Warning standard"), lambda row: row.outcome.standard.label),
            Column("code", gettext_lazy("Code of the conclusion"), lambda row: row.outcome.outcome, "code",
                   sheet_only=True),
            Column("outcome", gettext_lazy("Conclusion"), badge, "badge"),
            Column("reason", gettext_lazy("Reason"), lambda row: row.outcome.reason),
            Column("checker", gettext_lazy("Checked by"), _checker),
            Column("on", gettext_lazy("Concluded on"), lambda row: row.outcome.on, "day", sort="outcome__on"),
            Column("warning", gettext_lazy("Number of the warning"), lambda row: row.outcome.alert, "code"),
        ),
        filters=_filters(names),
        order=("-outcome_id", "pk"),
        empty=gettext_lazy(
            "No outcome yet. When a warning that rests on your rows has been checked, its outcome stands here."
        ),
    )  # fmt: skip


def _filters(names: OutcomeNames) -> tuple[Filter, ...]:
    return (
        Filter("dataset", gettext_lazy("Dataset"), "choice", _equal("delivery__dataset"), _datasets),
        Filter("standard", gettext_lazy("Warning standard"), "choice", _equal("outcome__standard"), _standards),
        Filter("outcome", gettext_lazy("Conclusion"), "choice", _equal("outcome__outcome"),
               lambda user: names.choices(min(prefixes(user, Right.DELIVER_DATA), default=""))),
        Filter("visited", gettext_lazy("Somebody was at the door"), "yesno",
               lambda rows, wanted: rows.filter(outcome__visit__isnull=not wanted)),
        Filter("period", gettext_lazy("Period"), "text", _equal("delivery__period")),
        Filter("delivery", gettext_lazy("Number of the delivery"), "text", _of_delivery),
        Filter("area", gettext_lazy("Area (code or name)"), "text",
               lambda rows, text: rows.filter(in_place(text, "outcome__area"))),
    )  # fmt: skip


def _equal(name: str) -> Any:
    return lambda rows, value: rows.filter(**{name: value})


def _of_delivery(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(delivery=int(text)) if text.isdecimal() and len(text) < 19 else rows.none()


def _datasets(user: User) -> list[tuple[str, Any]]:
    return [(row.pk, row.name) for row in Dataset.objects.visible_to(user)]


def _standards(_user: User) -> list[tuple[str, Any]]:
    return [(row.pk, row.label) for row in DeclaredStandard.objects.filter(opens_alert=True).order_by("code")]


def _delivery(row: RowOutcome) -> str:
    return reverse("monitoring:delivery", args=[row.delivery_id])


def _checker(row: RowOutcome) -> str:
    """Name the office that answers for the conclusion: the township of the village."""
    area = row.outcome.area
    return area.parent.name if area.parent is not None and area.level > Level.TOWNSHIP else area.name
