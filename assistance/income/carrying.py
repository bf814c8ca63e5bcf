"""What is known of a period beside the lists: an income the register holds for it, or a visit that asked for it.

The register's income of exactly the same period goes first, item by item; then the newest visit near the end of the
period whose form asked for amounts, letter by letter (households.visits.calculating).
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from assistance.models import Case
from households.income.periods import Period
from households.models import Income, Visit
from households.visits.book import declared_of
from households.visits.calculating import calculator
from households.visits.questionnaires import MEMBERS

#: A visit asks for the last twelve months: one made so long before the period ended has seen most of it.
_BEFORE = datetime.timedelta(days=92)
#: And one made later than this has seen too little of it.
_AFTER = datetime.timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Carried:
    """Amounts in yuan by item, how many people counted (0: not said), and the day of which they speak."""

    parts: dict[str, Decimal] = field(default_factory=dict)
    members: int = 0
    day: datetime.date | None = None


def carried(case: Case, period: Period, on: datetime.date) -> Carried:
    """Return what can be carried over into the sheet of a period; empty where nothing can."""
    held = Income.objects.filter(
        household=case.household_id, from_day=period.first, until_day=period.last
    ).first()
    if held is not None:
        return Carried(dict(held.amounts), held.members, held.as_of)
    visits = Visit.objects.filter(
        household=case.household_id,
        state="recorded",
        outcome=Visit.Outcome.MET,
        happened_on__range=(period.last - _BEFORE, min(on, period.last + _AFTER)),
    )
    for visit in visits.select_related("questionnaire").order_by("-happened_on", "-pk"):
        if (found := _asked(case, visit)) is not None:
            return found
    return Carried()


def _asked(case: Case, visit: Visit) -> Carried | None:
    """Return what a visit was told; None where its form asks for no amount, or none was said."""
    answers, declared = dict(visit.answers), declared_of(visit.questionnaire)
    counted = calculator(declared, answers.get, area=case.area_id, on=visit.happened_on)
    if counted is None or counted.incomplete:
        return None
    parts = {term.code: term.stated for term in counted.worked.terms if term.why != "cost_share"}
    said = next((answers.get(each.code) for each in declared.questions() if each.counts == MEMBERS), None)
    return Carried(parts, said if isinstance(said, int) else 0, visit.happened_on)
