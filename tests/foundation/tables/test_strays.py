"""What killed processes left behind is found while others come and go."""

import os
from pathlib import Path

from foundation.tables.strays import remove, untouched_since

_LONG_AGO = 1_000_000.0
_SINCE = 2_000_000.0


def _aged(path: Path, moment: float) -> Path:
    os.utime(path, (moment, moment))
    return path


def test_only_what_nobody_touched_is_a_stray(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("1")
    (tmp_path / "new").write_text("2")
    _aged(tmp_path / "old", _LONG_AGO)
    _aged(tmp_path / "new", _SINCE)
    assert list(untouched_since(tmp_path.iterdir(), _SINCE)) == [tmp_path / "old"]


def test_what_goes_between_being_listed_and_being_asked_is_passed_over(tmp_path: Path) -> None:
    there = [tmp_path / name for name in ("first", "second", "third")]
    for path in there:
        path.write_text("1")
        _aged(path, _LONG_AGO)
    found = untouched_since(iter(there), _SINCE)
    assert next(found) == there[0]
    there[1].unlink()  # its owner was quicker
    assert list(found) == [there[2]]


def test_folders_files_and_what_has_gone_are_removed(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "file").write_text("1")
    kept = tmp_path / "kept"
    kept.mkdir()
    (tmp_path / "link").symlink_to(kept)
    for path in (folder, tmp_path / "link", tmp_path / "gone"):
        remove(path)
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]
