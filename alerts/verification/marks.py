"""What a list says of deadlines: near or past, urged, not opened yet; and the filters by them."""

import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from alerts.lifecycle import OPEN
from alerts.models import Alert
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes
from foundation.desk.columns import Badge, Filter, Text, Tone
from foundation.desk.templatetags.shell import relative
from foundation.regulations.book import Book
from foundation.regulations.lookup import book

_CHOICES: tuple[tuple[str, Text], ...] = (
    ("overdue", pgettext_lazy("deadline", "overdue")),
    ("escalated", pgettext_lazy("deadline", "overdue for days, superior told")),
    ("today", pgettext_lazy("deadline", "due today")),
    ("soon", pgettext_lazy("deadline", "due soon")),
    ("later", pgettext_lazy("deadline", "due later")),
    ("none", pgettext_lazy("deadline", "no deadline runs")),
)


class Marks:
    """How near each last day is, by the habit of each county; asked once for a page."""

    def __init__(self) -> None:
        """Take the book and the day once."""
        self._book, self.today = book(), clock.today()
        self._soon: dict[str, int] = {}

    def badge(self, alert: Alert) -> Badge | None:
        """Return the nearer of both last days of an open alert, as far away as it is; None where none runs."""
        due = nearest(alert)
        return None if due is None else Badge(f"{due.isoformat()} {relative(due)}", self.tone(alert, due))

    def tone(self, alert: Alert, due: datetime.date) -> Tone:
        """Return overdue, soon or plain for a last day of an alert."""
        left = (due - self.today).days
        return "overdue" if left < 0 else "soon" if left <= self._soon_days(alert.county) else "plain"

    def _soon_days(self, county: str) -> int:
        if county not in self._soon:
            self._soon[county] = soon_days(self._book, county, self.today)
        return self._soon[county]


def soon_days(known: Book, county: str, on: datetime.date) -> int:
    """Return how many days before its last day a step is due soon in a county."""
    return int(known.resolve("deadline_soon_days", county, on).amount or 0)


def nearest(alert: Alert) -> datetime.date | None:
    """Return the nearer of the last days of step and whole, while work on the alert goes on."""
    days = [each for each in (alert.step_due_on, alert.total_due_on) if each is not None]
    return min(days, default=None) if alert.is_open else None


def marks(alert: Alert) -> list[Badge]:
    """Return what one must know of the waiting: whether it was urged, and whether its visitor has looked at it."""
    if not alert.is_open:
        return []
    said = []
    if alert.urged:
        said.append(Badge(_("urged %(count)d times") % {"count": alert.urged}, "soon"))
    if is_escalated(alert, clock.today()):
        said.append(Badge(_("superior told"), "overdue"))
    if is_unopened(alert):
        said.append(Badge(_("not opened yet"), "soon"))
    return said


def is_unopened(alert: Alert) -> bool:
    """Whether the alert lies with a visitor who has not looked at it."""
    return alert.state == "assigned" and alert.visitor_id is not None and alert.opened_by_visitor_at is None


def is_escalated(alert: Alert, on: datetime.date) -> bool:
    """Whether the superior was told of a deadline of the alert that is past on a day."""
    past = [day for day in (alert.step_due_on, alert.total_due_on) if day is not None and day < on]
    return alert.escalated_on is not None and any(day < alert.escalated_on for day in past)


def overdue(on: datetime.date) -> Q:
    """Return the condition that step or whole of an open alert was due before a day."""
    return Q(state__in=OPEN) & (Q(step_due_on__lt=on) | Q(total_due_on__lt=on))


def due_by(last: datetime.date, on: datetime.date) -> Q:
    """Return the condition that an open alert is not overdue on a day, and due by the last one."""
    near = Q(step_due_on__lte=last) | Q(total_due_on__lte=last)
    return Q(state__in=OPEN) & near & ~overdue(on)


def due_filters(user: User) -> tuple[Filter, ...]:
    """Return the filters of a queue by deadline, for the habit of the reader's county."""
    county = min(prefixes(user, Right.VIEW_ALERTS), default="")[: Level.COUNTY]
    return (
        Filter("due", gettext_lazy("Deadline"), "choice", lambda rows, asked: _due(rows, asked, county),
               lambda _user: list(_CHOICES)),
        Filter("urged", gettext_lazy("Urged"), "yesno",
               lambda rows, yes: rows.filter(urged__gt=0) if yes else rows.filter(urged=0)),
        Filter("unopened", gettext_lazy("Not opened by its visitor"), "yesno", _unopened),
    )  # fmt: skip


def _due(rows: QuerySet[Alert], asked: str, county: str) -> QuerySet[Alert]:
    today = clock.today()
    soon = today + datetime.timedelta(days=soon_days(book(), county, today))
    near = due_by(soon, today)
    running = Q(state__in=OPEN) & ~Q(step_due_on=None, total_due_on=None)
    fits = {
        "overdue": overdue(today),
        "escalated": overdue(today)
        & (Q(escalated_on__gt=F("step_due_on")) | Q(escalated_on__gt=F("total_due_on"))),
        "today": due_by(today, today),
        "soon": near,
        "later": running & ~overdue(today) & ~near,
        "none": ~running,
    }
    return rows.filter(fits[asked])


def _unopened(rows: QuerySet[Alert], yes: bool) -> QuerySet[Alert]:
    fits = Q(state="assigned", visitor__isnull=False, opened_by_visitor_at=None)
    return rows.filter(fits if yes else ~fits)
