"""A flood and the households that it struck."""

import pytest

from assistance.disasters.keeping import Struck, open_disaster
from assistance.disasters.listing import Listed, add_households
from assistance.models import Disaster, DisasterHousehold
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from households.models import Household
from tests.households.families import make_household
from tests.people import TOWNSHIP, VILLAGE

OTHER_VILLAGE = "999901001002"


@pytest.fixture
def flood(people: dict[str, User]) -> Disaster:
    """Return a flood of today in the township."""
    return a_flood(people["zhen"])


@pytest.fixture
def homes(people: dict[str, User]) -> list[Household]:
    """Return three households of the village and one of the next."""
    made = [make_household(f"YS00010{number}", "沈立夏", "柳霜降", by=people["xian"]) for number in range(3)]
    return [*made, make_household("YS000109", "贺芒种", area=OTHER_VILLAGE, by=people["xian"])]


def a_flood(by: User, area: str = TOWNSHIP) -> Disaster:
    """Enter a flood of today."""
    struck = Struck(Area.objects.get(pk=area), "0201", "青石镇山洪", clock.today())
    return open_disaster(struck, by=by)


def listed(disaster: Disaster, homes: list[Household], by: User, harm: str = "heavy") -> list[int]:
    """Put households onto the list and return the keys of their rows, in their order."""
    add(disaster, homes, by, harm)
    rows = dict(DisasterHousehold.objects.filter(disaster=disaster).values_list("household", "pk"))
    return [rows[home.pk] for home in homes]


def add(disaster: Disaster, homes: list[Household], by: User, harm: str = "heavy") -> Listed:
    """Put households onto the list."""
    return add_households(disaster, {home.pk: harm for home in homes}, "list", by=by)


__all__ = ["OTHER_VILLAGE", "VILLAGE", "a_flood", "add", "flood", "homes", "listed"]
