"""The files of the demonstration that the tests look at."""

import pytest

from monitoring.demo.papers import Paper, papers
from monitoring.demo.register import Register
from tests.demonstration import LOADED


@pytest.fixture(scope="session")
def made() -> list[Paper]:
    """The files of that demonstration."""
    return papers(Register(LOADED))
