"""The lists of the board: its villages, and the cases of one of them."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.board import wording
from assistance.board.next_days import NextDays
from assistance.board.wording import BoardWords
from assistance.lifecycle import CASE, RUNNING
from foundation.accounts import clock
from foundation.accounts.models import Area
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident, Visit
from households.words import Words


def villages() -> Table:
    """Return the list of villages with their counts."""
    return Table(
        "case_villages",
        title=gettext_lazy("Village boards"),
        columns=(
            Column("village", gettext_lazy("Village"), lambda row: row.name, "link",
                   url=lambda row: reverse("cases:board_of", args=[row.pk])),
            Column("under_way", pgettext_lazy("cases", "In procedure"), lambda row: row.under_way, "number"),
            Column("late", pgettext_lazy("cases", "Overdue in procedure"), lambda row: row.late or None, "number"),
            Column("held", pgettext_lazy("cases", "Enrolled"), lambda row: row.held, "number"),
        ),
        filters=(
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(_in_area(text)), nameless=True),
            Filter("any", gettext_lazy("With a case"), "yesno",
                   lambda rows, yes: rows.filter(running__gt=0) if yes else rows.filter(running=0)),
        ),
        order=("pk",),
        empty=gettext_lazy("No village of yours. Boards stand for every village in which you may see cases."),
    )  # fmt: skip


def board(area: Area) -> Table:
    """Return the board of one village."""
    words, days = BoardWords(), NextDays(area.code)
    return Table(
        "village_board",
        title=gettext_lazy("Village board"),
        columns=(
            Column("head", gettext_lazy("Head of household"), wording.head, "link",
                   url=lambda row: reverse("cases:case", args=[row.pk])),
            Column("group", gettext_lazy("Group"), lambda row: row.household.group_name),
            Column("persons", gettext_lazy("Persons"), lambda row: row.persons, "number"),
            Column("risk", pgettext_lazy("case", "Risk in a sentence"), words.risk),
            Column("state", gettext_lazy("State"), wording.state_badge, "badge"),
            Column("waits_for", pgettext_lazy("case", "Waits for"), words.waits_for),
            Column("due", pgettext_lazy("case", "Next day"), lambda row: wording.due_badge(row, days), "badge",
                   sort="step_due_on"),
            Column("help", pgettext_lazy("measure", "Measures"), wording.help_told),
            Column("visited", gettext_lazy("Last visit"), wording.visited),
            Column("opened_on", pgettext_lazy("case", "Opened on"), lambda row: row.opened_on, "day", sort="opened_on"),
            Column("number", pgettext_lazy("case", "Case number"), lambda row: row.number, "code"),
            Column("household", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
        ),
        filters=_filters(area, days),
        order=("-pk",),
        empty=gettext_lazy(
            "No case in this village. A household comes here when the township proposes it after a visit, and stays, "
            "also when its risk is removed."
        ),
    )  # fmt: skip


def _filters(area: Area, days: NextDays) -> tuple[Filter, ...]:
    words = Words()
    return (
        Filter("text", gettext_lazy("Name, household number or address"), "text", _said),
        Filter("running", pgettext_lazy("case", "Still running"), "yesno",
               lambda rows, yes: rows.filter(state__in=RUNNING) if yes else rows.exclude(state__in=RUNNING)),
        Filter("late", gettext_lazy("Overdue"), "yesno",
               lambda rows, yes: _late(rows, days, wanted=yes)),
        Filter("state", gettext_lazy("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda _user: list(CASE.states.items())),
        Filter("risk", gettext_lazy("Risk"), "choice", lambda rows, code: rows.filter(risk_types__contains=[code]),
               lambda _user: words.choices("risk_types", area.code)),
        Filter("unvisited", gettext_lazy("Not met at home for 30 days"), "yesno", _unvisited),
    )  # fmt: skip


def _in_area(text: str) -> Q:
    return in_place(text, "parent") | Q(name__icontains=text) | Q(pk__startswith=text)


def _said(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Keep households of which a member, the number, the group or the address holds what was typed."""
    named = Resident.objects.present().filter(household=OuterRef("household"), name__icontains=text)
    place = Q(household__address__icontains=text) | Q(household__group_name__icontains=text)
    return rows.filter(Exists(named) | Q(household__code__icontains=text) | place)


def _late(rows: QuerySet[Any], days: NextDays, *, wanted: bool) -> QuerySet[Any]:
    """Keep the households to whom somebody owes something that should be there by now, or all others."""
    found = days.late(rows.order_by().prefetch_related(None), clock.today())
    return rows.filter(pk__in=found) if wanted else rows.exclude(pk__in=found)


def _unvisited(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    since = clock.today() - datetime.timedelta(days=30)
    visits: Any = Visit.objects.filter(household=OuterRef("household"))
    met = Exists(visits.counting().filter(outcome=Visit.Outcome.MET, happened_on__gte=since))
    return rows.filter(~met) if wanted else rows.filter(met)
