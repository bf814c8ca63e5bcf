"""What the tests of help share: a monitored household, a signed-in browser without a browser, sentences in English."""

import pytest

from assistance.models import Case
from foundation.accounts.models import User
from households.models import Household
from tests.assistance.conftest import english, home, signed_in
from tests.assistance.help.helped import monitored

__all__ = ["case", "english", "home", "signed_in"]


@pytest.fixture
def case(home: Household, people: dict[str, User]) -> Case:
    """Return the case of the household, decided: risks of illness and schooling."""
    return monitored(home)
