"""Until when the papers of a case are owed after help came first, and which cases owe them."""

import datetime

from django.db.models import QuerySet

from assistance.lifecycle import UNDER_WAY
from assistance.models import Case
from foundation.accounts.models import User
from foundation.regulations.lookup import value
from foundation.regulations.working_days import deadline
from foundation.workflow.models import Path
from foundation.workflow.paths import steps_of

DAYS, NAME = "fast_track_file_days", "fast_track_name"


def papers_due(area: str, since: datetime.date) -> datetime.date | None:
    """Return the last day for the papers of help that came on a day; None where the area sets none."""
    days = value(DAYS, area=area, on=since)
    if days.amount is None:
        return None
    return deadline(since, days.amount, days.unit, area).day


def owing(user: User) -> QuerySet[Case]:
    """Return the cases that a reader may see whose help came first and whose procedure is not over."""
    return Case.objects.visible_to(user).filter(fast_track=True, state__in=UNDER_WAY)


def name_of(area: str) -> str:
    """Return what an area calls helping first."""
    return value(NAME, area=area).text


def step_names() -> dict[str, str]:
    """Return what the steps of enrolment are called: as the country calls them, or the area that alone has one."""
    names: dict[str, str] = {}
    for path in Path.objects.filter(kind="enrolment").order_by("area", "from_day", "pk"):
        for step in steps_of(path):
            names.setdefault(step.code, step.label)
    return names
