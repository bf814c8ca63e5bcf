"""What one process compiled, the next one reads, although the caller's Python was told to keep nothing."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch.environment import Installation, keep_bytecode, read_installation


class ReadOnly(Installation):
    """An installation whose clone may not be written to."""

    @property
    def writable_home(self) -> bool:
        return False


def _imports_once(folder: Path) -> None:
    (folder / "slow_to_compile.py").write_text("word = 1\n")
    subprocess.run([sys.executable, "-c", "import slow_to_compile"], cwd=folder, check=True)


def test_it_lies_beside_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    keep_bytecode(dataclasses.replace(read_installation({}), home=tmp_path, var=tmp_path / "var"))
    _imports_once(tmp_path)
    assert list((tmp_path / "__pycache__").glob("slow_to_compile.*.pyc"))


def test_it_lies_with_the_data_of_a_clone_that_is_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "elsewhere")
    facts = vars(read_installation({})) | {"home": tmp_path, "var": tmp_path / "var"}
    keep_bytecode(ReadOnly(**facts))
    _imports_once(tmp_path)
    assert list((tmp_path / "var").rglob("slow_to_compile.*.pyc"))
    assert not (tmp_path / "__pycache__").exists()
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
