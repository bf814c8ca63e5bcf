"""The lists of compared lists, and of the differences of one."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.models import RosterComparison, RosterDifference
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Standing

_KNOWN = {kind.value for kind in Standing.Kind}


def comparisons(user: User) -> tuple[Table, Any]:
    """Return the list of compared lists with what waits in each, and its rows."""
    rows = RosterComparison.objects.visible_to(user).select_related("area")
    own = RosterDifference.objects.visible_to(user)
    open_now = Count("differences", filter=Q(differences__in=own, differences__outcome=""))
    return _COMPARISONS, rows.annotate(waiting=open_now)


def page_of(row: Any) -> str:
    """Return the address of a compared list."""
    return reverse("cases:roster", args=[row.pk])


_COMPARISONS = Table(
    "roster_comparisons",
    title=pgettext_lazy("roster", "Lists of civil affairs"),
    columns=(
        Column("area", gettext_lazy("Area"), lambda row: row.area.name, "link", url=page_of),
        Column("as_of", pgettext_lazy("roster", "As of"), lambda row: row.as_of, "day"),
        Column("waiting", pgettext_lazy("roster", "To settle"), lambda row: row.waiting, "number"),
        Column("rows", pgettext_lazy("roster", "Rows"), lambda row: row.rows, "number"),
        Column("same", pgettext_lazy("roster", "The same on both sides"), lambda row: row.same, "number"),
        Column("monitored", pgettext_lazy("roster", "In monitored households"), lambda row: row.monitored, "number"),
        Column("rejected", pgettext_lazy("roster", "Could not be compared"), lambda row: row.rejected, "number"),
        Column("made", pgettext_lazy("roster", "Compared on"), lambda row: row.made_on, "day"),
    ),
    order=("-pk",),
    empty=gettext_lazy("No list of civil affairs was compared yet: hand one in, or take ours out for them."),
)  # fmt: skip


def differences(user: User, form: str = "") -> Table:
    """Return the list of differences; `form` takes those that are ticked.

    Who sees the households of the register is led to them; who settled is named to those who know the person.
    """
    linked = user.holds(Right.VIEW_HOUSEHOLDS)
    known = set(User.objects.visible_to(user).values_list("pk", flat=True))
    return Table(
        "roster_differences",
        title=pgettext_lazy("roster", "Differences to the list of civil affairs"),
        columns=(
            Column("person", gettext_lazy("Person"), lambda row: row.person, "link" if linked else "text",
                   url=_household if linked else None),
            Column("kind", pgettext_lazy("roster", "Difference"), lambda row: Badge(row.get_kind_display()), "badge"),
            Column("here", pgettext_lazy("roster", "here"), lambda row: words(row.here)),
            Column("there", pgettext_lazy("roster", "on their list"), lambda row: words(row.there)),
            Column("village", gettext_lazy("Village"),
                   lambda row: row.household.area.name if row.household else ""),
            Column("outcome", pgettext_lazy("roster", "Outcome"), _outcome, "badge"),
            Column("reason", pgettext_lazy("roster", "Reason"), lambda row: row.reason),
            Column("settled", pgettext_lazy("roster", "Settled on"), lambda row: row.settled_on, "day"),
            Column("by", pgettext_lazy("roster", "Settled by"),
                   lambda row: row.settled_by.name if row.settled_by_id in known else ""),
        ),
        filters=(
            Filter("kind", pgettext_lazy("roster", "Difference"), "choice", lambda rows, code: rows.filter(kind=code),
                   lambda _user: RosterDifference.Kind.choices),
            Filter("open", pgettext_lazy("roster", "To settle"), "yesno", _open),
            Filter("outcome", pgettext_lazy("roster", "Outcome"), "choice",
                   lambda rows, code: rows.filter(outcome=code), lambda _user: RosterDifference.Outcome.choices),
            Filter("area", gettext_lazy("Area (code or name)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "household__area")), nameless=True),
        ),
        order=("kind", "pk"),
        empty=gettext_lazy("No difference: the list and the register say the same, or none fits the filters."),
        form=form,
    )  # fmt: skip


def words(kept: str) -> str:
    """Return kinds of assistance in the reader's language; a day stays as it is."""
    return "、".join(str(Standing.Kind(code).label) if code in _KNOWN else code for code in kept.split())


def _household(row: RosterDifference) -> str:
    return reverse("households:household", args=[row.household_id]) if row.household_id else ""


def _outcome(row: RosterDifference) -> Badge | None:
    return Badge(row.get_outcome_display(), "done") if row.outcome else None


def _open(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(outcome="") if wanted else rows.exclude(outcome="")
