"""What the desk's tests share: a signed-in browser without a browser, and parts put into the composition."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from config import composition
from foundation.accounts.composition import parts
from foundation.accounts.models import User


@pytest.fixture
def signed_in(people: dict[str, User]) -> Callable[..., Client]:
    """Return a client that is signed in as somebody of tests/people.py."""

    def client(username: str, **options: Any) -> Client:
        made = Client(**options)
        made.force_login(people[username])
        return made

    return client


@pytest.fixture
def compose(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Let a test list parts of its own under a name of config/composition.py."""

    def with_parts(name: str, *paths: str) -> None:
        monkeypatch.setattr(composition, name, paths)
        parts.cache_clear()

    yield with_parts
    monkeypatch.undo()
    parts.cache_clear()
