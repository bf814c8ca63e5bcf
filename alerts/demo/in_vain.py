"""S8: three of the households that a forgotten sheet seemed to have lost were visited before the whole roll came."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet

from alerts import deciding
from alerts.demo.acts import DISPATCHER, Assigns, holder, is_filled, person
from alerts.demo.visiting import Visits
from alerts.models import Alert
from alerts.querysets import AlertQuerySet
from alerts.verification.reported import Reported, report_visit
from foundation.accounts.roles import Role
from foundation.workflow.models import Passage
from foundation.workflow.move import Request
from monitoring.demo.days import MORNING, Scene

#: How many were visited, the household of the story not among them; when they were dispatched, and visited.
VISITED, STORY = 3, "YS000008"
DISPATCHED_ON, VISITED_ON = datetime.date(2026, 10, 10), datetime.date(2026, 10, 11)
_VISIT = Visits(VISITED_ON, datetime.time(15, 0), "低保金照常发放，农户没有退出低保，也没有新的困难。")
_SAID = Reported(Alert.Opinion.DECLINE, "wrong_information", "低保没有停发。")


def scenes() -> Sequence[Scene]:
    """Return the two days."""
    return [
        Scene(DISPATCHED_ON, MORNING, 1, _is_dispatched, _dispatch),
        Scene(VISITED_ON, MORNING, 1, _is_visited, _visit),
    ]


def visited() -> list[Alert]:
    """Return the warnings whose households were visited, whatever became of them."""
    made = _passages("report", VISITED_ON).values_list("object_id", flat=True)
    return list(Alert.objects.filter(pk__in=[int(key) for key in made]).order_by("pk"))


def _is_dispatched() -> bool:
    return _passages("dispatch", DISPATCHED_ON).exists() or not _raised()


@transaction.atomic
def _dispatch() -> None:
    """Hand them over to their townships, which send the assistants of the villages."""
    for alert in _raised():
        deciding.dispatch(alert, Request("dispatch"), by=person(DISPATCHER))
        Assigns(DISPATCHED_ON).play(alert.household)


def _is_visited() -> bool:
    return _passages("report", VISITED_ON).exists() or not _assigned()


@transaction.atomic
def _visit() -> None:
    """Go there, find nothing, and say so to the township."""
    for alert in _assigned():
        home = alert.household
        visit = replace(_VISIT, met=[home.residents.present()[0].name]).play(home)
        report_visit(alert, visit, _SAID, by=holder(Role.VILLAGE_ASSISTANT, alert.area_id))


def _raised() -> list[Alert]:
    """Return the first of the warnings of the forgotten, in villages whose assistant's post is filled."""
    rows = _open().filter(state="raised", opened_on=DISPATCHED_ON).exclude(household__code=STORY)
    return [alert for alert in rows if is_filled(Role.VILLAGE_ASSISTANT, alert.area_id)][:VISITED]


def _assigned() -> list[Alert]:
    return list(_open().filter(state="assigned", opened_on=DISPATCHED_ON))


def _open() -> AlertQuerySet:
    rows = Alert.objects.open().filter(standards__contains=["dibao_left"], household__code__startswith="YS")
    return rows.select_related("household", "area").order_by("household__code")


def _passages(verb: str, day: datetime.date) -> QuerySet[Passage]:
    """Return such moves of that day, of these warnings alone."""
    keys = Alert.objects.filter(opened_on=DISPATCHED_ON).values_list("pk", flat=True)
    rows = Passage.objects.filter(model=Alert._meta.label_lower, object_id__in=[str(key) for key in keys])
    return rows.filter(verb=verb, entered_on=day)
