"""From when on an authorisation counts as ending soon: a value of the area."""

from foundation.accounts.models import User
from foundation.regulations.lookup import value

#: Where no value holds (regulations: authorisation_soon_days).
DAYS = 30


def soon_days(user: User) -> int:
    """Return the days for the reader of a list: those of the first area that the reader works in."""
    area = next((duty.area for duty in user.duties()), "")
    rule = value("authorisation_soon_days", area=area)
    return DAYS if rule.silent or rule.amount is None else int(rule.amount)
