"""Families with everything that pages show: ID numbers, a telephone, what a register file says of each member."""

import datetime
from typing import Any

from foundation.accounts.models import User
from households.identity import keeping
from households.identity.numbers import check_character
from households.models import Household, Identity, Standing
from tests.households.made import family
from tests.people import VILLAGE

HEAD, SPOUSE, SON, MOTHER = "01", "02", "03", "12"
#: Relation → born on, sex, and what a register file says of such a member.
SAID: dict[str, tuple[datetime.date, str, dict[str, Any]]] = {
    HEAD: (
        datetime.date(1980, 3, 5),
        "1",
        {"health": ["1"], "labour": "1", "education": "70", "work_months": 8},
    ),
    SPOUSE: (
        datetime.date(1982, 7, 1),
        "2",
        {"health": ["1"], "labour": "1", "education": "80", "insured": False},
    ),
    SON: (
        datetime.date(2012, 9, 1),
        "1",
        {"health": ["1"], "labour": "5", "school_stage": "05", "insured": True},
    ),
    MOTHER: (datetime.date(1950, 1, 20), "2", {"health": ["4", "2"], "labour": "5", "dibao": "rural"}),
}


def id_number(county: str, born_on: datetime.date, order: int) -> str:
    """Return an ID number that no law has given to anybody, with a right check digit."""
    body = f"{county}{born_on:%Y%m%d}{order:03d}"
    return body + check_character(body)


def make_household(
    code: str, *names: str, by: User, area: str = VILLAGE, phone: str = "", **fields: Any
) -> Household:
    """Make a household of head, spouse, son, mother: as many as there are `names`.

    The digits of `code` number its people, so that every household has people of its own.
    """
    order = 2 * (int("".join(filter(str.isdigit, code)) or 0) % 490)
    members, numbers = [], []
    for name, (relation, (born_on, sex, said)) in zip(names, SAID.items(), strict=False):
        numbers.append(id_number(area[:6], born_on, order + (sex == "1")))
        members.append({"name": name, "relation": relation, "born_on": born_on, "sex": sex} | said)
    subjects = keeping.keep(Identity.Kind.ID_NUMBER, numbers)
    for member, number in zip(members, numbers, strict=True):
        member["identity_id"] = subjects[number]
    if phone:
        fields["phone_id"] = keeping.keep(Identity.Kind.PHONE, [phone])[phone]
    return family(code, *members, by=by, area=area, **fields)


def stand(household: Household, kind: str, **fields: Any) -> Standing:
    """Let a household (or a member) count as something."""
    return Standing.objects.create(
        household=household, kind=kind, basis=household.source, revision=household.revision, **fields
    )
