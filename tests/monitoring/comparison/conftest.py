"""What the tests of the comparison share: an archive and snapshots in a folder of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path) -> Iterator[Path]:
    """The archive and the snapshots of a test lie in a folder of its own."""
    with override_settings(
        FILES_INCOMING=tmp_path / "incoming",
        FILES_FOLDER=tmp_path / "files",
        ARCHIVE_INCOMING=tmp_path / "drafts",
        ARCHIVE_FOLDER=tmp_path / "archive",
        ARCHIVE_CACHE=tmp_path / "cache",
        SNAPSHOT_FOLDER=tmp_path / "snapshots",
    ):
        yield tmp_path
