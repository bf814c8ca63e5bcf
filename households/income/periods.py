"""Accounting periods: three variants that areas really use (domain.md 2.6)."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

_ONE_DAY = datetime.timedelta(days=1)
_OCTOBER = 10


@dataclass(frozen=True, slots=True)
class Period:
    """Twelve months, first and last day included."""

    first: datetime.date
    last: datetime.date


class Variant(models.TextChoices):
    """Which twelve months count; codes of the value `income_period`."""

    BEFORE_MONTH = "before_month", _("the twelve months before the month of the check")
    OCTOBER = "october", _("1 October to 30 September")
    CALENDAR_YEAR = "calendar_year", _("the calendar year before")

    def period(self, on: datetime.date) -> Period:
        """Return the newest period that is over on a day."""
        match self:
            case Variant.BEFORE_MONTH:
                end = on.replace(day=1)
            case Variant.OCTOBER:
                end = datetime.date(on.year if on.month >= _OCTOBER else on.year - 1, _OCTOBER, 1)
            case _:
                end = datetime.date(on.year, 1, 1)
        return Period(end.replace(year=end.year - 1), end - _ONE_DAY)
