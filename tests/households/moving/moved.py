"""Households on their way, as the tests of moves need them."""

from itertools import count

from foundation.accounts import clock
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.roles import Role
from households.models import Household, HouseholdMove
from households.moving.proposing import Wanted, propose
from tests.households.families import make_household
from tests.people import FIRST_DAY, NEIGHBOUR_VILLAGE, VILLAGE

NEXT_VILLAGE, OTHER_TOWNSHIP = "999901001002", "999901002001"
_number = count(800)


def a_home(people: dict[str, User], area: str = VILLAGE, **fields: object) -> Household:
    """Return a household of two."""
    code = f"YM{next(_number):06d}"
    return make_household(
        code, "祝寒露", "鲁大雪", by=people["xian"], area=area, phone="13800000000", **fields
    )


def wanted(to: str = NEIGHBOUR_VILLAGE, **said: object) -> Wanted:
    """Return where a household goes, and why."""
    usual: dict[str, object] = {"moved_on": clock.today(), "why": "随子女迁居", "address": "东山村 5 号"}
    return Wanted(Area.objects.get(pk=to), **usual | said)  # type: ignore[arg-type]


def proposed(
    people: dict[str, User], home: Household | None = None, to: str = NEIGHBOUR_VILLAGE, by: str = "cun"
) -> HouseholdMove:
    """Return a move that waits."""
    return propose(home or a_home(people), wanted(to), by=people[by])


def another_verifier(area: str, name: str = "lin_zhen2", role: Role = Role.TOWNSHIP_VERIFIER) -> User:
    """Return somebody else with a post."""
    person = User.objects.create(username=name, name=name)
    Posting.objects.create(
        user=person, role=role, area=Area.objects.get(pk=area), from_day=FIRST_DAY, until_day=None
    )
    return person
