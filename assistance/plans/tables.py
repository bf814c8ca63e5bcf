"""The list of monitored households with where the plan of each stands, and what landed."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from alerts.verification.due import Reckoner
from assistance.lifecycle import HELD
from assistance.lifecycle_of_help import PLAN
from assistance.measures.counting import measure_counts
from assistance.models import Case, Plan
from assistance.plans.bare import BareRisks, told
from assistance.plans.clocks import FIRST_MONTHS, PLAN_DAYS, landed_here
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.columns import Badge, ReadyView, Tone
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.models import Resident
from households.models.households import HEAD

MISSING, NOTHING, REVISIT, BARE = "missing", "nothing", "revisit", "bare"
VIEWS = (
    ReadyView(pgettext_lazy("view", "All households"), ""),
    ReadyView(pgettext_lazy("view", "Without a plan"), "state=missing"),
    ReadyView(pgettext_lazy("view", "To approve"), "state=submitted"),
    ReadyView(pgettext_lazy("view", "Nothing landed yet"), "state=nothing"),
    ReadyView(pgettext_lazy("view", "A risk is bare"), "state=bare"),
)
_TONES: dict[str, Tone] = {"submitted": "action", "approved": "done", "returned": "soon"}


def rows_for(user: User) -> QuerySet[Case]:
    """Return the monitored households that `user` may see, with plan and counts; no query per row."""
    newest = Plan.objects.filter(case=OuterRef("pk")).order_by("-number")
    heads = Resident.objects.present().filter(relation=HEAD)
    return (
        Case.objects.visible_to(user)
        .filter(state__in=HELD)
        .select_related("household", "area")
        .annotate(
            plan_state=Subquery(newest.values("state")[:1]),
            plan_key=Subquery(newest.values("pk")[:1]),
            plan_holds=Exists(Plan.objects.filter(case=OuterRef("pk"), state__in=("submitted", "approved"))),
            bare=BareRisks(),
            **measure_counts(),
        )
        .prefetch_related(Prefetch("household__residents", heads, to_attr="heads"))
    )


def table() -> Table:
    """Return the list, those first that were decided last."""
    reckoner = Reckoner(clock.today())
    return Table(
        "plans",
        title=pgettext_lazy("plan", "Plans of households"),
        columns=(
            Column("head", gettext_lazy("Head of household"), _head, "link", url=_page),
            Column("plan", pgettext_lazy("plan", "Plan"), _badge, "badge"),
            Column("bare", pgettext_lazy("plan", "Risk without a measure"), lambda row: told(row.bare, row.area_id)),
            Column("due", pgettext_lazy("plan", "Plan due on"), lambda row: _due(row, reckoner), "day"),
            Column("promised", pgettext_lazy("plan", "Measures"), lambda row: row.promised, "number"),
            Column("landed", pgettext_lazy("plan", "Landed"), lambda row: row.landed, "number"),
            Column("late", pgettext_lazy("plan", "Overdue"), lambda row: row.late or None, "number"),
            Column("first", pgettext_lazy("plan", "First measure due on"), lambda row: _first(row, reckoner), "day"),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("decided", pgettext_lazy("case", "Decided on"), lambda row: row.decided_on, "day",
                   sort="decided_on"),
            Column("number", pgettext_lazy("case", "Case number"), lambda row: row.number, "code"),
        ),
        filters=(
            Filter("state", pgettext_lazy("plan", "Plan"), "choice", _in_state, _states),
            Filter("late", pgettext_lazy("plan", "With overdue answers"), "yesno",
                   lambda rows, yes: rows.filter(late__gt=0) if yes else rows.filter(late=0)),
            Filter("area", gettext_lazy("Area (name or code)"), "text",
                   lambda rows, text: rows.filter(in_place(text)), nameless=True),
        ),
        order=("-pk",),
        empty=pgettext_lazy("plan", "No monitored household. One comes here when the county has decided on its case."),
        views=VIEWS,
    )  # fmt: skip


def _states(_user: User) -> list[tuple[str, Any]]:
    special = [
        (MISSING, pgettext_lazy("plan", "no plan")),
        (NOTHING, pgettext_lazy("plan", "nothing landed")),
        (BARE, pgettext_lazy("plan", "holds, but a risk is bare")),
        (REVISIT, pgettext_lazy("plan", "development measure to look at again")),
    ]
    shown = ("submitted", "approved", "returned")
    return [*special, *((key, word) for key, word in PLAN.states.items() if key in shown)]


def _in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Keep a state of the newest plan; what is only listed and not demanded is left out of what is missing."""
    demanded = ~Q(origin=Case.Origin.IMPORT) & Q(decided_on__isnull=False)
    if state == MISSING:
        return rows.filter(demanded, plan_holds=False)
    if state == NOTHING:
        return rows.filter(demanded, ~landed_here())
    if state == BARE:
        return rows.filter(plan_holds=True, bare__len__gt=0)
    if state == REVISIT:
        due = Plan.objects.in_force().filter(case=OuterRef("pk"), revisit_on__lte=clock.today())
        return rows.filter(Exists(due))
    return rows.filter(plan_state=state)


def _head(row: Any) -> str:
    heads: list[Resident] = row.household.heads
    return heads[0].shown_name if heads else row.household.code


def _page(row: Any) -> str:
    if row.plan_state == "submitted":
        return reverse("cases:plan", args=[row.plan_key])
    return reverse("cases:case", args=[row.pk])


def _badge(row: Any) -> Badge:
    if row.plan_state is None:
        return Badge(pgettext("plan", "no plan"), "plain" if row.origin == Case.Origin.IMPORT else "soon")
    return Badge(PLAN.states[row.plan_state], _TONES.get(row.plan_state, "plain"))


def _due(row: Any, reckoner: Reckoner) -> datetime.date | None:
    return None if row.plan_holds else _last(row, PLAN_DAYS, reckoner)


def _first(row: Any, reckoner: Reckoner) -> datetime.date | None:
    return None if row.landed else _last(row, FIRST_MONTHS, reckoner)


def _last(row: Any, rule: str, reckoner: Reckoner) -> datetime.date | None:
    if row.decided_on is None or row.origin == Case.Origin.IMPORT:
        return None
    return reckoner.last(rule, row.area_id, row.decided_on)
