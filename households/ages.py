"""Age in completed years, which stands wherever a birth date would say too much."""

import datetime

from foundation.accounts import clock


def age(born_on: datetime.date | None, on: datetime.date | None = None) -> int | None:
    """Return the completed years of life on a day (default: the business day); None where no birth date is known.

    Who was born on 29 February completes a year on 1 March of common years.
    """
    day = on or clock.today()
    if born_on is None or born_on > day:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
