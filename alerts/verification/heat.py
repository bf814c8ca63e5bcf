"""The heat list: where and with whom open warnings pile up; by township or village, and by who visits.

Every figure is of the open warnings that the reader may see. Days are gross days since the first clue.
"""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import (
    Avg,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from alerts.models import Alert
from alerts.querysets import AlertQuerySet
from alerts.verification.marks import due_by, overdue, soon_days
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes, within
from foundation.desk.columns import Badge, Column
from foundation.desk.tables import Table
from foundation.regulations.lookup import book

#: From these shares of overdue warnings on, a line is amber and red.
_WARM, _HOT = 10, 30


def areas(user: User) -> QuerySet[Area]:
    """Return the areas with open warnings that `user` may see, with their figures: townships, or one's own villages."""
    codes = prefixes(user, Right.VIEW_ALERTS)
    level = level_of(user)
    rows = Area.objects.filter(within("code", codes), level=level)
    own = Alert.objects.visible_to(user).open()
    place = Q(township=OuterRef("pk")) if level == Level.TOWNSHIP else Q(area=OuterRef("pk"))
    return _counted(rows, own.filter(place), user)


def level_of(user: User) -> Level:
    """Return by which areas the figures of `user` are told: by townships, or by villages for who works in one."""
    codes = prefixes(user, Right.VIEW_ALERTS)
    return Level.VILLAGE if codes and min(map(len, codes)) >= Level.TOWNSHIP else Level.TOWNSHIP


def people(user: User) -> QuerySet[User]:
    """Return who visits for open warnings that `user` may see, with the figures of those."""
    own = Alert.objects.visible_to(user).open()
    return _counted(User.objects.visible_to(user), own.filter(visitor=OuterRef("pk")), user)


def areas_table(user: User) -> Table:
    """Return the heat list by area."""
    label = (
        pgettext_lazy("level", "township") if level_of(user) == Level.TOWNSHIP else gettext_lazy("Village")
    )
    name = Column("name", label, lambda row: row.name, "link", sort="name",
                  url=lambda row: _queue(area=row.pk))  # fmt: skip
    late = lambda row: _queue(area=row.pk, due="overdue") if row.overdue else ""  # noqa: E731
    return _table("heat_areas", gettext_lazy("Heat list by area"), name, late)


def people_table(user: User) -> Table:
    """Return the heat list by person."""
    name = Column("name", gettext_lazy("Who visits"), lambda row: row.name, "link", sort="name",
                  url=lambda row: _queue(visitor=row.name))  # fmt: skip
    late = lambda row: _queue(visitor=row.name, due="overdue") if row.overdue else ""  # noqa: E731
    return _table("heat_people", gettext_lazy("Heat list by person"), name, late)


def _table(key: str, title: Any, name: Column, late: Callable[[Any], str]) -> Table:
    return Table(
        key,
        title=title,
        columns=(
            name,
            Column("open", pgettext_lazy("alert", "Open"), lambda row: row.open, "number", sort="open"),
            Column("overdue", gettext_lazy("Overdue"), lambda row: row.overdue, "number", sort="overdue", url=late),
            Column("share", gettext_lazy("Overdue share"), _share, "badge"),
            Column("soon", pgettext_lazy("deadline", "due soon"), lambda row: row.soon, "number", sort="soon"),
            Column("returned", gettext_lazy("Returned"), lambda row: row.returned, "number", sort="returned"),
            Column("unopened", gettext_lazy("Not opened"), lambda row: row.unopened, "number", sort="unopened"),
            Column("urged", gettext_lazy("Urged"), lambda row: row.urged, "number", sort="urged"),
            Column("days", gettext_lazy("Mean days since the first clue"), _days, "number", sort="days"),
        ),
        order=("-overdue", "-open", "pk"),
        empty=gettext_lazy("No open warnings: there is nothing to count."),
    )  # fmt: skip


def _counted(rows: QuerySet[Any], own: AlertQuerySet, user: User) -> QuerySet[Any]:
    """Add the figures of the alerts `own`, which name their row as the outer one."""
    today = clock.today()
    county = min(prefixes(user, Right.VIEW_ALERTS), default="")[: Level.COUNTY]
    soon = today + datetime.timedelta(days=soon_days(book(), county, today))
    gone = ExpressionWrapper(Value(today) - F("first_clue_on"), output_field=DurationField())
    return rows.filter(Exists(own)).annotate(
        open=_count(own),
        overdue=_count(own.filter(overdue(today))),
        soon=_count(own.filter(due_by(soon, today))),
        returned=_count(own.filter(state="returned")),
        unopened=_count(own.filter(state="assigned", visitor__isnull=False, opened_by_visitor_at=None)),
        urged=_count(own.filter(urged__gt=0)),
        days=Subquery(_grouped(own).annotate(figure=Avg(gone)).values("figure")),
    )


def _count(own: AlertQuerySet) -> Coalesce:
    return Coalesce(Subquery(_grouped(own).annotate(figure=Count("pk")).values("figure")), 0)


def _grouped(own: AlertQuerySet) -> QuerySet[Any, Any]:
    """Return the alerts as one group, for an aggregate inside a subquery."""
    return own.order_by().annotate(one=Value(1)).values("one")


def _share(row: Any) -> Badge | None:
    if not row.overdue:
        return None
    share = round(100 * row.overdue / row.open)
    return Badge(f"{share} %", "overdue" if share >= _HOT else "soon" if share >= _WARM else "plain")


def _days(row: Any) -> str:
    return "" if row.days is None else f"{row.days.total_seconds() / 86_400:.1f}"


def _queue(**asked: str) -> str:
    return f"{reverse('alerts:queue')}?{urlencode(asked)}"
