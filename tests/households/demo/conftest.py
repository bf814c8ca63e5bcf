"""Counties made for the tests: a small one for most, the full one for what is said of shares."""

import pytest

from households.demo.county import HOUSEHOLDS, County
from households.demo.records import Home


@pytest.fixture(scope="session")
def small_county() -> list[Home]:
    """Five hundred households, those of the stories among them."""
    return list(County("999901", 500).homes())


@pytest.fixture(scope="session")
def whole_county() -> list[Home]:
    """The county as `./run` makes it (two seconds)."""
    return list(County("999901", HOUSEHOLDS).homes())
