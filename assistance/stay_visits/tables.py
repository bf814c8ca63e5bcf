"""The list of visits where households live, asked for by one's areas and asked of them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.models import StayVisit
from assistance.stay_visits.lifecycle import STAY_VISIT, WAITING
from assistance.stay_visits.telling import page_of
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within
from foundation.desk.columns import Badge
from foundation.desk.tables import Column, Filter, Table
from households.moving.tables import place_words

_TONES = {"asked": "soon", "accepted": "soon", "visited": "done"}


def rows_for(user: User) -> QuerySet[StayVisit]:
    """Return the requests that `user` may see, with both villages and those above them."""
    rows = StayVisit.objects.visible_to(user)
    return rows.select_related("case__area__parent__parent", "to_area__parent__parent")


def state_badge(row: StayVisit) -> Badge:
    """Say where a request stands, in a pill; one that is late says so."""
    tone = _TONES.get(row.state, "plain")
    late = row.state in WAITING and row.due_on is not None and row.due_on < clock.today()
    return Badge(row.state_label, "overdue" if late else tone)  # type: ignore[arg-type]


def table(user: User) -> Table:
    """Return the list; which side is one's own is asked by a filter."""
    return Table(
        "stay_visits",
        title=pgettext_lazy("stay", "Visits where households live"),
        columns=(
            Column("head", gettext_lazy("Head of household"), lambda row: row.head or "—", "link", url=page_of),
            Column("state", gettext_lazy("State"), state_badge, "badge"),
            Column("due_on", pgettext_lazy("stay", "Visit due on"), lambda row: row.due_on, "day", sort="due_on"),
            Column("from", pgettext_lazy("stay", "Own village"), lambda row: place_words(row.case.area)),
            Column("to", pgettext_lazy("stay", "Lives in"), lambda row: place_words(row.to_area)),
            Column("persons", gettext_lazy("Persons"), lambda row: row.persons, "number"),
            Column("asked_on", pgettext_lazy("stay", "Asked on"), lambda row: row.asked_on, "day"),
        ),
        filters=(
            Filter("state", gettext_lazy("State"), "choice", lambda rows, code: rows.filter(state=code),
                   lambda _user: list(STAY_VISIT.states.items())),
            Filter("to", pgettext_lazy("stay", "Asked of my areas"), "yesno",
                   lambda rows, wanted: _asked_of(rows, user, wanted)),
        ),
        order=("-pk",),
        empty=gettext_lazy(
            "No request. Where the register says that a household lives in another village of the county, the page of "
            "its case offers to ask that village for a visit."
        ),
    )  # fmt: skip


def _asked_of(rows: QuerySet[StayVisit], user: User, wanted: bool) -> QuerySet[StayVisit]:
    mine = within("to_area__code", prefixes(user, Right.VIEW_CASES))
    return rows.filter(mine) if wanted else rows.exclude(mine)
