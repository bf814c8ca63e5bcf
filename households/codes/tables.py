"""The lists of codes and leaflets: village by village, and household by household."""

import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import Area
from foundation.accounts.models.areas import padded
from foundation.desk.columns import Badge
from foundation.desk.tables import Column, Filter, Table
from households.codes import selectors
from households.identity import showing


def _everybody(row: Any) -> Badge | None:
    if not row.households_here:
        return None
    missing = row.households_here - row.with_leaflet
    if missing:
        return Badge(_("%(count)s without") % {"count": f"{missing:,}"}, "soon")
    return Badge(_("every household"), "done")


def _complete(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    """Keep the villages in which every household has a leaflet, or the others."""
    complete = rows.filter(households_here__gt=0, with_leaflet__gte=F("households_here"))
    return complete if wanted else rows.exclude(pk__in=complete.values("pk"))


VILLAGES = Table(
    "code_villages",
    title=gettext_lazy("Codes and leaflets by village"),
    columns=(
        Column(
            "village",
            gettext_lazy("Village"),
            lambda row: row.name,
            kind="link",
            url=lambda row: reverse("codes:village", args=[row.pk]),
        ),
        Column("code", gettext_lazy("Area code"), lambda row: padded(row.pk), "code", sort="pk"),
        Column("households", gettext_lazy("Households"), lambda row: row.households_here, "number"),
        Column("with_code", gettext_lazy("With a code"), lambda row: row.with_code, "number"),
        Column("with_leaflet", gettext_lazy("With a leaflet"), lambda row: row.with_leaflet, "number"),
        Column("everybody", gettext_lazy("Leaflet"), _everybody, "badge"),
    ),
    filters=(
        Filter(
            "area",
            gettext_lazy("Area (code or name)"),
            "text",
            selectors.in_or_named,
        ),
        Filter("complete", gettext_lazy("Every household has a leaflet"), "yesno", _complete),
    ),
    order=("pk",),
    empty=gettext_lazy("No village here. Areas come with the file of areas that the administrator takes in."),
)


def households(village: Area, edition: datetime.date) -> Table:
    """Return the list of a village's households; `edition` is the leaflet text that holds there."""

    def leaflet(row: Any) -> Badge | None:
        ticks = row.leaflets_standing
        if not ticks:
            return None
        day = ticks[0].given_on.isoformat()
        if ticks[0].edition >= edition:
            return Badge(day, "done")
        return Badge(_("%(day)s, an older text") % {"day": day}, "soon")

    return Table(
        "village_codes",
        title=_("Codes and leaflets of %(village)s") % {"village": village.name},
        columns=(
            Column(
                "head",
                gettext_lazy("Head"),
                lambda row: selectors.head_name(row) or row.code,
                kind="link",
                url=lambda row: reverse("households:household", args=[row.pk]),
            ),
            Column("code", gettext_lazy("Household number"), lambda row: row.code, "code", sort="code"),
            Column("group", gettext_lazy("Group"), lambda row: row.group_name, sort="group_name"),
            Column("phone", gettext_lazy("Telephone"), lambda row: showing.masked_one(row.phone), "code"),
            Column("issued", gettext_lazy("Code since"), _issued_on, "day"),
            Column("leaflet", gettext_lazy("Leaflet"), leaflet, "badge"),
            Column("given_by", gettext_lazy("Handed over by"), _given_by),
        ),
        filters=_filters(edition),
        order=("group_name", "code", "pk"),
        empty=gettext_lazy(
            "No households here yet. They come with the register file that a county dispatcher takes in."
        ),
    )


def _filters(edition: datetime.date) -> tuple[Filter, ...]:
    return (
        Filter(
            "group",
            gettext_lazy("Group"),
            "text",
            lambda rows, text: rows.filter(group_name__icontains=text),
        ),
        Filter("has_code", gettext_lazy("Has a code"), "yesno", selectors.with_code),
        Filter("has_leaflet", gettext_lazy("Has a leaflet"), "yesno", selectors.with_leaflet),
        Filter(
            "has_present",
            gettext_lazy("Has the present leaflet"),
            "yesno",
            lambda rows, wanted: selectors.with_leaflet(rows, wanted, edition),
        ),
    )


def _issued_on(row: Any) -> datetime.date | None:
    return row.codes_in_force[0].issued_on if row.codes_in_force else None


def _given_by(row: Any) -> str:
    return row.leaflets_standing[0].given_by.name if row.leaflets_standing else ""
