"""Periods of deliveries: a month, a year or a day, as people write them; the last day counts."""

import calendar
import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.accounts.refusals import Refused
from monitoring.contracts.contract import Contract
from monitoring.contracts.terms import PeriodForm

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A period from its first day until and including its last; `text` is how it is written and stored."""

    text: str
    form: PeriodForm
    first: datetime.date
    last: datetime.date


def read_period(text: str) -> Period | None:
    """Return the period that a text names (2026, 2026-10, 2026-10-05), or None."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = datetime.date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return Period(text, PeriodForm.DAY, first, first)
    if month:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return Period(text, PeriodForm.MONTH, first, last)
    return Period(text, PeriodForm.YEAR, first, first.replace(month=12, day=31))


def period_for(contract: Contract, text: str) -> Period:
    """Return the period of a delivery; Refused where the dataset is not delivered by such periods."""
    period = read_period(text.strip())
    if period is None or period.form not in contract.periods:
        raise Refused(
            _("“%(text)s” is no period of this dataset. It is delivered by: %(forms)s.")
            % {"text": text, "forms": "、".join(str(form.label) for form in contract.periods)},
            field="period",
        )
    return period
