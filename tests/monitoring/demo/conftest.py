"""A small demonstration with everything its departments handed in, loaded once for a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from foundation.accounts.demo.loading import load_demo
from foundation.accounts.models import User
from households.demo.loading import load_demo_register
from monitoring.demo.loading import load_demo_feeds
from monitoring.demo.papers import Paper, papers
from monitoring.demo.register import Register

#: Households of the demonstration of these tests.
LOADED = 300


@pytest.fixture(scope="session")
def made() -> list[Paper]:
    """The files of that demonstration."""
    return papers(Register(LOADED))


@pytest.fixture(scope="module")
def folders(_folder_of_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keys and files lie where every test looks for them, the archive in a folder of the module."""
    archive = tmp_path_factory.mktemp("archive")
    with override_settings(
        KEYS_DIR=_folder_of_files / "keys",
        FILES_INCOMING=_folder_of_files / "incoming",
        FILES_FOLDER=_folder_of_files / "kept",
        FILES_STORE="",
        ARCHIVE_INCOMING=archive / "drafts",
        ARCHIVE_FOLDER=archive / "archive",
        ARCHIVE_CACHE=archive / "cache",
    ):
        yield


@pytest.fixture(scope="module")
def played(database_of_the_module: str, django_db_blocker, folders) -> dict[str, int]:
    """The demonstration with its register and its departments' days; what the last loading answered."""
    with django_db_blocker.unblock():
        shell = User.objects.built_in("shell")
        load_demo(by=shell)
        load_demo_register(by=shell, households=LOADED)
        return load_demo_feeds(by=shell)


@pytest.fixture
def demo_day(played, db, settings) -> None:
    """The demonstration's own day counts, not the one of the tests."""
    settings.SHOUWANG_TODAY = None
