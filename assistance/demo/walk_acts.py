"""What people do between two presses of the guided walk, by the functions of the pages that they would use."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from alerts.demo.acts import person
from alerts.demo.walk import HOUSEHOLD, VISITOR
from assistance.demo import acts
from assistance.models import Case, Evaluation, Notice
from assistance.notices import posting
from foundation.accounts import clock, next_day
from foundation.accounts.models import User

_ILLNESS = "01"


def the_case() -> Case | None:
    """Return the case of the household of the walk: its newest; None before there is one."""
    rows = Case.objects.filter(household__code=HOUSEHOLD).select_related("household", "area")
    return rows.order_by("-pk").first()


def the_meeting() -> Evaluation | None:
    """Return the meeting on whose list the household of the walk stands."""
    return Evaluation.objects.filter(items__case=the_case()).order_by("-pk").first()


def up_to_the_meeting() -> None:
    """Apply and sign, ask the departments, and hold the meeting up to its votes."""
    case, assistant = the_case(), person(VISITOR)
    if case is None:
        return
    if "apply" in case.waits_for:
        told = _(
            "The child was in hospital three times; savings are spent, 20,000 yuan borrowed from relatives."
        )
        acts.apply(case, _ILLNESS, told, assistant)
    if "compare" in acts.fresh(case).waits_for:
        acts.compare(acts.fresh(case), assistant)
    if "evaluate" in acts.fresh(case).waits_for and the_meeting() is None:
        acts.meet([acts.fresh(case)], "孙芒种", "赵小满", assistant)


def up_to_the_end_of_the_notice() -> None:
    """Hang the notice up, let its days pass, and take it down."""
    case, assistant = the_case(), person(VISITOR)
    if case is None:
        return
    if "post" in case.waits_for:
        acts.post([case], assistant)
    notice = Notice.objects.filter(items__case=case, until__isnull=False).order_by("-pk").first()
    if notice is None or notice.until is None:
        return
    with _days_until(notice.until + datetime.timedelta(days=1), assistant) as last:
        if notice.taken_down_on is None:
            posting.take_down(notice, last, by=assistant)


@contextmanager
def _days_until(day: datetime.date, by: User) -> Iterator[datetime.date]:
    """Turn the days of the demonstration until `day`, each with its night, and go on on that day."""
    today = clock.today()
    while today < day:
        today = next_day.turn(today, by=by)
    with clock.at(today):
        yield today
