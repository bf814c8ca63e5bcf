"""What the tests of the register's pages share."""

from collections.abc import Callable

import pytest
from django.test import Client

from foundation.accounts.models import User
from households.models import Household
from tests.households.families import make_household


@pytest.fixture
def signed_in(people: dict[str, User]) -> Callable[..., Client]:
    """Return a client that is signed in as somebody of tests/people.py."""

    def client(username: str) -> Client:
        made = Client()
        made.force_login(people[username])
        return made

    return client


@pytest.fixture
def home(people: dict[str, User]) -> Household:
    """A family of four in the village: head, spouse, son, mother."""
    return make_household(
        "YS000001",
        "沈立夏",
        "柳霜降",
        "沈小满",
        "何冬至",
        by=people["xian"],
        phone="13800001234",
        house_grade="C",
        water_safe=True,
        group_name="一组",
        address="石桥村一组 1 号",
    )
