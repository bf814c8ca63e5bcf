"""The list of meetings."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.models import Evaluation, EvaluationItem
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Badge, Column, Filter, Table

_STAYS = ~Q(items__result=EvaluationItem.Result.LEFT)


def rows_for(user: User) -> QuerySet[Evaluation]:
    """Return the meetings that `user` may see, with how many households each holds."""
    rows = Evaluation.objects.visible_to(user).select_related("area")
    return rows.annotate(
        many=Count("items", filter=_STAYS),
        passed=Count("items", filter=Q(items__result=EvaluationItem.Result.PASSED)),
    )


def badge(row: Evaluation) -> Badge:
    """Say where a meeting stands, in a pill."""
    if row.cancelled_on is not None:
        return Badge(_("called off"))
    if row.concluded_on is not None:
        return Badge(_("concluded"), "done")
    if row.meets_on > clock.today():
        return Badge(_("called"), "soon")
    return Badge(_("votes to be entered"), "action")


def page_of(row: Evaluation) -> str:
    """Return the address of a meeting."""
    return reverse("cases:evaluation", args=[row.pk])


def table() -> Table:
    """Return the list of meetings."""
    return Table(
        "evaluations",
        title=gettext_lazy("Democratic evaluations"),
        columns=(
            Column("meets_on", gettext_lazy("Day"), lambda row: row.meets_on, "link", "meets_on", url=page_of),
            Column("state", gettext_lazy("State"), badge, "badge"),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("meeting", gettext_lazy("Meeting"), lambda row: row.get_meeting_display()),
            Column("place", gettext_lazy("Place"), lambda row: row.place),
            Column("came", gettext_lazy("Came"), _came),
            Column("many", gettext_lazy("Households"), lambda row: row.many, "number"),
            Column("passed", gettext_lazy("Passed"), lambda row: row.passed, "number"),
        ),
        filters=(
            Filter("open", gettext_lazy("Not concluded yet"), "yesno", _open),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "area"))),
        ),
        order=("-meets_on", "-pk"),
        empty=gettext_lazy("No meeting yet. When households wait for one, the village calls it here."),
    )  # fmt: skip


def _came(row: Evaluation) -> str:
    return "" if row.came is None else f"{row.came} / {row.must_come}"


def _open(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(concluded_on__isnull=wanted, cancelled_on__isnull=True)
