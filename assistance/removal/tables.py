"""The list of removals: on their way, marked, and by when a household is visited again."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.deciding.tables import head_of
from assistance.models import Removal
from assistance.removal.aftercare import looked_after, near
from assistance.removal.contacts import left_behind
from assistance.removal.escalating import overdue
from assistance.removal.lifecycle import MARKED, REMOVAL, RUNNING, WAITING
from assistance.removal.returning import of_this_year
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from foundation.regulations.units import in_language
from foundation.workflow.models import Path
from foundation.workflow.paths import steps_of
from households.models import Resident
from households.models.households import HEAD


def rows_for(user: User) -> QuerySet[Removal]:
    """Return the removals that `user` may see, with village and head."""
    heads = Resident.objects.present().filter(relation=HEAD)
    rows = Removal.objects.visible_to(user).select_related("case__household", "case__area")
    return rows.prefetch_related(Prefetch("case__household__residents", heads, to_attr="heads"))


def state_badge(row: Removal) -> Badge:
    """Say where a removal stands, in a pill."""
    if row.state in RUNNING:
        return Badge(row.state_label, "action")
    tones = {"removed": "done", "rolling_back": "soon"}
    return Badge(row.state_label, tones.get(row.state, "plain"))  # type: ignore[arg-type]


def page_of(row: Removal) -> str:
    """Return the address of a removal."""
    return reverse("cases:removal", args=[row.pk])


def table() -> Table:
    """Return the list of removals."""
    names = step_names()
    return Table(
        "removals",
        title=pgettext_lazy("case", "Removals of risk"),
        columns=(
            Column("head", gettext_lazy("Head of household"), lambda row: head_of(row.case), "link", url=page_of),
            Column("state", gettext_lazy("State"), state_badge, "badge"),
            Column("waits", pgettext_lazy("case", "Waits for"),
                   lambda row: "、".join(names.get(step, step) for step in row.waits_for)),
            Column("due", gettext_lazy("Due on"), _due, "badge", sort="step_due_on"),
            Column("told", pgettext_lazy("case", "Superior told on"), lambda row: row.escalated_on, "day"),
            Column("way", pgettext_lazy("case", "Way of removal"), lambda row: row.get_way_display()),
            Column("village", gettext_lazy("Village"), lambda row: row.case.area.name),
            Column("proposed_on", pgettext_lazy("case", "Proposed on"), lambda row: row.proposed_on, "day",
                   sort="proposed_on"),
            Column("decided_on", pgettext_lazy("case", "Decided on"), lambda row: row.decided_on, "day"),
            Column("visit_due", pgettext_lazy("case", "After-care visit due on"), _visit_due, "badge",
                   sort="visit_due_on"),
            Column("number", pgettext_lazy("case", "Case number"), lambda row: row.case.number, "code"),
        ),
        filters=(
            Filter("open", pgettext_lazy("case", "Under way"), "yesno", _open),
            Filter("state", gettext_lazy("State"), "choice", lambda rows, code: rows.filter(state=code),
                   lambda _user: list(REMOVAL.states.items())),
            Filter("step", pgettext_lazy("case", "Waits for"), "choice",
                   lambda rows, code: rows.filter(state__in=RUNNING, waits_for__contains=[code]),
                   lambda _user: list(names.items())),
            Filter("late", gettext_lazy("Overdue"), "yesno", _late),
            Filter("way", pgettext_lazy("case", "Way of removal"), "choice",
                   lambda rows, code: rows.filter(way=code), lambda _user: Removal.Way.choices),
            Filter("visit", pgettext_lazy("case", "After-care visit due"), "yesno", _visit),
            Filter("returned", pgettext_lazy("case", "Removed in the last year, and back"), "yesno",
                   lambda rows, yes: back_again(rows, wanted=yes)),
            Filter("contact", pgettext_lazy("case", "Contact helps no more"), "yesno", _contact),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text, "case__area"))),
        ),
        order=("-pk",),
        empty=gettext_lazy(
            "No removal of a risk. The village proposes one on the page of a monitored household, when every guard "
            "holds."
        ),
    )  # fmt: skip


def told(reason: dict[str, str] | None) -> str:
    """Return the reason of a natural removal in the reader's language."""
    return in_language(reason["zh"], reason["en"]) if reason else ""


def step_names() -> dict[str, str]:
    """Return what the steps of the chains are called, in the order of the newest national one."""
    names: dict[str, str] = {}
    for path in Path.objects.filter(kind="removal").order_by("area", "from_day", "pk"):
        names |= {
            step.code: step.label for step in steps_of(path) if not path.area_id or step.code not in names
        }
    return names


def _visit_due(row: Removal) -> Badge | None:
    if row.visit_due_on is None or row.state not in MARKED:
        return None
    late = row.visit_due_on < clock.today()
    return Badge(row.visit_due_on.isoformat(), "overdue" if late else "plain")


def _due(row: Removal) -> Badge | None:
    if row.step_due_on is None:
        return None
    late = row.state in WAITING and row.step_due_on < clock.today()
    return Badge(row.step_due_on.isoformat(), "overdue" if late else "plain")


def _late(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    late = overdue(clock.today())
    return rows.filter(late) if wanted else rows.exclude(late)


def _open(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    return rows.filter(state__in=RUNNING) if wanted else rows.exclude(state__in=RUNNING)


def back_again(rows: QuerySet[Any], *, wanted: bool) -> QuerySet[Any]:
    """Keep the removals of the last year whose household came back within a year, or all others."""
    back = of_this_year(Removal.objects.all()).values("pk")
    return rows.filter(pk__in=back) if wanted else rows.exclude(pk__in=back)


def _visit(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    due = near(looked_after(Removal.objects.all()), "visit_due_on", "case__area").values("pk")
    return rows.filter(pk__in=due) if wanted else rows.exclude(pk__in=due)


def _contact(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    left = left_behind(Removal.objects.all()).values("pk")
    return rows.filter(pk__in=left) if wanted else rows.exclude(pk__in=left)
