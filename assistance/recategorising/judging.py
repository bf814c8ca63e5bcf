"""What a monitored household comes to today: its newest visit, today's line, and the risks that came since."""

import dataclasses
import datetime

from assistance.deciding.computing import Computed
from assistance.deciding.conclusion import computed_of
from assistance.deciding.facts import facts_of
from assistance.measures.selectors import risks_of
from assistance.models import Case
from foundation.accounts import clock
from households.models import Visit

#: A visit that is older says nothing of today (days).
VISIT_HOLDS = 366


def work_out_today(case: Case) -> Computed:
    """Return what a case comes to by what is known today, beside the risks that it was enrolled with.

    A visit that names risks names all that there are; otherwise those of the case hold, with the ones taken in since.
    """
    today = clock.today()
    visit = newest_visit(case, today)
    facts = facts_of([case], visits={case.pk: visit}, on=today)[case.pk]
    if visit is None or not visit.answers.get("risks"):
        facts = dataclasses.replace(facts, risks=tuple(risks_of([case]).get(case.pk, ())))
    return computed_of(facts)


def newest_visit(case: Case, on: datetime.date) -> Visit | None:
    """Return the newest visit of the household at which somebody was met, unless it is over a year old."""
    rows = Visit.objects.filter(
        household=case.household_id,
        state="recorded",
        outcome=Visit.Outcome.MET,
        happened_on__range=(on - datetime.timedelta(VISIT_HOLDS), on),
    )
    return rows.select_related("questionnaire").order_by("-happened_on", "-pk").first()
