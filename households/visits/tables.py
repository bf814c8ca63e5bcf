"""Lists of visits: of one's areas, of a household, of oneself."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Household, Resident, Signature, Visit
from households.models.households import HEAD
from households.querysets import VisitQuerySet
from households.visits.book import declared_of
from households.visits.naming import Names


def rows_for(user: User, household: Household | None = None) -> VisitQuerySet:
    """Return the visits that `user` may see (of one household), with everything the list shows."""
    rows: VisitQuerySet = Visit.objects.visible_to(user)
    if household is not None:
        rows = rows.filter(household=household)
    heads = Resident.objects.present().filter(relation=HEAD)
    rows = rows.annotate(owes=Exists(_owed()))
    return rows.select_related("household", "area", "questionnaire").prefetch_related(
        Prefetch("household__residents", heads, to_attr="heads"), "visitors"
    )


def table(user: User, *, of_household: bool = False) -> Table:
    """Return the list for `user`; of one household it leaves out whose it is."""
    names = Names(user)
    whose = (
        Column("head", gettext_lazy("Head of household"), _head),
        Column("household", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
        Column("village", gettext_lazy("Village"), lambda row: row.area.name),
    )
    return Table(
        "visits_of_household" if of_household else "visits",
        title=pgettext_lazy("visit", "Visits"),
        columns=(
            Column("day", gettext_lazy("Day of the visit"), lambda row: row.happened_on.isoformat(), "link", url=_page),
            *(() if of_household else whose),
            Column("what", pgettext_lazy("visit", "Kind"), lambda row: declared_of(row.questionnaire).name),
            Column("way", gettext_lazy("Way"), lambda row: row.get_way_display()),
            Column("outcome", pgettext_lazy("visit", "Outcome"), outcome, "badge"),
            Column("visitors", gettext_lazy("Visitors"), lambda row: names.of(row.visitors.all())),
            Column("owed", gettext_lazy("Signatures owed"), _owing, "badge"),
            Column("entered", gettext_lazy("Entered on"), lambda row: row.entered_on, "day"),
        ),
        filters=_filters(user, of_household=of_household),
        order=("-happened_on", "-pk"),
        empty=gettext_lazy("No visit was written down yet. Open a household and write down what you found there."),
    )  # fmt: skip


def owing_of(user: User, rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """Keep the visits of `user` that stand and still owe a signature."""
    return taken_part(rows, user, True).filter(Exists(_owed()), state="recorded")


def outcome(row: Visit) -> Badge:
    """Return whether somebody was met, or that the visit counts no more."""
    if not row.counts:
        return Badge(row.state_label)
    return Badge(row.get_outcome_display(), "done" if row.outcome == Visit.Outcome.MET else "soon")


def _filters(user: User, *, of_household: bool) -> tuple[Filter, ...]:
    where = (
        Filter("mine", gettext_lazy("My own"), "yesno", lambda rows, yes: taken_part(rows, user, yes)),
        Filter(
            "area",
            gettext_lazy("Area (code or name)"),
            "text",
            lambda rows, text: rows.filter(in_place(text)),
        ),
    )
    return (
        *(() if of_household else where),
        Filter("way", gettext_lazy("Way"), "choice", lambda rows, way: rows.filter(way=way),
               lambda _user: list(Visit.Way.choices)),
        Filter("outcome", pgettext_lazy("visit", "Outcome"), "choice",
               lambda rows, outcome: rows.filter(outcome=outcome, state="recorded"),
               lambda _user: list(Visit.Outcome.choices)),
        Filter("owed", gettext_lazy("Signatures owed"), "yesno",
               lambda rows, yes: rows.filter(Exists(_owed()) if yes else ~Exists(_owed()))),
        Filter("annulled", pgettext_lazy("visit", "Annulled"), "yesno",
               lambda rows, yes: rows.filter(state="annulled" if yes else "recorded")),
    )  # fmt: skip


def _owed() -> QuerySet[Signature]:
    """Return the signatures that a visit of the outer query still owes."""
    of_visit = Signature.objects.filter(
        owner_model=Visit._meta.label_lower, owner_id=Cast(OuterRef("pk"), CharField())
    )
    return of_visit.unsigned()


def _owing(row: Any) -> Badge | None:
    return Badge(_("owed"), "soon") if row.owes else None


def taken_part(rows: QuerySet[Any], user: User, wanted: bool) -> QuerySet[Any]:
    """Keep the visits in which `user` took part, or those in which they did not."""
    own = Visit.visitors.through.objects.filter(user=user).values("visit")
    return rows.filter(pk__in=own) if wanted else rows.exclude(pk__in=own)


def _head(row: Any) -> str:
    heads: list[Resident] = row.household.heads
    return heads[0].shown_name if heads else _("nobody")


def _page(row: Visit) -> str:
    return reverse("households:visit", args=[row.pk])
