"""What the tests of intake share: folders of their own, and people who deliver."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from foundation.accounts.models import User


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
def yibao(people: dict[str, User]) -> User:
    """The officer of the medical insurance office."""
    return people["yibao"]


@pytest.fixture
def xian(people: dict[str, User]) -> User:
    """The dispatcher of the county, who may deliver every dataset."""
    return people["xian"]
