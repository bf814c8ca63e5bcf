"""The list of asset checks: what was asked when, so many hits, so many to verify."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.models import AssetCheck
from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident
from households.models.households import HEAD

_LEFT = Q(hits__verified_on__isnull=True, hits__isnull=False)


def rows_for(user: User) -> QuerySet[AssetCheck]:
    """Return the checks that `user` may see, with counts, village and head; no query per row."""
    heads = Resident.objects.present().filter(relation=HEAD)
    rows = AssetCheck.objects.visible_to(user).select_related("case__household", "case__area")
    counted = rows.annotate(found=Count("hits"), left=Count("hits", filter=_LEFT))
    return counted.prefetch_related(Prefetch("case__household__residents", heads, to_attr="heads"))


def badge(row: AssetCheck) -> Badge:
    """Say where a check stands in a pill."""
    if row.stopped:
        return Badge(row.get_stopped_display(), "overdue")
    left = row.left if hasattr(row, "left") else row.hits.to_verify().count()
    return (
        Badge(_("to be verified: %(count)d") % {"count": left}, "soon") if left else Badge(_("done"), "done")
    )


def page_of(row: AssetCheck) -> str:
    """Return the address of a check."""
    return reverse("cases:check", args=[row.pk])


def table() -> Table:
    """Return the list of checks."""
    return Table(
        "checks",
        title=gettext_lazy("Asset checks"),
        columns=(
            Column("head", gettext_lazy("Head of household"), _head, "link", url=page_of),
            Column("state", gettext_lazy("State"), badge, "badge"),
            Column("hits", pgettext_lazy("asset check", "Hits"), lambda row: row.found, "number"),
            Column("asked", pgettext_lazy("asset check", "Queried on"), lambda row: row.asked_on, "day",
                   sort="asked_on"),
            Column("village", gettext_lazy("Village"), lambda row: row.case.area.name),
            Column("case", pgettext_lazy("case", "Case"), lambda row: row.case.number, "code"),
            Column("not_asked", pgettext_lazy("asset check", "Not asked"), lambda row: len(row.not_asked), "number"),
        ),
        filters=(
            Filter("left", gettext_lazy("With hits to verify"), "yesno", _with_left),
            Filter("hit", gettext_lazy("With a hit"), "yesno", _with_hit),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "case__area"))),
        ),
        order=("-asked_on", "-pk"),
        empty=gettext_lazy(
            "No asset check yet. It is asked for on the page of a case, as soon as the household has signed."
        ),
    )  # fmt: skip


def _head(row: Any) -> str:
    heads: list[Resident] = row.case.household.heads
    return heads[0].shown_name if heads else row.case.household.code


def _with_left(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(left__gt=0) if wanted else rows.filter(left=0)


def _with_hit(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(found__gt=0) if wanted else rows.filter(found=0)
