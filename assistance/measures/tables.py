"""The task list of an office: what it is asked to do for households, and what came of it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assistance.catalogue.words import CatalogueWords
from assistance.lifecycle_of_help import MEASURE
from assistance.measures.wording import answer_told, badge, office_of
from assistance.models import Case, Measure
from assistance.querysets_of_help import MeasureQuerySet
from foundation.accounts import clock
from foundation.accounts.models import Department, User
from foundation.desk.columns import ReadyView
from foundation.desk.place_filter import in_place
from foundation.desk.tables import Column, Filter, Table
from households.identity import showing
from households.models import Resident
from households.models.households import HEAD
from monitoring.comparison.subjects import Subjects

_TOWNSHIP = "township"
VIEWS = (
    ReadyView(pgettext_lazy("view", "Everything asked"), ""),
    ReadyView(pgettext_lazy("view", "Waiting for an answer"), "state=asked"),
    ReadyView(pgettext_lazy("view", "Overdue"), "late=yes"),
    ReadyView(pgettext_lazy("view", "Landed"), "state=landed"),
    ReadyView(pgettext_lazy("view", "Landed, no record of aid"), "recorded=no"),
)


class Names:
    """Whom a measure is for, as far as a reader may know: offices read masked names until they ask (answering.whom)."""

    def __init__(self, user: User) -> None:
        """Remember for whom, and which cases are lent to them."""
        self._subjects = Subjects(user)
        self._lent = frozenset(Case.objects.lent_to(user))

    def who(self, row: Measure) -> str:
        """Name the member, or the household by its head."""
        person = row.resident or self._head(row)
        if person is None:
            return pgettext("measure", "the household")
        name = person.shown_name if str(row.case_id) in self._lent else self._subjects.name(person)
        return name if row.resident else pgettext("measure", "household of %(name)s") % {"name": name}

    def number(self, row: Measure) -> str:
        """Return the ID number of the member, masked, for the office that looks for them in its own files."""
        person = row.resident or self._head(row)
        return "" if person is None else showing.masked_one(person.identity)

    @staticmethod
    def _head(row: Measure) -> Resident | None:
        return next(
            (
                each
                for each in row.case.household.residents.all()
                if each.relation == HEAD and not each.left_on
            ),
            None,
        )


def rows_for(user: User) -> QuerySet[Measure]:
    """Return the measures that `user` may see and that were asked for; no query per row."""
    return with_all(Measure.objects.visible_to(user).filter(asked_on__isnull=False))


def with_all(rows: MeasureQuerySet) -> QuerySet[Measure]:
    """Read with measures everything that a list or a page shows of them."""
    return (
        rows.with_aid()
        .select_related("case__household", "case__area", "resident", "department", "kept_area")
        .prefetch_related("case__household__residents")
    )


def table_for(user: User) -> Table:
    """Return the task list for one reader: names as their work needs them."""
    names = Names(user)
    return Table(
        "measures",
        title=pgettext_lazy("measure", "Help asked of us"),
        columns=(
            Column("name", pgettext_lazy("measure", "Measure"), lambda row: row.called, "link",
                   url=lambda row: reverse("cases:measure", args=[row.pk])),
            Column("who", pgettext_lazy("measure", "For"), names.who),
            Column("state", gettext_lazy("State"), badge, "badge"),
            Column("due", pgettext_lazy("measure", "Answer due on"), lambda row: row.due_on, "day", sort="due_on"),
            Column("told", pgettext_lazy("measure", "Answer"), answer_told),
            Column("aid", pgettext_lazy("measure", "Aid recorded since"), lambda row: row.first_aid, "day"),
            Column("village", gettext_lazy("Village"), lambda row: row.case.area.name),
            Column("office", pgettext_lazy("measure", "Department"), office_of),
            Column("asked", pgettext_lazy("measure", "Asked on"), lambda row: row.asked_on, "day", sort="asked_on"),
            Column("amount", pgettext_lazy("measure", "Amount (yuan)"), lambda row: row.amount, "money"),
        ),
        filters=_filters(),
        order=("-asked_on", "-pk"),
        empty=pgettext_lazy(
            "measure",
            "Nothing is asked. A task comes here when a village ticks a measure of your office for a household.",
        ),
        views=VIEWS,
    )  # fmt: skip


def _filters() -> tuple[Filter, ...]:
    return (
        Filter("state", gettext_lazy("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda _user: [(key, word) for key, word in MEASURE.states.items() if key != "proposed"]),
        Filter("late", gettext_lazy("Overdue"), "yesno", _late),
        Filter("recorded", pgettext_lazy("measure", "Landed, and recorded as aid"), "yesno", _recorded),
        Filter("office", pgettext_lazy("measure", "Department"), "choice", _addressed, _offices),
        Filter("area", gettext_lazy("Area (code or name)"), "text",
               lambda rows, text: rows.filter(in_place(text, "case__area")), nameless=True),
        Filter("kind", pgettext_lazy("measure", "Kind"), "choice", lambda rows, kind: rows.filter(kind=kind),
               _kinds, more=True),
        Filter("asked_from", pgettext_lazy("measure", "Asked from"), "day",
               lambda rows, day: rows.filter(asked_on__gte=day), more=True),
        Filter("landed_from", pgettext_lazy("measure", "Landed from"), "day",
               lambda rows, day: rows.filter(landed_on__gte=day), more=True),
    )  # fmt: skip


def _late(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    late = Q(state="asked", due_on__lt=clock.today())
    return rows.filter(late if wanted else ~late)


def _recorded(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    lacking = Measure.objects.without_record().values("pk")
    landed = rows.filter(state="landed")
    return landed.exclude(pk__in=lacking) if wanted else landed.filter(pk__in=lacking)


def _addressed(rows: QuerySet[Any], office: str) -> QuerySet[Any]:
    return rows.filter(department__isnull=True) if office == _TOWNSHIP else rows.filter(department=office)


def offices() -> list[tuple[str, str]]:
    """Return code and name of every department."""
    return [(each.pk, each.called) for each in Department.objects.all()]


def _offices(_user: User) -> list[tuple[str, Any]]:
    return [(_TOWNSHIP, gettext_lazy("township office")), *offices()]


def _kinds(_user: User) -> list[tuple[str, Any]]:
    return list(CatalogueWords("").kinds().items())
