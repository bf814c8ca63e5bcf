"""Last days of answers: what comes to cases from outside is to be answered within a value of the area."""

import datetime
from collections.abc import Collection

from foundation.accounts import clock
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.working_days import deadline


def last_days(rule: str, areas: Collection[str]) -> dict[str, datetime.date | None]:
    """Return by area the last day of a period that begins today; None where no value is in force."""
    today = clock.today()
    found: dict[str, datetime.date | None] = {}
    for area in areas:
        answer = value(rule, area=area, on=today)
        found[area] = None
        if answer.amount is not None:
            found[area] = deadline(today, int(answer.amount), answer.unit, area).day
            mark_used(answer)
    return found
