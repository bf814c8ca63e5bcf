"""What the tests of departmental data share: a signed-in browser without a browser."""

from collections.abc import Callable

import pytest
from django.test import Client

from foundation.accounts.models import User
from foundation.accounts.sign_in import BACKEND


@pytest.fixture
def signed_in(people: dict[str, User]) -> Callable[[str], Client]:
    """Return a client that is signed in as somebody of tests/people.py."""

    def client(username: str) -> Client:
        made = Client(headers={"Accept-Language": "en"})
        made.force_login(people[username], backend=BACKEND)
        return made

    return client
