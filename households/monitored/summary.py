"""Count monitored objects: cumulative, removed and current, by category and by area, households and persons.

A household counts once, in its newest case, where it belonged on the day (households.moving.past), and in the
category that it was in then: so removed and current together are always cumulative, and neither a later change of
category nor a move changes a count of before. Months are the unit of the list: an identification and a removal both
count from the first day of their month (datasets.md section 5).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, Left

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level
from foundation.accounts.scope import prefixes
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language
from households.models import CategoryChange, Standing
from households.moving import past

KINDS: tuple[str, ...] = tuple(kind.value for kind in Standing.MONITORED)


@dataclass(slots=True)
class Figures:
    """Households and persons."""

    households: int = 0
    persons: int = 0

    def add(self, households: int, persons: int) -> None:
        """Count more."""
        self.households += households
        self.persons += persons


@dataclass(slots=True)
class Tally:
    """Figures in all and by category."""

    total: Figures = field(default_factory=Figures)
    by_kind: dict[str, Figures] = field(default_factory=lambda: {kind: Figures() for kind in KINDS})

    def add(self, kind: str, households: int, persons: int) -> None:
        """Count more of one category."""
        self.total.add(households, persons)
        self.by_kind[kind].add(households, persons)


@dataclass(slots=True)
class Summary:
    """Everybody ever identified, those whose risk is removed, and those who are monitored now."""

    cumulative: Tally = field(default_factory=Tally)
    removed: Tally = field(default_factory=Tally)
    current: Tally = field(default_factory=Tally)

    def add(self, kind: str, removed: bool, households: int, persons: int) -> None:
        """Count more cases."""
        self.cumulative.add(kind, households, persons)
        (self.removed if removed else self.current).add(kind, households, persons)


def next_month(on: datetime.date) -> datetime.date:
    """Return the first day of the month after a day: what ends before it is removed in that month already."""
    return (on.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def cases(user: User, area: str, on: datetime.date) -> QuerySet[Standing]:
    """Return the newest case of each household under `area` that `user` may see, as of a day.

    `removed` says whether the month of its removal had begun by then, `kind_then` the category of that day,
    `area_then` the village. Of an earlier day, a household that moved since is counted where it was, for who sees that
    area: its name and its page are with the area that answers for it now.
    """
    begun = Q(from_day__isnull=True) | Q(from_day__lte=on)
    # A household that split off later was nobody's before its first day, whatever its standing leaves open.
    begun &= Q(household__began_on__isnull=True) | Q(household__began_on__lte=on)
    # Asked household by household, by its index: right after a large import the planner knows no numbers yet.
    newer = Standing.objects.filter(
        household=OuterRef("household"),
        kind__in=KINDS,
        from_day__lte=on,
        from_day__gt=Coalesce(OuterRef("from_day"), Value(datetime.date.min)),
    )
    over = Q(until_day__lt=next_month(on))
    if past.somebody_moved_since(on):
        seen = Standing.objects.filter(past.within_on(prefixes(user, Standing.objects.all().read_right), on))
    else:
        seen = Standing.objects.visible_to(user)
    return seen.filter(past.within_on([area], on), begun, ~Exists(newer), kind__in=KINDS).annotate(
        removed=Case(When(over, then=True), default=False), kind_then=_kind_on(on), area_then=past.area_on(on)
    )


def _kind_on(on: datetime.date) -> Coalesce | F:
    """Return the category of a standing on a day: what it was before its first later change, else what it is."""
    if on >= clock.today():
        return F("kind")
    later = CategoryChange.objects.filter(standing=OuterRef("pk"), from_day__gt=on)
    return Coalesce(Subquery(later.order_by("from_day").values("before")[:1]), F("kind"))


def summary(user: User, area: str, on: datetime.date | None = None) -> Summary:
    """Return the figures of one area on a day (default: the business day); one query."""
    found = Summary()
    for _below, kind, removed, households, persons in _counted(user, area, on, len(area)):
        found.add(kind, removed, households, persons)
    return found


def below(user: User, area: Area, on: datetime.date | None = None) -> dict[str, Summary]:
    """Return the figures of each area one level below `area` that has any, by code; one query."""
    level = next((level for level in sorted(Level) if level > area.level), None)
    found: dict[str, Summary] = {}
    if level is None:
        return found
    for code, kind, removed, households, persons in _counted(user, area.code, on, level.value):
        found.setdefault(code, Summary()).add(kind, removed, households, persons)
    return found


def labels(area: str) -> dict[str, str]:
    """Return what the categories are called in an area, in their order: its words of today."""
    items = value("category_names", area=area, on=clock.today()).items
    named = {item["code"]: in_language(item["zh"], item["en"]) for item in items}
    return {kind: named.get(kind, str(Standing.Kind(kind).label)) for kind in KINDS}


def told(found: Summary, names: dict[str, str]) -> dict[str, Any]:
    """Return the figures by the keys of datasets.md section 6; categories by their names."""
    return {
        name: {
            **_figures(tally.total),
            "by_category": {names[kind]: _figures(figures) for kind, figures in tally.by_kind.items()},
        }
        for name, tally in (
            ("cumulative", found.cumulative),
            ("removed", found.removed),
            ("current", found.current),
        )
    }


def _counted(
    user: User, area: str, on: datetime.date | None, length: int
) -> Iterable[tuple[str, str, bool, int, int]]:
    """Yield area, category, whether removed, households and persons; areas cut to `length` digits."""
    day = on or clock.today()
    return (
        cases(user, area, day)
        .order_by()
        .annotate(here=Left("area_then", length))
        .values_list("here", "kind_then", "removed")
        .annotate(
            households=Count("household", distinct=True),
            persons=Count("members", filter=_counted_on(day)),
        )
    )


def _counted_on(on: datetime.date) -> Q:
    """Return the condition that a member of a standing counted on a day; of one that was over by then, on its last."""
    last = Least(Coalesce(F("until_day"), Value(on)), Value(on), output_field=DateField())
    came = Q(members__from_day__isnull=True) | Q(members__from_day__lte=last)
    return came & (Q(members__until_day__isnull=True) | Q(members__until_day__gt=last))


def _figures(figures: Figures) -> dict[str, int]:
    return {"households": figures.households, "persons": figures.persons}
