"""The list of cases: where each stands, what it waits for, and when that is due."""

import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from alerts.verification.marks import soon_days
from assistance import wording
from assistance.enrolment.escalating import first_due, overdue
from assistance.enrolment.responsible import steps_of
from assistance.finding import number_of
from assistance.lifecycle import CASE, HELD, UNDER_WAY
from assistance.models import Case
from assistance.overview.checked import enrolled_after_check
from assistance.querysets import CaseQuerySet
from assistance.wording import StepNames
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level
from foundation.accounts.scope import prefixes
from foundation.desk import list_visits
from foundation.desk.columns import Badge, ReadyView
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from foundation.desk.templatetags.shell import relative
from foundation.regulations.lookup import book
from households import search
from households.models import Resident, Standing
from households.models.households import HEAD

#: The list under which visits are remembered.
LIST = "cases"
VIEWS = (
    ReadyView(pgettext_lazy("view", "All cases"), ""),
    ReadyView(pgettext_lazy("view", "Waiting for my step"), "mine=yes"),
    ReadyView(pgettext_lazy("view", "New since my last visit"), "new=yes"),
    ReadyView(pgettext_lazy("view", "In procedure"), "state=open"),
    ReadyView(pgettext_lazy("view", "Sent back"), "returned=yes"),
    ReadyView(pgettext_lazy("view", "Overdue"), "due=overdue"),
    ReadyView(pgettext_lazy("view", "To answer"), "asks=yes"),
)
_DUE = (
    ("overdue", pgettext_lazy("deadline", "overdue")),
    ("today", pgettext_lazy("deadline", "due today")),
    ("soon", pgettext_lazy("deadline", "due soon")),
    ("later", pgettext_lazy("deadline", "due later")),
    ("none", pgettext_lazy("deadline", "no deadline runs")),
)


def rows_for(user: User) -> CaseQuerySet:
    """Return the cases that `user` may see, with village and head; no query per row."""
    heads = Resident.objects.present().filter(relation=HEAD)
    rows = Case.objects.visible_to(user).select_related("household", "area")
    return rows.prefetch_related(Prefetch("household__residents", heads, to_attr="heads"))


def newest() -> int:
    """Return the key of the newest case of all: what comes after it is new to who looks now."""
    return Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def table(user: User) -> Table:
    """Return the list of cases for `user`."""
    names = StepNames()
    return Table(
        LIST,
        title=pgettext_lazy("case", "Cases"),
        columns=(
            Column("head", gettext_lazy("Head of household"), _head, "link", url=_page),
            Column("state", gettext_lazy("State"), wording.state_badge, "badge"),
            Column("step", pgettext_lazy("case", "Waits for"), lambda row: names.told(row.waits_for)),
            Column("due", pgettext_lazy("alert", "Due"), _due_badge, "badge", sort="step_due_on"),
            Column("marks", gettext_lazy("Marks"), wording.marks, "badges"),
            Column("category", pgettext_lazy("case", "Category"), lambda row: row.get_category_display()),
            Column("village", gettext_lazy("Village"), lambda row: row.area.name),
            Column("origin", pgettext_lazy("case", "Came by"), lambda row: row.get_origin_display()),
            Column("opened_on", gettext_lazy("Opened on"), lambda row: row.opened_on, "day", sort="opened_on"),
            Column("decided_on", pgettext_lazy("case", "Decided on"), lambda row: row.decided_on, "day",
                   sort="decided_on"),
            Column("total", pgettext_lazy("case", "Whole due on"), lambda row: row.total_due_on, "day",
                   sort="total_due_on"),
            Column("level", pgettext_lazy("case", "Risk level"), lambda row: row.get_level_display()),
            Column("number", pgettext_lazy("case", "Case number"), lambda row: row.number, "code"),
            Column("household", gettext_lazy("Household number"), lambda row: row.household.code, "code"),
        ),
        filters=_filters(user, names),
        order=("-pk",),
        empty=pgettext_lazy(
            "case",
            "No cases. One is opened when the township proposes a household whose visit found a risk, for a written "
            "application, or for a disaster.",
        ),
        views=VIEWS,
    )  # fmt: skip


