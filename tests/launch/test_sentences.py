"""Every way in which a start is refused is one clear sentence."""

import errno
import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from launch import commands, machine, virtualenv
from launch.environment import Installation, create_secret_key, read_installation
from launch.sentences import Stop
from tests.launch.trial import HOME, Trial


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"PORT": "eighty"}, "PORT is 'eighty'"),
        ({"PORT": "70000"}, "PORT is '70000'"),
        ({"SHOUWANG_PROFILE": "staging"}, "SHOUWANG_PROFILE is 'staging'"),
        ({"SHOUWANG_DEMO": "yes"}, "SHOUWANG_DEMO is 'yes'"),
        ({"SHOUWANG_DEMO_HOUSEHOLDS": "many"}, "SHOUWANG_DEMO_HOUSEHOLDS is 'many'"),
        ({"SHOUWANG_DEMO_HOUSEHOLDS": "0"}, "SHOUWANG_DEMO_HOUSEHOLDS is '0'"),
        ({"SHOUWANG_LOG_DAYS": "30"}, "SHOUWANG_LOG_DAYS is '30'"),
        ({"DATABASE_OWNER_URL": "postgresql://owner@host/db"}, "without DATABASE_URL"),
        ({"SHOUWANG_VAR": "/proc/shouwang"}, "set SHOUWANG_VAR to one of yours"),
    ],
)
def test_a_wrong_setting(trial: Trial, wrong: dict[str, str], words: str) -> None:
    done = trial.run("manage", "check", **wrong)
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


def test_data_of_another_version(trial: Trial) -> None:
    trial.var.mkdir()
    (trial.var / "VERSION").write_text("2\n")
    done = trial.run()
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "have version '2' and this program knows version 1" in done.stderr


def test_a_folder_with_other_peoples_files(trial: Trial) -> None:
    trial.var.mkdir()
    (trial.var / "thesis.odt").touch()
    assert "holds other files (thesis.odt)" in trial.run().stderr
    assert "holds other files (thesis.odt)" in trial.run("reset", "--yes").stderr
    assert (trial.var / "thesis.odt").exists()


def test_an_unknown_command(trial: Trial) -> None:
    done = trial.run("launch-rockets")
    assert (done.returncode, done.stderr) == (
        2,
        "There is no command 'launch-rockets'; ./run help lists them.\n",
    )
    assert not trial.var.exists()


def test_servers_of_your_own_that_do_not_answer(trial: Trial) -> None:
    lost = "postgresql://app:hidden-word@127.0.0.1:9/shouwang"
    done = trial.run("manage", "check", DATABASE_URL=lost)
    assert done.returncode == 1
    assert "DATABASE_URL (postgresql://127.0.0.1:9/shouwang) cannot be reached" in done.stderr
    assert "hidden-word" not in done.stderr
    done = trial.run("manage", "check", REDIS_URL="redis://:hidden-word@127.0.0.1:9/0")
    assert "REDIS_URL (redis://127.0.0.1:9/0) cannot be reached" in done.stderr
    assert "hidden-word" not in done.stderr


def test_no_fitting_python(tmp_path: Path) -> None:
    clone = _bare_clone(tmp_path)
    broken = tmp_path / "bin"
    broken.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        (broken / name).write_text("#!/bin/sh\nexit 127\n")  # a version manager's shim without a version
        (broken / name).chmod(0o755)
    done = _run_with_path(clone, broken, ("uname", "dirname"))
    assert done.returncode == 2
    assert done.stderr.startswith("Shouwang needs Python 3.11, 3.12 or 3.13")


def test_another_operating_system(tmp_path: Path) -> None:
    clone = _bare_clone(tmp_path)
    odd = tmp_path / "bin"
    odd.mkdir()
    (odd / "uname").write_text("#!/bin/sh\necho MINGW64_NT-10.0\n")
    (odd / "uname").chmod(0o755)
    done = _run_with_path(clone, odd, ("dirname",))
    assert (done.returncode, done.stderr) == (
        2,
        "Shouwang runs on Linux and macOS; this machine says it is MINGW64_NT-10.0.\n",
    )


def _bare_clone(folder: Path) -> Path:
    clone = folder / "clone"
    clone.mkdir()
    shutil.copy(HOME / "run", clone / "run")
    return clone


def _run_with_path(clone: Path, folder: Path, tools: tuple[str, ...]) -> "subprocess.CompletedProcess[str]":
    for tool in tools:
        (folder / tool).symlink_to(str(shutil.which(tool)))
    return subprocess.run(
        ["/bin/sh", str(clone / "run")],
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_another_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(Stop, match="this machine is riscv64"):
        machine.check_platform()


def test_too_little_space(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=12 << 20))
    with pytest.raises(Stop, match="has 12 MB free and 300 MB are needed"):
        machine.check_space(tmp_path / "not" / "there" / "yet")


def test_a_disk_that_fills_up(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def full(_: list[str]) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", "/data/x")

    monkeypatch.setattr(commands, "_dispatch", full)
    assert commands.main([]) == 1
    assert capsys.readouterr().err.startswith("The disk that holds /data/x is full")


def test_a_python_without_ensurepip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    words = "The virtual environment was not created successfully because ensurepip is not available."
    failed = subprocess.CompletedProcess([], 1, words, "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(Stop, match=r"apt-get install python3\.\d+-venv"):
        virtualenv._create(tmp_path / "venv")


def test_a_half_made_environment_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to("/bin/sh")
    assert not virtualenv._is_complete(tmp_path, {"requirements.txt": "digest"})


def test_the_secret_key_is_made_once_and_private(tmp_path: Path) -> None:
    place = _place(tmp_path)
    create_secret_key(place)
    key = (tmp_path / "keys" / "secret_key").read_bytes()
    create_secret_key(place)
    assert (tmp_path / "keys" / "secret_key").read_bytes() == key
    assert len(key) > 80
    assert (tmp_path / "keys" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path / "keys") == ["secret_key"]


def _place(var: Path) -> Installation:
    return read_installation({"SHOUWANG_VAR": str(var)})


def test_production_has_no_demo_unless_asked() -> None:
    assert read_installation({}).demo
    assert not read_installation({"SHOUWANG_PROFILE": "production"}).demo
    assert not read_installation({"SHOUWANG_DEMO": "0"}).demo
