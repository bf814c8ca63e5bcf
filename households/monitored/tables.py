"""The list of monitored households, as its page and its export show it."""

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident, Standing, StandingMember
from households.models.households import HEAD
from households.monitored.summary import KINDS, cases, next_month
from households.words import Words


def rows_for(user: User, area: str) -> QuerySet[Standing]:
    """Return the newest case of every household under `area`, with head, village and number of persons."""
    heads = Prefetch(
        "household__residents", Resident.objects.present().filter(relation=HEAD), to_attr="heads"
    )
    counted = StandingMember.objects.counted().filter(standing=OuterRef("pk")).order_by().values("standing")
    return (
        cases(user, area, clock.today())
        .select_related("household__area")
        .annotate(persons=Coalesce(Subquery(counted.annotate(count=Count("pk")).values("count")), 0))
        .prefetch_related(heads)
    )


def table(words: Words, area: str) -> Table:
    """Return the list; categories and risks are called as the area calls them."""
    return Table(
        "monitored",
        title=gettext_lazy("Monitored households"),
        columns=(
            Column(
                "code",
                gettext_lazy("Household number"),
                lambda row: row.household.code,
                kind="code",
                sort="household__code",
                url=lambda row: reverse("households:household", args=[row.household_id]),
            ),
            Column("head", gettext_lazy("Head"), _head),
            Column("persons", gettext_lazy("Persons"), lambda row: row.persons, kind="number"),
            Column("village", gettext_lazy("Village"), lambda row: row.household.area.name),
            Column("category", gettext_lazy("Category"), lambda row: words.standing(row.kind, area)),
            Column(
                "risks", gettext_lazy("Risks"), lambda row: words.word("risk_types", row.risk_types, area)
            ),
            Column("since", gettext_lazy("Identified"), lambda row: _month(row.from_day)),
            Column("state", gettext_lazy("State"), _state, kind="badge"),
            Column("helper", gettext_lazy("Helper"), lambda row: row.helper),
        ),
        filters=_filters(words, area),
        order=("household__code", "pk"),
        empty=gettext_lazy(
            "No monitored household here. They come with the list of monitored objects that the county takes in."
        ),
    )


def _filters(words: Words, area: str) -> tuple[Filter, ...]:
    return (
        Filter(
            "category",
            gettext_lazy("Category"),
            "choice",
            lambda rows, kind: rows.filter(kind=kind),
            lambda user: [(kind, words.standing(kind, area)) for kind in KINDS],
        ),
        Filter("removed", gettext_lazy("Risk removed"), "yesno", _removed),
        Filter(
            "risk",
            gettext_lazy("Risk"),
            "choice",
            lambda rows, code: rows.filter(risk_types__contains=[code]),
            lambda user: words.choices("risk_types", area),
        ),
        Filter(
            "helper",
            gettext_lazy("Helper"),
            "text",
            lambda rows, name: rows.filter(helper__contains=name),
        ),
    )


def _removed(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    over = rows.filter(until_day__lt=next_month(clock.today()))
    return over if wanted else rows.exclude(pk__in=over.values("pk"))


def _head(row: Any) -> str:
    return row.household.heads[0].name if row.household.heads else ""


def _month(day: Any) -> str:
    return f"{day:%Y-%m}" if day else ""


def _state(row: Any) -> Badge:
    if row.removed:
        return Badge(_("risk removed %(month)s") % {"month": _month(row.until_day)}, "done")
    return Badge(_("risk not removed"), "soon")
