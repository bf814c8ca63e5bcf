"""Families for tests: said in a line, written straight to the tables, as if a register file had brought them."""

import datetime
from typing import Any

from foundation.accounts.models import User
from foundation.accounts.names import person_initials
from households.models import Household, Resident, Revision, Standing
from tests.people import VILLAGE

REGISTER_DAY = datetime.date(2026, 9, 30)


def revision(
    by: User, kind: str = Revision.Kind.REGISTER_FILE, as_of: datetime.date = REGISTER_DAY
) -> Revision:
    """One act that wrote to the register."""
    made: Revision = Revision.objects.create(kind=kind, by=by, as_of=as_of, entered_on=as_of)
    return made


def family(
    code: str,
    *members: str | dict[str, Any],
    by: User,
    area: str = VILLAGE,
    standing: str = "",
    since: datetime.date | None = None,
    **fields: Any,
) -> Household:
    """Make a household of `members`: names, or fields of a Resident; the first is the head."""
    wrote = revision(by)
    stated = {"source": wrote.kind, "source_day": wrote.as_of, "revision": wrote}
    household: Household = Household.objects.create(code=code, area_id=area, **stated, **fields)
    for number, member in enumerate(members):
        given = {"name": member} if isinstance(member, str) else member
        facts = {"relation": "28" if number else "01", "initials": person_initials(given["name"])} | given
        Resident.objects.create(household=household, area_id=area, **stated, **facts)
    if standing:
        Standing.objects.create(
            household=household, kind=standing, from_day=since, basis=wrote.kind, revision=wrote
        )
    return household
