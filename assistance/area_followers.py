"""What cases and disasters follow: the household, and the place, when an area gives way or the register moves it."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from assistance.models import Case, Disaster, Measure, StayVisit
from assistance.stay_visits.lifecycle import WAITING
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused

_SQL = (Path(__file__).parent / "sql" / "follow_households.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class CasesFollow:
    """Cases take the area of their household; stands behind the follower that moves the households.

    A county that keeps measures of households that moved away goes on under its new code, and so does a village that is
    asked for a visit; nobody but people know which part of a split one the household lives in.
    """

    claims = ("assistance.Case.area", "assistance.Measure.kept_area", "assistance.StayVisit.to_area")

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Write the new code where the household has one; a few statements."""
        moved = Case.objects.filter(area=predecessor).exclude(household__area=F("area"))
        for area in moved.order_by().values_list("household__area", flat=True).distinct():
            Case.objects.filter(area=predecessor, household__area=area).update(area=area)
        place = successors[0] if len(successors) == 1 else predecessor.parent
        Measure.objects.filter(kept_area=predecessor).update(kept_area=place)
        _follow_stay_visits(predecessor, successors)


def _follow_stay_visits(predecessor: Area, successors: Sequence[Area]) -> None:
    """Ask the one village that takes the place; without one, what waits is answered first and the past stays."""
    asked = StayVisit.objects.filter(to_area=predecessor)
    if len(successors) == 1:
        asked.update(to_area=successors[0])
    elif count := asked.filter(state__in=WAITING).count():
        raise Refused(
            _("%(count)d visits are asked of %(area)s: they must be answered or taken back first.")
            % {"count": count, "area": predecessor}
        )


areas = CasesFollow()


@dataclass(frozen=True, slots=True)
class DisastersFollow:
    """A disaster goes with its place; where that was split, it is one of the place above."""

    claims = ("assistance.Disaster.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Write the new code; one statement."""
        place = successors[0] if len(successors) == 1 else predecessor.parent
        if place is not None:
            Disaster.objects.filter(area=predecessor).update(area=place)


disasters = DisastersFollow()


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Let cases go with households that the register moved (households.followers.RegisterFollower)."""
    patterns = [f"{area}%" for area in areas]
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL, {"areas": patterns, "households": None if households is None else list(households)}
        )
