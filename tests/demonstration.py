"""The small demonstration that tests look at: its size, its folders, and its loading."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import override_settings

from foundation.accounts.demo.loading import load_demo
from foundation.accounts.models import User
from households.demo.loading import load_demo_register
from monitoring.demo.loading import load_demo_feeds

#: Households of the demonstration of the tests.
LOADED = 300


def load_small_demonstration() -> dict[str, int]:
    """Load staff, register and all days; returns what the last loading answered."""
    shell = User.objects.built_in("shell")
    load_demo(by=shell)
    load_demo_register(by=shell, households=LOADED)
    return load_demo_feeds(by=shell)


@contextmanager
def folders_of_the_demonstration(folder: Path) -> Iterator[None]:
    """Let keys and files lie where every test looks for them, and the archive in a folder of the demonstration."""
    archive = folder / "demonstration"
    with override_settings(
        KEYS_DIR=folder / "keys",
        FILES_INCOMING=folder / "incoming",
        FILES_FOLDER=folder / "kept",
        FILES_STORE="",
        ARCHIVE_INCOMING=archive / "drafts",
        ARCHIVE_FOLDER=archive / "archive",
        ARCHIVE_CACHE=archive / "cache",
    ):
        yield
