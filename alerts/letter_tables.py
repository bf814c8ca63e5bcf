"""The list of letters to households: what is owed, until when, and how it was delivered."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alerts.models import Letter
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Badge, Column, Filter, Table
from households.models import Resident
from households.models.households import HEAD
from monitoring.outcomes.words import OutcomeNames


def rows_for(user: User) -> QuerySet[Letter]:
    """Return the letters that `user` may see, with village and head; no query per row."""
    heads = Resident.objects.present().filter(relation=HEAD)
    rows = Letter.objects.visible_to(user).select_related("alert__household", "alert__area")
    return rows.prefetch_related(Prefetch("alert__household__residents", heads, to_attr="heads"))


def table() -> Table:
    """Return the list of letters."""
    names = OutcomeNames()
    return Table(
        "letters",
        title=gettext_lazy("Letters to households"),
        columns=(
            Column("head", gettext_lazy("Head of household"), _head, "link", url=page_of),
            Column("state", gettext_lazy("State"), badge, "badge"),
            Column("due_on", gettext_lazy("Due on"), lambda row: row.due_on, "day", sort="due_on"),
            Column("village", gettext_lazy("Village"), lambda row: row.alert.area.name),
            Column("outcome", gettext_lazy("Outcome"), lambda row: names.name(row.outcome, row.alert.area_id)),
            Column("concluded_on", gettext_lazy("Concluded on"), lambda row: row.concluded_on, "day"),
            Column("delivered_on", gettext_lazy("Delivered on"), lambda row: row.delivered_on, "day"),
            Column("way", gettext_lazy("Way"), lambda row: row.get_way_display()),
            Column("taken_by", gettext_lazy("Taken by"), lambda row: row.taken_by),
            Column("household", gettext_lazy("Household number"), lambda row: row.alert.household.code, "code"),
        ),
        filters=(
            Filter("owed", gettext_lazy("Still to be delivered"), "yesno", _owed),
            Filter("late", gettext_lazy("Overdue"), "yesno", _late),
            Filter("way", gettext_lazy("Way"), "choice", lambda rows, way: rows.filter(way=way),
                   lambda _user: list(Letter.Way.choices)),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "alert__area"))),
        ),
        order=("-concluded_on", "-pk"),
        empty=gettext_lazy(
            "No letters. When a visited household is not enrolled, or is watched, a letter to it is owed here."
        ),
    )  # fmt: skip


def badge(row: Letter) -> Badge:
    """Say whether a letter was delivered, or is owed, in a pill."""
    if row.delivered_on is not None:
        return Badge(_("delivered"), "done")
    late = row.due_on is not None and row.due_on < clock.today()
    return Badge(_("overdue"), "overdue") if late else Badge(_("to be delivered"), "soon")


def page_of(row: Letter) -> str:
    """Return the address of a letter."""
    return reverse("alerts:letter", args=[row.pk])


def _head(row: Any) -> str:
    heads: list[Resident] = row.alert.household.heads
    return heads[0].shown_name if heads else row.alert.household.code


def _owed(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(delivered_on__isnull=wanted)


def _late(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    late = {"delivered_on__isnull": True, "due_on__lt": clock.today()}
    return rows.filter(**late) if wanted else rows.exclude(**late)
