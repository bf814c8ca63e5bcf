"""What alerts follow: the household, when its area gives way or the register moves it."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.models import F

from alerts.models import Alert, Letter, Signal
from foundation.accounts.models import Area, User

_SQL = (Path(__file__).parent / "sql" / "follow_households.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class AlertsFollow:
    """Alerts take the area of their household; stands behind the follower that moves the households."""

    claims = ("alerts.Alert.area",)

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Write the new code where the household has one; a few statements."""
        moved = Alert.objects.filter(area=predecessor).exclude(household__area=F("area"))
        for area in moved.order_by().values_list("household__area", flat=True).distinct():
            Alert.objects.filter(area=predecessor, household__area=area).update(area=area)


areas = AlertsFollow()


def after_register_change(
    areas: Collection[str], households: Collection[int] | None, *, by: User, on: datetime.date
) -> None:
    """Let alerts go with households that the register moved (households.followers.RegisterFollower)."""
    patterns = [f"{area}%" for area in areas]
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL, {"areas": patterns, "households": None if households is None else list(households)}
        )


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank what was typed about a person who is erased (households.followers.ErasureFollower)."""
    Signal.objects.filter(resident__in=residents, finding__isnull=True).update(text="*", reporter="")
    Letter.objects.filter(alert__household__residents__in=residents).update(taken_by="")
