"""Find and remove what killed processes left in a folder in which others come and go meanwhile."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path


def untouched_since(paths: Iterable[Path], before: float) -> Iterator[Path]:
    """Yield those of `paths` that nobody changed since a moment (seconds of the epoch).

    What its owner removes between being listed and being asked is passed over: it was no stray.
    """
    for path in paths:
        try:
            changed = path.lstat().st_mtime
        except FileNotFoundError:
            continue
        if changed < before:
            yield path


def remove(path: Path) -> None:
    """Remove a file, or a folder with what lies in it; one that has gone meanwhile is no fault."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
