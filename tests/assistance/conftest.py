"""What the tests of cases share: a household, and a signed-in browser without a browser."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from foundation.accounts.models import User
from foundation.accounts.sign_in import BACKEND
from households.models import Household
from tests.households.families import make_household


@pytest.fixture
def home(people: dict[str, User]) -> Household:
    """Return a household of head, spouse, son and mother in the village."""
    return make_household("YS000001", "沈立夏", "柳霜降", "沈秋分", "贺春分", by=people["xian"])


@pytest.fixture
def signed_in(people: dict[str, User]) -> Callable[[str], Client]:
    """Return a client that is signed in as somebody of tests/people.py."""

    def client(username: str) -> Client:
        made = Client(headers={"Accept-Language": "en"})
        made.force_login(people[username], backend=BACKEND)
        return made

    return client


@pytest.fixture
def english() -> Iterator[None]:
    """Let stage functions refuse in English, for tests that read the sentence."""
    with translation.override("en"):
        yield
