"""What the tests of overdue help share: the monitoring line of the stories."""

import pytest

from foundation.accounts.models import User
from tests.foundation.regulations.made import says
from tests.people import COUNTY


@pytest.fixture
def line(people: dict[str, User]) -> None:
    """Let the county have the line of the stories: 8,800 yuan."""
    says("monitoring_line", COUNTY, "2026-01-01", "8800")
