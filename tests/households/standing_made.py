"""Households for the tests of income and standing: quickly made, people named after solar terms."""

import datetime

from foundation.accounts.models import User
from households.models import Household, Resident, Revision

DAY = datetime.date(2026, 11, 4)
NAMES = ("沈立夏", "柳霜降", "沈秋分", "贺春分", "沈小满", "沈芒种", "沈白露", "沈寒露")


def revision(by: User, *, kind: str = Revision.Kind.HAND, as_of: datetime.date = DAY) -> Revision:
    """Make an act that writes to the register."""
    return Revision.objects.create(kind=kind, by=by, as_of=as_of, entered_on=DAY)


def household(by: User, code: str = "YS000001", *, area: str = "999901001001", members: int = 4) -> Household:
    """Make a household with a head and others, without ID numbers."""
    act = revision(by)
    made = Household.objects.create(
        code=code, area_id=area, source=act.kind, source_day=act.as_of, revision=act
    )
    Resident.objects.bulk_create(
        Resident(
            household=made,
            area_id=area,
            name=NAMES[number % len(NAMES)],
            relation="01" if number == 0 else "28",
            source=act.kind,
            source_day=act.as_of,
            revision=act,
        )
        for number in range(members)
    )
    return made
