"""In which months before an application a split is looked at (domain.md 5.9; field.md 5.21): a value of the area."""

import datetime

from foundation.regulations.lookup import value
from foundation.regulations.working_days import add_months

RULE = "split_before_application_months"


def looked_at_until(area: str, split_on: datetime.date) -> datetime.date | None:
    """Return the last day on which an application shows a split of a day; None where the area sets no time."""
    months = value(RULE, area=area, on=split_on).amount
    return None if months is None else add_months(split_on, int(months))
