"""A database that was killed with -9 is started again as soon as its last processes are gone, within bounds."""

import subprocess
import time
from pathlib import Path

import pytest

from launch import processes
from launch.postgres import Postgres, start_ready
from launch.processes import RESTARTS, Child
from launch.sentences import Stop

HELD = "FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use"


class Server(Postgres):
    """A server whose start says into its log what it is told to say, and answers after the last of it."""

    def __init__(self, folder: Path, *says: str) -> None:
        self.log, self.data, self.says, self.starts = folder / "log", folder / "pg", list(says), 0
        self.log.touch()

    def start(self) -> "subprocess.Popen[bytes]":
        self._log_began = self.log.stat().st_size
        self.starts += 1
        said = self.says.pop(0) if self.says else ""
        with self.log.open("a") as log:
            log.write(f"{said}\n")
        return subprocess.Popen(["false" if said else "true"])

    def wait_ready(self, process: "subprocess.Popen[bytes]") -> None:
        if process.wait():
            raise Stop("PostgreSQL did not start")


def test_a_start_waits_for_the_processes_of_the_killed_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    server = Server(tmp_path, HELD, 'FATAL:  lock file "postmaster.pid" already exists')
    start_ready(server, server.start)
    assert server.starts == 3
    assert capsys.readouterr().err.count("was killed") == 1


def test_another_fault_is_told_at_once_although_the_log_remembers(tmp_path: Path) -> None:
    server = Server(tmp_path, "FATAL:  data directory has wrong ownership")
    server.log.write_text(f"{HELD}\n")
    with pytest.raises(Stop, match="did not start"):
        start_ready(server, server.start)
    assert server.starts == 1


def test_the_waiting_has_an_end_with_a_sentence(tmp_path: Path) -> None:
    server = Server(tmp_path, HELD, HELD)
    with pytest.raises(Stop, match=r"still hold .* end them"):
        start_ready(server, server.start, patience_s=0)
    assert server.starts == 1


def dies(child: Child, times: int) -> None:
    """Let a child end and be looked at, so often."""
    for _each in range(times):
        child.start().wait()
        child._again_at = None
        child.look()


def test_deaths_for_the_killed_one_are_not_counted_against_the_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = Child("database", lambda: subprocess.Popen(["false"]), tmp_path / "log", is_held=lambda: True)
    dies(child, 3 * RESTARTS)
    assert child._again_at is not None
    monkeypatch.setattr(processes, "HELD_S", -1.0)
    with pytest.raises(Stop, match="was killed do not end"):
        dies(child, 1)


def test_its_own_deaths_are_counted(tmp_path: Path) -> None:
    child = Child("database", lambda: subprocess.Popen(["false"]), tmp_path / "log", is_held=lambda: False)
    with pytest.raises(Stop, match="times in two minutes"):
        dies(child, RESTARTS + 1)
