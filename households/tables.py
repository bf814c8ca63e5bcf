"""The list of households: its columns, its filters, and the rows with everything they show."""

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import COUNTED, Column, Filter, Table
from households import search
from households.ages import age
from households.identity import showing
from households.models import Household, Resident, Standing
from households.models.households import HEAD
from households.standing_line import badges
from households.words import Words

#: What one may ask of drinking water.
_WATER: dict[str, bool | None] = {"safe": True, "unsafe": False, "unstated": None}


def rows_for(user: User) -> QuerySet[Household]:
    """Return the households that `user` may see, with village, head, members and standing; no query per row."""
    members = Resident.objects.present().filter(household=OuterRef("pk")).order_by().values("household")
    heads = Resident.objects.present().filter(relation=HEAD)
    return (
        Household.objects.visible_to(user)
        .select_related("area", "phone")
        .annotate(members=Coalesce(Subquery(members.annotate(count=Count("pk")).values("count")), 0))
        .prefetch_related(
            Prefetch("residents", heads, to_attr="heads"),
            Prefetch("standings", _standings_today(), to_attr="standings_today"),
        )
    )


def table(words: Words, user: User) -> Table:
    """Return the list for `user`, its standings called as the areas call them."""

    def standing(row: Any) -> list[Badge]:
        gone = [Badge(_("dissolved"))] if row.dissolved_on else []
        return gone + badges(row.standings_today, words, row.area_id)

    return Table(
        "households",
        title=gettext_lazy("Households"),
        columns=(
            Column(
                "head",
                gettext_lazy("Head (age)"),
                lambda row: _head(row) or row.code,
                kind="link",
                url=lambda row: reverse("households:household", args=[row.pk]),
            ),
            Column("code", gettext_lazy("Household number"), lambda row: row.code, kind="code", sort="code"),
            Column("members", gettext_lazy("Members"), lambda row: row.members, kind="number"),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name, sort="area_id"),
            Column("group", gettext_lazy("Group"), lambda row: row.group_name),
            Column("standing", gettext_lazy("Standing"), standing, kind="badges"),
            Column("phone", gettext_lazy("Telephone"), _phone, kind="code"),
        ),
        filters=_filters(words, user),
        order=("area_id", "code", "pk"),
        empty=gettext_lazy(
            "No households here yet. They come with the register file that a county dispatcher takes in."
        ),
    )


def _filters(words: Words, reader: User) -> tuple[Filter, ...]:
    return (
        Filter(
            "head",
            gettext_lazy("Name of the head"),
            "text",
            lambda rows, text: rows.filter(pk__in=search.with_head(reader, text)),
        ),
        Filter(
            "area",
            gettext_lazy("Area (code or name)"),
            "text",
            lambda rows, text: rows.filter(in_place(text)),
        ),
        Filter(
            "group", gettext_lazy("Group"), "text", lambda rows, text: rows.filter(group_name__icontains=text)
        ),
        Filter(
            "standing", gettext_lazy("Standing"), "choice", _by_standing, lambda user: _standings(user, words)
        ),
        Filter("monitored", gettext_lazy("Monitored"), "yesno", _monitored),
        Filter(
            "grade",
            gettext_lazy("Grade of the dwelling"),
            "choice",
            lambda rows, grade: rows.filter(house_grade=grade),
            lambda user: Household.Grade.choices,
        ),
        Filter(
            "water",
            gettext_lazy("Drinking water"),
            "choice",
            _by_water,
            lambda user: [
                ("safe", gettext_lazy("safe")),
                ("unsafe", gettext_lazy("unsafe")),
                ("unstated", gettext_lazy("not stated")),
            ],
        ),
        Filter(
            "dissolved",
            gettext_lazy("Dissolved"),
            "yesno",
            lambda rows, wanted: rows.filter(dissolved_on__isnull=not wanted),
        ),
    )


def _standings(user: User, words: Words) -> list[tuple[str, str]]:
    """Return the kinds as the first area of the reader calls them."""
    return words.standings(min((duty.area for duty in user.duties()), default=""))


def _by_standing(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return rows.filter(pk__in=_standings_today().filter(kind=kind).values("household"))


def _monitored(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    """Keep what is, or is not, in one of the three categories today."""
    monitored = _standings_today().filter(kind__in=Standing.MONITORED).values("household")
    return rows.filter(pk__in=monitored) if wanted else rows.exclude(pk__in=monitored)


def _by_water(rows: QuerySet[Any], key: str) -> QuerySet[Any]:
    safe = _WATER[key]
    return rows.filter(water_safe__isnull=True) if safe is None else rows.filter(water_safe=safe)


def _standings_today() -> QuerySet[Standing]:
    """Return what holds today for households, and for members who are still there.

    PERF: one outer join answers both; a subquery of all who are present is read whole by PostgreSQL.
    """
    stays = Q(resident__left_on__isnull=True) | Q(resident__left_on__gt=clock.today())
    return Standing.objects.in_force().filter(stays).order_by("pk")


def _head(row: Any) -> str:
    if not row.heads:
        return ""
    (head,) = row.heads
    years = age(head.born_on)
    if years is None:
        return str(head.name)
    return _("%(name)s (%(age)d)") % {"name": head.name, "age": years}


def _phone(row: Any) -> str:
    return showing.masked_one(row.phone)


def monitored_count(user: User) -> int:
    """Count the households of `user` that are in one of the three categories today, up to 1,000."""
    return _monitored(Household.objects.visible_to(user).living(), True).order_by()[:COUNTED].count()
