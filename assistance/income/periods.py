"""The periods of income sheets: the yearly collection by the area's value, and the one that checks look at."""

import datetime

from foundation.regulations.lookup import value
from foundation.regulations.working_days import deadline
from households.income.periods import Period, Variant
from households.income.rules import rule_for

COLLECTION, DAYS = "income_collection_period", "income_collection_days"


def collected(area: str, on: datetime.date) -> Period:
    """Return the newest period of the yearly collection that is over on a day."""
    code = value(COLLECTION, area=area, on=on).code
    return Variant(code or Variant.OCTOBER).period(on)


def due_on(area: str, period: Period) -> datetime.date | None:
    """Return the last day to confirm the sheet of a collected period; None where the area sets none."""
    answer = value(DAYS, area=area, on=period.last)
    if answer.silent or answer.amount is None:
        return None
    return deadline(period.last, answer.amount, answer.unit, area).day


def offered(area: str, on: datetime.date) -> list[Period]:
    """Return the periods that a sheet may be begun for: the collection's, the one before it, and the one of checks."""
    newest = collected(area, on)
    found = [newest, collected(area, newest.first), rule_for(area, on).period(on)]
    return list(dict.fromkeys(found))
