"""One person on the way to a household of another area, as the tests of moves need it."""

from typing import Any

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from households.models import Household, HouseholdMove, LineageAct, Resident
from households.models.households import HEAD
from households.moving import persons
from households.moving.persons import Asked, Place
from tests.households.families import make_household
from tests.households.moving.moved import a_home
from tests.people import NEIGHBOUR_VILLAGE

MARRIAGE = LineageAct.Kind.MARRIAGE
#: Codes of the list of relations: somebody else; nobody follows as head.
OTHER = "28"


def who_of(home: Household) -> Resident:
    """Return the member who is not the head."""
    found = home.residents.select_related("household").exclude(relation=HEAD).first()
    assert found is not None
    return found


def asked(person: Resident, to: str = NEIGHBOUR_VILLAGE, **said: Any) -> Asked:
    """Return who goes where, and why."""
    usual: dict[str, Any] = {
        "kind": MARRIAGE, "happened_on": clock.today(), "why": "结婚", "document": "结婚证", "whither": "东山村 5 号",
    }  # fmt: skip
    return Asked(person, to_area=Area.objects.get(pk=to), **usual | said)


def on_the_way(people: dict[str, User], home: Household | None = None, **said: Any) -> HouseholdMove:
    """Return the move of one person that waits."""
    return persons.propose(asked(who_of(home or a_home(people)), **said), by=people["cun"])


def a_place(people: dict[str, User], code: str = "YL000901", relation: str = OTHER) -> Place:
    """Return a household of the next county in which somebody is taken in."""
    made = make_household(code, "鲍立秋", by=people["lin_xian"], area=NEIGHBOUR_VILLAGE)
    return Place(made, relation)
