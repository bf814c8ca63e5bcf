"""What all processes of one run share: a folder, and things in it that only the first of them makes."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path


def shared_folder(basetemp: Path) -> Path:
    """Return the folder of the whole run, given the one that pytest gave to this process."""
    return basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp


def once(mark: Path, make: Callable[[], object]) -> None:
    """Run `make` in the first process that comes here; the others wait until it is done."""
    with mark.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists():
            make()
            mark.touch()
