"""The list of notices."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.models import Notice
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Badge, Column, Filter, Table


def rows_for(user: User) -> QuerySet[Notice]:
    """Return the notices that `user` may see, with how many households hang and how many are contested."""
    contested = Q(items__objections__settled_on__isnull=True, items__objections__in_time=True)
    rows = Notice.objects.visible_to(user).select_related("area")
    return rows.annotate(
        many=Count("items", filter=Q(items__left_on__isnull=True), distinct=True),
        contested=Count("items", filter=contested, distinct=True),
    )


def badge(row: Notice) -> Badge:
    """Say where a notice stands, in a pill."""
    if row.cancelled_on is not None:
        return Badge(_("given up"))
    if row.until is None:
        return Badge(_("to be posted"), "action")
    if row.until >= clock.today():
        return Badge(_("hangs"), "soon")
    if row.taken_down_on is None:
        return Badge(_("over, to be taken down"), "action")
    return Badge(_("over"), "done")


def page_of(row: Notice) -> str:
    """Return the address of a notice."""
    return reverse("cases:notice", args=[row.pk])


def table() -> Table:
    """Return the list of notices."""
    return Table(
        "case_notices",
        title=gettext_lazy("Public notices"),
        columns=(
            Column("number", gettext_lazy("Notice"), _number, "link", url=page_of),
            Column("state", gettext_lazy("State"), badge, "badge"),
            Column("place", gettext_lazy("Place"), lambda row: row.area.name),
            Column("posted_on", gettext_lazy("Posted on"), lambda row: row.posted_on, "day", sort=None),
            Column("until", gettext_lazy("Until the end of"), lambda row: row.until, "day"),
            Column("many", gettext_lazy("Households"), lambda row: row.many, "number"),
            Column("contested", gettext_lazy("Contested"), lambda row: row.contested, "number"),
            Column("taken_down_on", gettext_lazy("Taken down on"), lambda row: row.taken_down_on, "day"),
        ),
        filters=(
            Filter("hanging", gettext_lazy("Hangs now"), "yesno", _hanging),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "area"))),
        ),
        order=("-pk",),
        empty=gettext_lazy("No notice yet. Households that passed their meeting are put on one here."),
    )  # fmt: skip


def _number(row: Notice) -> str:
    return _("Notice %(number)d") % {"number": row.pk}


def _hanging(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    now = Q(posted_on__isnull=False, until__gte=clock.today())
    return rows.filter(now) if wanted else rows.exclude(now)
