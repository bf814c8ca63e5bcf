"""How many members count where income is divided, as far as the register can tell: what the form suggests."""

import datetime
from dataclasses import dataclass

from households.income.rules import Rule
from households.models import Household

#: Who works elsewhere for so many months of a year is no usual resident (常住: half a year and more).
MONTHS_AWAY = 6
_RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class Counted:
    """The members of a day, those among them who work elsewhere for half a year and more, and who counts."""

    present: int
    away: int
    suggested: int


def counted(household: Household, rule: Rule, on: datetime.date) -> Counted:
    """Return how many members count on a day by the area's rule.

    Usual residents are the members without those who work elsewhere. For the other rules it is all members: whom the
    register does not have, or who lives there without being registered, only whoever knocks at the door knows.
    """
    members = household.residents.present(on)
    away = members.filter(work_months__gte=MONTHS_AWAY).exclude(work_place="").count()
    present = members.count()
    return Counted(present, away, present - away if rule.who_counts == _RESIDENT else present)
