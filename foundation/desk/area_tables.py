"""The table of areas, as the list and as what lies below one area."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level
from foundation.accounts.selectors import matching, with_counts
from foundation.desk.tables import Badge, Column, Filter, Table, TablePage

#: With none of these set, the list shows only where the person's tree begins.
LOOKING = ("q", "level", "orphan", "retired", "after", "before")


def _state(area: Area) -> Badge | None:
    if area.retired_on is not None:
        return Badge(_("retired since %(day)s") % {"day": area.retired_on})
    if area.parent_id is None and area.level > Level.PROVINCE:
        return Badge(_("waits for the area above it"), "soon")
    return None


def _orphans(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    orphans = Area.objects.orphans().values("pk")
    return rows.filter(pk__in=orphans) if wanted else rows.exclude(pk__in=orphans)


AREAS = Table(
    "areas",
    title=gettext_lazy("Areas"),
    columns=(
        Column(
            "name",
            gettext_lazy("name"),
            lambda area: area.name,
            kind="link",
            url=lambda area: reverse("desk:area", args=[area.code]),
        ),
        Column("code", gettext_lazy("area code"), lambda area: area.padded_code, kind="code", sort="code"),
        Column("level", gettext_lazy("level"), lambda area: area.get_level_display(), sort="level"),
        Column("below", gettext_lazy("areas below"), lambda area: area.children_count or "", kind="number"),
        Column("state", gettext_lazy("state"), _state, kind="badge"),
    ),
    filters=(
        Filter("q", gettext_lazy("Name, initials or code"), "text", matching),
        Filter(
            "level",
            gettext_lazy("level"),
            "choice",
            lambda rows, level: rows.filter(level=int(level)),
            lambda user: [(str(level.value), level.label) for level in Level],
        ),
        Filter("orphan", gettext_lazy("waits for the area above it"), "yesno", _orphans),
        Filter(
            "retired",
            gettext_lazy("retired"),
            "yesno",
            lambda rows, retired: rows.filter(retired_on__isnull=not retired),
        ),
    ),
    order=("code", "pk"),
    empty=gettext_lazy(
        "No areas here yet. They come by import of the official list, or one by one on the page of the area above."
    ),
)
BELOW = Table("below", columns=AREAS.columns, order=AREAS.order, empty=gettext_lazy("Nothing lies below it."))


def listed(user: User, request: HttpRequest, begin: QuerySet[Area]) -> TablePage:
    """Return the page of the list: `begin` where nothing is looked for, else every area of the person's.

    Retired areas are shown to who asks for them.
    """
    looking = any(request.GET.get(key) for key in LOOKING)
    rows = Area.objects.visible_to(user) if looking else begin
    if not request.GET.get("retired"):
        rows = rows.living()  # type: ignore[attr-defined]
    return AREAS.page(with_counts(rows), request)
