"""Where ./test puts what it throws away."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from launch import memory

PLENTY = memory.NEEDED_MB + memory.NEEDED_BESIDE_MB


@pytest.fixture(autouse=True)
def _a_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that names no folder, whose folder in memory has room, and that bounds nobody."""
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(memory, "_allowed_mb", lambda: 2**40)
    monkeypatch.setattr("shutil.disk_usage", lambda _place: SimpleNamespace(free=memory.NEEDED_MB * 2**20))


@pytest.fixture
def meminfo(tmp_path: Path) -> Path:
    """What the kernel says of a machine with just enough."""
    told = tmp_path / "meminfo"
    told.write_text(
        f"MemTotal:       99999999 kB\nMemAvailable:   {PLENTY * 1024} kB\nHugePages_Total:       0\n"
    )
    return told


def test_where_memory_is_plenty_it_is_there(tmp_path: Path, meminfo: Path) -> None:
    assert memory.folder_in_memory(tmp_path, meminfo) == str(tmp_path)


def test_a_named_folder_is_obeyed(tmp_path: Path, meminfo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/elsewhere")
    assert memory.folder_in_memory(tmp_path, meminfo) is None


def test_little_memory_is_left_alone(tmp_path: Path, meminfo: Path) -> None:
    meminfo.write_text(f"MemAvailable: {PLENTY * 1024 - 1} kB\n")
    assert memory.folder_in_memory(tmp_path, meminfo) is None


def test_a_narrow_container_is_left_alone(
    tmp_path: Path, meminfo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "_allowed_mb", lambda: PLENTY - 1)
    assert memory.folder_in_memory(tmp_path, meminfo) is None


def test_a_small_folder_is_left_alone(tmp_path: Path, meminfo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _place: SimpleNamespace(free=64 * 2**20))
    assert memory.folder_in_memory(tmp_path, meminfo) is None


def test_where_there_is_none_the_usual_folder_serves(tmp_path: Path, meminfo: Path) -> None:
    assert memory.folder_in_memory(tmp_path, tmp_path / "nothing") is None
    assert memory.folder_in_memory(tmp_path / "nothing", meminfo) is None
