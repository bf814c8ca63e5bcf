"""ID numbers and telephones that belong to no one: right in form, of an area code and a prefix given to nobody."""

import datetime
from collections import defaultdict
from operator import mul

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ZEROS = 48 * sum(_WEIGHTS)
MALE, FEMALE = "1", "2"
#: No operator has been given mobile numbers that begin so.
PHONE_PREFIX = "154"
_PER_DAY = 500  # numbers of one sex on one day: three digits, every second one


class Numbers:
    """Hands out the numbers of one county, each once."""

    def __init__(self, county: str) -> None:
        """Begin with none handed out; `county` is 999901 or 999902."""
        self.county = county
        self._given: defaultdict[tuple[datetime.date, str], int] = defaultdict(int)
        self._phones = 0

    def id_number(self, born_on: datetime.date, sex: str) -> str:
        """Return the next ID number of somebody born on that day (GB 11643: odd order numbers are men's)."""
        given = self._given[born_on, sex]
        if given == _PER_DAY:
            raise ValueError(
                f"More than {_PER_DAY} people of one sex born on {born_on}: no numbers are left."
            )
        self._given[born_on, sex] = given + 1
        order = (137 * given + 61 * born_on.day) % _PER_DAY * 2 + (sex == MALE)
        body = f"{self.county}{born_on:%Y%m%d}{order:03}"
        return body + check_character(body)

    def phone(self) -> str:
        """Return the next telephone number."""
        self._phones += 1
        return f"{PHONE_PREFIX}{self.county[-1]}{self._phones * 7_919 % 10_000_000:07}"


def check_character(body: str) -> str:
    """Return the eighteenth character of an ID number from the 17 digits before it."""
    return _CHECKS[(sum(map(mul, _WEIGHTS, body.encode())) - _ZEROS) % 11]
