"""A trial for each test, ended whatever the test did."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launch.trial import Trial
from tests.once import once, shared_folder


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    """An installation that was never started."""
    made = Trial(tmp_path)
    yield made
    made.end()


@pytest.fixture(scope="session")
def started_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of an installation that was started and stopped once in this run; tests take copies."""
    shared = shared_folder(tmp_path_factory.getbasetemp())
    folder = shared / "started-once"

    def start() -> None:
        folder.mkdir()
        made = Trial(folder)
        try:
            made.serve()
        finally:
            made.end()

    once(shared / "started_once", start)
    return folder / "var"


@pytest.fixture
def known(trial: Trial, started_once: Path) -> Trial:
    """An installation that was started before, and is down."""
    if not (started_once / "pg18").is_symlink():  # data outside of the folder would be shared, not copied
        subprocess.run(["cp", "-a", str(started_once), str(trial.var)], check=True)
    return trial
