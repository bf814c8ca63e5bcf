"""A throw-away installation that a test starts, breaks and ends, without touching any other."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from launch.processes import birth

HOME = Path(__file__).resolve().parents[2]
PASSPHRASE = "correct horse battery staple"
# What ./test or a developer set for themselves must not reach a trial.
FOREIGN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "HOST", "PORT", "DJANGO_SETTINGS_MODULE")


def free_port() -> int:
    """A port that nobody holds at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Trial:
    """One data folder, one port, and the commands on them."""

    def __init__(self, folder: Path, home: Path = HOME, **settings: str) -> None:
        self.home = home
        self.var = folder / "var"
        self.folder = folder
        self.port = free_port()
        self.settings = settings
        self.started: list[subprocess.Popen[str]] = []

    def environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in FOREIGN and not name.startswith(("SHOUWANG_", "PYTEST_", "COV_"))
        }
        ours = {"SHOUWANG_VAR": str(self.var), "PORT": str(self.port), "SHOUWANG_DEMO": "0"}
        return kept | ours | {"SHOUWANG_BACKUP_PASSPHRASE": PASSPHRASE, **self.settings}

    def run(self, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            [str(self.home / "run"), *arguments],
            env=self.environment() | settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=250,
        )

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command and go on; `said` reads what it says."""
        number = len(self.started)
        with (self.folder / f"out{number}").open("w") as out, (self.folder / f"err{number}").open("w") as err:
            process = subprocess.Popen(
                [str(self.home / "run"), *arguments],
                env=self.environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=err, text=True,
                start_new_session=True,
            )  # fmt: skip
        self.started.append(process)
        return process

    def said(self, number: int = 0) -> str:
        return (self.folder / f"err{number}").read_text() + (self.folder / f"out{number}").read_text()

    def serve(self) -> "subprocess.Popen[str]":
        """Start everything and wait for the address."""
        process = self.begin()
        number = len(self.started) - 1
        up = await_that(
            lambda: self.address in (self.folder / f"out{number}").read_text() or process.poll() is not None,
            240,
        )
        assert up, self.said(number)
        assert process.poll() is None, self.said(number)
        return process

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.address + "healthz/", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def recorded(self) -> dict[str, int]:
        """Every process that the launcher has on record, by name."""
        pids: dict[str, int] = {}
        for name in ("state.json", "servers.json"):
            with contextlib.suppress(OSError, ValueError):
                facts = json.loads((self.var / "run" / name).read_text())
                entries = facts.get("children", []) + [facts[key] for key in ("me", "keeper") if key in facts]
                pids |= {entry["name"]: entry["pid"] for entry in entries}
        return pids

    def ask(self, code: str) -> str:
        """The answer of a line of Python inside the application."""
        done = self.run("manage", "shell", "--no-imports", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def end(self) -> None:
        """End what is left, by number."""
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(30)
        left = self.recorded()
        self.run("stop")
        await_that(lambda: not any(birth(pid) for pid in left.values()), 30)
        outside = self.var / "pg18"
        if outside.is_symlink():
            shutil.rmtree(outside.resolve().parent, ignore_errors=True)


def await_that(condition, patience_s: float = 90) -> bool:
    """Wait for a condition; False when it did not come true in time."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def gone(pids: dict[str, int], patience_s: float = 60) -> list[str]:
    """The names of processes that are still there after a while; empty is good."""
    await_that(lambda: not any(birth(pid) for pid in pids.values()), patience_s)
    return [name for name, pid in pids.items() if birth(pid)]
