"""What the tests of proposed changes share: a family of the register, and comparing a dataset with it."""

from collections.abc import Callable

import pytest

from foundation.accounts.models import User
from households.models import Household, Resident
from monitoring.intake import archive
from monitoring.models import Dataset
from monitoring.proposals.proposing import Refreshed, refresh
from monitoring.proposals.reading import feed_rows
from tests.households.families import make_household
from tests.people import COUNTY

Compare = Callable[..., Refreshed]


@pytest.fixture
def home(people: dict[str, User]) -> Household:
    """A family of four: the head insured or not nobody said, the mother in dibao."""
    return make_household(
        "YS000001",
        "沈立夏",
        "柳霜降",
        "沈小满",
        "何冬至",
        by=people["xian"],
        house_grade="B",
        water_safe=True,
    )


@pytest.fixture
def member(home: Household) -> Callable[[str], Resident]:
    """Find a member by relation, as the register says now."""
    return lambda relation: home.residents.select_related("household", "identity").get(relation=relation)


@pytest.fixture
def compare(people: dict[str, User]) -> Compare:
    """Compare a dataset of the county with the register, as its job does."""

    def run(dataset: str, area: str = COUNTY) -> Refreshed:
        row = Dataset.objects.get(pk=dataset)
        with archive.opened() as tables:
            return refresh(row, area, feed_rows(tables, row, area), by=people["xian"])

    return run
