"""What the tests of income sheets share: a monitored household, a line in force, an archive of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from assistance.models import Case
from foundation.accounts.models import User
from households.models import Household
from tests.assistance.conftest import english, home, signed_in
from tests.assistance.help.helped import monitored
from tests.foundation.regulations.made import says
from tests.people import COUNTY

__all__ = ["case", "english", "home", "signed_in"]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path) -> Iterator[Path]:
    """Sealed files and the archive of the test lie in a folder of its own."""
    with override_settings(
        FILES_INCOMING=tmp_path / "incoming",
        FILES_FOLDER=tmp_path / "files",
        ARCHIVE_INCOMING=tmp_path / "drafts",
        ARCHIVE_FOLDER=tmp_path / "archive",
        ARCHIVE_CACHE=tmp_path / "cache",
    ):
        yield tmp_path


@pytest.fixture
def case(home: Household, people: dict[str, User]) -> Case:
    """Return the case of the household, monitored, where the line is 8,800 yuan."""
    says("monitoring_line", COUNTY, "2024-01-01", "8800")
    return monitored(home)
