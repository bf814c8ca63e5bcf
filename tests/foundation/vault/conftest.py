"""A ring of keys of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def keys_dir(tmp_path: Path) -> Iterator[Path]:
    """An empty folder of keys."""
    with override_settings(KEYS_DIR=tmp_path / "keys"):
        yield tmp_path / "keys"