def _filters(user: User, names: StepNames) -> tuple[Filter, ...]:
    county = min(prefixes(user, CaseQuerySet.read_right), default="")[: Level.COUNTY]
    return (
        Filter("q", gettext_lazy("Name, household number"), "text",
               lambda rows, text: rows.filter(_with_words(user, text))),
        Filter("step", pgettext_lazy("case", "Waits for"), "choice",
               lambda rows, step: rows.filter(state__in=UNDER_WAY, waits_for__contains=[step]),
               lambda _user: names.choices()),
        Filter("state", gettext_lazy("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda _user: list(CASE.states.items())),
        Filter("held", pgettext_lazy("case", "Monitored now"), "yesno",
               lambda rows, yes: rows.filter(state__in=HELD) if yes else rows.exclude(state__in=HELD), more=True),
        Filter("checked", pgettext_lazy("case", "Enrolled after a check, in the last year"), "yesno", _checked,
               more=True),
        Filter("due", gettext_lazy("Deadline"), "choice", lambda rows, asked: _due(rows, asked, county),
               lambda _user: list(_DUE)),
        Filter("area", gettext_lazy("Area (name or code)"), "text",
               lambda rows, text: rows.filter(in_place(text)), nameless=True),
        Filter("category", pgettext_lazy("case", "Category"), "choice",
               lambda rows, kind: rows.filter(category=kind),
               lambda _user: [(kind.value, kind.label) for kind in Standing.MONITORED], more=True),
        Filter("origin", pgettext_lazy("case", "Came by"), "choice",
               lambda rows, origin: rows.filter(origin=origin), lambda _user: Case.Origin.choices, more=True),
        Filter("mine", pgettext_lazy("case", "Waiting for my step"), "yesno",
               lambda rows, wanted: _mine(rows, user, wanted=wanted), more=True),
        Filter("new", pgettext_lazy("alert", "New to me"), "yesno",
               lambda rows, wanted: _new(rows, user, wanted=wanted), more=True),
        Filter("returned", pgettext_lazy("case", "Sent back"), "yesno", _returned, more=True),
        Filter("asks", pgettext_lazy("case", "New risk or changed facts to answer"), "yesno", _asks, more=True),
        Filter("fast", pgettext_lazy("case", "Help first"), "yesno",
               lambda rows, wanted: rows.filter(fast_track=wanted), more=True),
        Filter("opened_from", gettext_lazy("Opened from"), "day",
               lambda rows, day: rows.filter(opened_on__gte=day), more=True),
        Filter("opened_to", gettext_lazy("Opened until"), "day",
               lambda rows, day: rows.filter(opened_on__lte=day), more=True),
    )  # fmt: skip


def _head(row: Any) -> str:
    heads: list[Resident] = row.household.heads
    return heads[0].shown_name if heads else row.household.code


def _page(row: Case) -> str:
    return reverse("cases:case", args=[row.pk])


def _due_badge(row: Case) -> Badge | None:
    """Return the nearer of both last days, as far away as it is; None where none runs."""
    due = first_due(row)
    if due is None:
        return None
    left = (due - clock.today()).days
    tone = "overdue" if left < 0 else "soon" if left <= 1 else "plain"
    return Badge(f"{due.isoformat()} {relative(due)}", tone)  # type: ignore[arg-type]


def _due(rows: QuerySet[Any], asked: str, county: str) -> QuerySet[Any]:
    today = clock.today()
    soon = today + datetime.timedelta(days=soon_days(book(), county, today))
    running = Q(state__in=UNDER_WAY, step_due_on__isnull=False) | Q(state="open", total_due_on__isnull=False)

    def by(last: datetime.date) -> Q:
        near = Q(state__in=UNDER_WAY, step_due_on__lte=last) | Q(state="open", total_due_on__lte=last)
        return near & ~overdue(today)

    fits = {
        "overdue": overdue(today),
        "today": by(today),
        "soon": by(soon),
        "later": running & ~overdue(today) & ~by(soon),
        "none": ~running,
    }
    return rows.filter(fits[asked])


def _mine(rows: QuerySet[Any], user: User, *, wanted: bool) -> QuerySet[Any]:
    fits = Q(state__in=UNDER_WAY, waits_for__overlap=list(steps_of(user)))
    return rows.filter(fits if wanted else ~fits)


def _new(rows: QuerySet[Any], user: User, *, wanted: bool) -> QuerySet[Any]:
    since = list_visits.new_after(user, LIST)
    return rows.filter(pk__gt=since) if wanted else rows.filter(pk__lte=since)


def _returned(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    fits = Q(state__in=UNDER_WAY, returned__gt=0)
    return rows.filter(fits if wanted else ~fits)


def _checked(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    fits = enrolled_after_check(Case.objects.all()).order_by().values("pk")
    return rows.filter(pk__in=fits) if wanted else rows.exclude(pk__in=fits)


def _asks(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    fits = Q(pk__in=_asked("basischanges")) | Q(pk__in=_asked("caserisks"))
    return rows.filter(fits if wanted else ~fits)


def _asked(name: str) -> QuerySet[Any]:
    waiting = {f"{name}__isnull": False, f"{name}__answered_on__isnull": True}
    return Case.objects.filter(**waiting).order_by().values("pk")


def _with_words(user: User, text: str) -> Q:
    """Return the condition that the head is called so, that the number begins so, or that it is the case's own."""
    found = Q(household__in=search.with_head(user, text))
    if not (text.isdecimal() and len(text) in (11, 15, 17, 18)):
        found |= Q(household__in=[each.pk for each in search.households(user, text, most=500)])
    key = number_of(text)
    return found | Q(pk=key) if key else found
