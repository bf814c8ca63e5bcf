"""Monitored households and people who help them, as rows alone."""

import datetime
from itertools import count

from assistance.helping import following
from assistance.helping.assigning import Named, accept, name
from assistance.models import Case, HelperPlace
from foundation.accounts import clock
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.roles import Role
from tests.house.planted_cases import a_case_of
from tests.households.families import make_household
from tests.people import FIRST_DAY, VILLAGE

_number = count(700)
PHONE = "13800000000"


def monitored(
    people: dict[str, User], *, area: str = VILLAGE, announced: bool = True, **fields: object
) -> Case:
    """Return the case of a monitored household; its clock runs from today where it was just announced."""
    home = make_household(
        f"YH{next(_number):06d}", "沈立夏", "柳霜降", by=people["xian"], area=area, phone=PHONE
    )
    usual: dict[str, object] = {
        "state": "enrolled",
        "category": "marginal",
        "risk_types": ["illness"],
        "level": "low",
    }
    case = a_case_of(home, **usual | fields)
    if announced:
        following.after_move([case], by=people["zhen"])
    return case


def post_of(person: User) -> Posting:
    """Return the one posting of somebody."""
    return Posting.objects.get(user=person)


def a_helper(
    name_: str, area: str = VILLAGE, role: Role = Role.HELPER, until: datetime.date | None = None
) -> User:
    """Return somebody new with a post."""
    person = User.objects.create(username=name_, name=name_)
    Posting.objects.create(
        user=person, role=role, area=Area.objects.get(pk=area), from_day=FIRST_DAY, until_day=until
    )
    return person


def named(case: Case, person: User, by: User, kind: str = "helper") -> HelperPlace:
    """Name somebody for a place."""
    return name(case, Named(kind, post_of(person)), by=by)


def helped(case: Case, person: User, by: User, kind: str = "helper") -> HelperPlace:
    """Let somebody help a household."""
    return accept(named(case, person, by, kind), by=person)


def holding(people: dict[str, User], person: User, count: int) -> list[HelperPlace]:
    """Let somebody help many households, as rows alone: nothing was lent for them."""
    homes = [make_household(f"YH{next(_number):06d}", by=people["xian"]) for _time in range(count)]
    cases = [a_case_of(home, state="enrolled", category="marginal") for home in homes]
    today, post = clock.today(), post_of(person)
    return HelperPlace.objects.bulk_create(
        HelperPlace(
            case=case,
            kind="helper",
            person=person,
            posting=post,
            state="accepted",
            offered_on=today,
            accepted_on=today,
            assigned_by=people["zhen"],
        )
        for case in cases
    )
