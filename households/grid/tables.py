"""The lists of the grid: villages, cells, households in no cell, households of a cell."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.codes.selectors import head_name, in_or_named
from households.models import GridCell

_AREA = Filter(
    "area", gettext_lazy("Area (code or name)"), "text", lambda rows, text: rows.filter(in_place(text))
)


def place(row: Any) -> str:
    """Return a village with its township, or a township, in words."""
    above = row.parent.name if row.parent is not None and len(row.pk) > 9 else ""
    return f"{above} {row.name}".strip()


def state_of_village(row: Any) -> Badge | None:
    """Say whether everybody of a village is in a cell."""
    missing = row.households_here - row.in_a_cell
    if not row.cells_here:
        return Badge(pgettext("grid", "no cell drawn"), "overdue" if row.households_here else "plain")
    if missing:
        return Badge(pgettext("grid", "%(count)d in no cell") % {"count": missing}, "overdue")
    return Badge(pgettext("grid", "everybody in a cell"), "done")


def marks(row: Any) -> list[Badge]:
    """Say what is wrong with a cell."""
    found = []
    if not row.has_member:
        found.append(Badge(pgettext("grid", "nobody looks after it"), "overdue"))
    if row.has_unposted:
        found.append(Badge(pgettext("grid", "a member has no posting"), "soon"))
    if row.too_large:
        found.append(Badge(pgettext("grid", "more than %(most)d households") % {"most": row.most}, "soon"))
    return found or [Badge(pgettext("grid", "in order"), "done")]


def members(row: Any) -> str:
    """Return who looks after a cell, the leader first."""
    return "、".join(
        pgettext("grid", "%(name)s (leads)") % {"name": each.shown_name} if each.leads else each.shown_name
        for each in row.members_now
    )


def groups(row: Any) -> str:
    """Return what a cell takes, in words."""
    named = "、".join(each.name for each in row.groups_now)
    if row.level == GridCell.Level.TOWNSHIP:
        return pgettext("grid", "the whole township")
    if row.takes_rest:
        return named or pgettext("grid", "everybody in no other cell")
    return named or pgettext("grid", "households put there by hand")


def _complete(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    complete = rows.filter(cells_here__gt=0, in_a_cell__gte=F("households_here"))
    return complete if wanted else rows.exclude(pk__in=complete.values("pk"))


VILLAGES = Table(
    "grid_villages",
    title=pgettext_lazy("grid", "The grid by village"),
    columns=(
        Column(
            "village",
            gettext_lazy("Village"),
            place,
            "link",
            url=lambda row: reverse("grid:area", args=[row.pk]),
        ),
        Column("state", gettext_lazy("State"), state_of_village, "badge"),
        Column("cells", pgettext_lazy("grid", "Cells"), lambda row: row.cells_here, "number"),
        Column("households", gettext_lazy("Households"), lambda row: row.households_here, "number"),
        Column("in_a_cell", pgettext_lazy("grid", "In a cell"), lambda row: row.in_a_cell, "number"),
    ),
    filters=(
        Filter("area", gettext_lazy("Area (code or name)"), "text", in_or_named),
        Filter("complete", pgettext_lazy("grid", "Everybody is in a cell"), "yesno", _complete),
    ),
    order=("pk",),
    empty=gettext_lazy("No village here. Areas come with the file of areas that the administrator takes in."),
)

CELLS = Table(
    "grid_cells",
    title=pgettext_lazy("grid", "Cells of the grid"),
    columns=(
        Column("name", pgettext_lazy("grid", "Cell"), lambda row: row.name, "link",
               url=lambda row: reverse("grid:cell", args=[row.pk])),
        Column("marks", gettext_lazy("State"), marks, "badges"),
        Column("level", pgettext_lazy("grid", "Level"), lambda row: row.get_level_display()),
        Column("area", gettext_lazy("Area"), lambda row: place(row.area), sort="area_id"),
        Column("groups", pgettext_lazy("grid", "Takes"), groups),
        Column("households", gettext_lazy("Households"), lambda row: row.households_here, "number"),
        Column("members", pgettext_lazy("grid", "Grid members"), members),
        Column("since", pgettext_lazy("grid", "Since"), lambda row: row.from_day, "day"),
    ),
    filters=(
        _AREA,
        Filter("level", pgettext_lazy("grid", "Level"), "choice", lambda rows, code: rows.filter(level=code),
               lambda _user: GridCell.Level.choices),
        Filter("without_member", pgettext_lazy("grid", "Nobody looks after it"), "yesno",
               lambda rows, wanted: rows.filter(has_member=not wanted)),
        Filter("unposted", pgettext_lazy("grid", "A member has no posting"), "yesno",
               lambda rows, wanted: rows.filter(has_unposted=wanted)),
        Filter("too_large", pgettext_lazy("grid", "Too many households"), "yesno",
               lambda rows, wanted: rows.filter(too_large=wanted)),
    ),
    order=("area_id", "pk"),
    empty=pgettext_lazy("grid", "No cell here yet. Cells are drawn on the page of a township or a village."),
)  # fmt: skip

_HEAD = Column(
    "head", gettext_lazy("Head"), lambda row: head_name(row) or row.code, "link",
    url=lambda row: reverse("households:household", args=[row.pk]),
)  # fmt: skip

GAP = Table(
    "grid_gap",
    title=pgettext_lazy("grid", "Households in no cell"),
    columns=(
        _HEAD,
        Column("code", gettext_lazy("Household number"), lambda row: row.code, "code", sort="code"),
        Column("village", gettext_lazy("Village"), lambda row: place(row.area), "link", sort="area_id",
               url=lambda row: reverse("grid:area", args=[row.area_id])),
        Column("group", gettext_lazy("Group"), lambda row: row.group_name),
    ),
    filters=(
        _AREA,
        Filter("group", gettext_lazy("Group"), "text", lambda rows, text: rows.filter(group_name__icontains=text)),
    ),
    order=("area_id", "code", "pk"),
    empty=pgettext_lazy("grid", "Every household here is in one cell."),
)  # fmt: skip

HOUSEHOLDS = Table(
    "grid_households",
    title=pgettext_lazy("grid", "Households of a cell"),
    columns=(
        _HEAD,
        Column("code", gettext_lazy("Household number"), lambda row: row.code, "code", sort="code"),
        Column("village", gettext_lazy("Village"), lambda row: row.area.name),
        Column("group", gettext_lazy("Group"), lambda row: row.group_name, sort="group_name"),
        Column("by_hand", pgettext_lazy("grid", "How"),
               lambda row: Badge(pgettext("grid", "put there by hand")) if row.by_hand else None, "badge"),
    ),
    filters=(
        Filter("group", gettext_lazy("Group"), "text", lambda rows, text: rows.filter(group_name__icontains=text)),
        Filter("by_hand", pgettext_lazy("grid", "Put there by hand"), "yesno",
               lambda rows, wanted: rows.filter(by_hand=wanted)),
    ),
    order=("code", "pk"),
    empty=pgettext_lazy("grid", "No household is in this cell."),
)  # fmt: skip
