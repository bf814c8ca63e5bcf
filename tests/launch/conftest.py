"""A trial for each test, ended whatever the test did."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launch.trial import Trial


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    made = Trial(tmp_path)
    yield made
    made.end()
