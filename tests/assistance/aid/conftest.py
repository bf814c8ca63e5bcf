"""What the tests of aid share: a monitored household, a signed-in browser without a browser, sentences in English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

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


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path) -> Iterator[None]:
    """Sealed files and the archive of the test lie in a folder of its own."""
    with override_settings(
        FILES_INCOMING=tmp_path / "incoming",
        FILES_FOLDER=tmp_path / "files",
        ARCHIVE_INCOMING=tmp_path / "drafts",
        ARCHIVE_FOLDER=tmp_path / "archive",
        ARCHIVE_CACHE=tmp_path / "cache",
    ):
        yield
