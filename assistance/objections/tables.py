"""The list of objections."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.evaluations.selectors import head_name, heads
from assistance.models import Objection
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Badge, Column, Filter, Table


def rows_for(user: User) -> QuerySet[Objection]:
    """Return the objections that `user` may see, with household and head."""
    return read_along(Objection.objects.visible_to(user))


def read_along(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    """Read along the line, its notice and its household with village and head."""
    rows = rows.select_related(
        "item__case__household", "item__case__area", "item__assessed__household__area", "item__notice"
    )
    return rows.prefetch_related(heads("item__case__household"), heads("item__assessed__household"))


def badge(row: Objection) -> Badge:
    """Say whether an objection is settled, in a pill."""
    if row.settled_on is not None:
        return Badge(row.outcome_label, "done")
    if not row.in_time:
        return Badge(_("open, came after the last day"))
    late = row.answer_due_on is not None and row.answer_due_on < clock.today()
    return Badge(_("overdue"), "overdue") if late else Badge(_("to be settled"), "action")


def page_of(row: Objection) -> str:
    """Return the address of an objection."""
    return reverse("cases:objection", args=[row.pk])


def table() -> Table:
    """Return the list of objections."""
    return Table(
        "objections",
        title=gettext_lazy("Objections to notices"),
        columns=(
            Column("head", gettext_lazy("Against"), lambda row: head_name(row.item), "link", url=page_of),
            Column("state", gettext_lazy("State"), badge, "badge"),
            Column("due", gettext_lazy("Answer due on"), lambda row: row.answer_due_on, "day"),
            Column("village", gettext_lazy("Village"), lambda row: row.item.area.name),
            Column("arrived_on", gettext_lazy("Arrived on"), lambda row: row.arrived_on, "day", sort="arrived_on"),
            Column("way", gettext_lazy("Way"), lambda row: row.get_way_display()),
            Column("settled_on", gettext_lazy("Settled on"), lambda row: row.settled_on, "day"),
            Column("household", gettext_lazy("Household number"), lambda row: row.item.household.code, "code"),
        ),
        filters=(
            Filter("open", gettext_lazy("Not settled"), "yesno", _open),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   _in_place),
        ),
        order=("-arrived_on", "-pk"),
        empty=gettext_lazy("No objections. They come by the public page, by telephone or on paper."),
    )  # fmt: skip


def _in_place(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(in_place(text, "item__case__area") | in_place(text, "item__assessed__household__area"))


def _open(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(settled_on__isnull=wanted)
