"""The list of moves into one's areas and out of them, and what a move is in words."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within
from foundation.desk.columns import Badge
from foundation.desk.tables import Column, Filter, Table
from households.models import HouseholdMove
from households.moving.deadlines import day_of
from households.moving.lifecycle import HOUSEHOLD_MOVE
from households.moving.telling import page_of

_TONES = {"proposed": "soon", "referred": "overdue", "accepted": "done"}


def rows_for(user: User) -> QuerySet[HouseholdMove]:
    """Return the moves that `user` may see, with both villages and those above them."""
    rows = HouseholdMove.objects.visible_to(user)
    return rows.select_related("household", "from_area__parent__parent", "to_area__parent__parent")


def state_badge(row: HouseholdMove) -> Badge:
    """Say where a move stands, in a pill."""
    return Badge(row.state_label, _TONES.get(row.state, "plain"))  # type: ignore[arg-type]


def clock_words(row: HouseholdMove) -> str:
    """Say which day of the clock it is; empty where none runs."""
    found = day_of(row)
    if found is None:
        return ""
    day, of = found
    if day > of:
        return _("overdue, %(of)d days were given") % {"of": of}
    return _("day %(day)d of %(of)d") % {"day": day, "of": of}


def what_words(row: HouseholdMove) -> str:
    """Say whether a household moves or one person, and what happened to them."""
    if not row.of_person:
        return pgettext("move", "household")
    return pgettext("move", "one person: %(kind)s") % {"kind": row.get_kind_display()}


def place_words(area: Any) -> str:
    """Return a village with its township and county: the two sides know nothing of each other."""
    above = area.parent
    names = [above.parent.name if above and above.parent else "", above.name if above else "", area.name]
    return "".join(names)


def table(user: User) -> Table:
    """Return the list; which side is one's own is asked by a filter."""
    return Table(
        "household_moves",
        title=pgettext_lazy("move", "Moves of households and people"),
        columns=(
            Column("head", pgettext_lazy("move", "Head, or person"), lambda row: row.head, "link", url=page_of),
            Column("what", pgettext_lazy("move", "What moves"), what_words),
            Column("state", gettext_lazy("State"), state_badge, "badge"),
            Column("clock", pgettext_lazy("move", "Clock"), clock_words),
            Column("due_on", pgettext_lazy("move", "Answer due on"),
                   lambda row: row.due_on if row.state == "proposed" else None, "day"),
            Column("from", pgettext_lazy("move", "From"), lambda row: place_words(row.from_area)),
            Column("to", pgettext_lazy("move", "To"), lambda row: place_words(row.to_area)),
            Column("persons", gettext_lazy("Persons"), lambda row: row.persons, "number"),
            Column("proposed_on", pgettext_lazy("move", "Proposed on"), lambda row: row.proposed_on, "day",
                   sort="proposed_on"),
            Column("effective_on", pgettext_lazy("move", "In force from"), lambda row: row.effective_on, "day"),
        ),
        filters=(
            Filter("state", gettext_lazy("State"), "choice", lambda rows, code: rows.filter(state=code),
                   lambda _user: list(HOUSEHOLD_MOVE.states.items())),
            Filter("what", pgettext_lazy("move", "One person alone"), "yesno",
                   lambda rows, wanted: rows.exclude(kind="") if wanted else rows.filter(kind="")),
            Filter("to", pgettext_lazy("move", "To my areas"), "yesno",
                   lambda rows, wanted: _side(rows, "to_area", user, wanted)),
            Filter("from", pgettext_lazy("move", "From my areas"), "yesno",
                   lambda rows, wanted: _side(rows, "from_area", user, wanted)),
        ),
        order=("-pk",),
        empty=gettext_lazy(
            "No move. On the page of a household that moves to another village, “Move” proposes it to the area "
            "where it will belong; of one person, “Family event” does."
        ),
    )  # fmt: skip


def _side(rows: QuerySet[HouseholdMove], column: str, user: User, wanted: bool) -> QuerySet[HouseholdMove]:
    mine = within(f"{column}__code", prefixes(user, Right.VIEW_HOUSEHOLDS))
    return rows.filter(mine) if wanted else rows.exclude(mine)
