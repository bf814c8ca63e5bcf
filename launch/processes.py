"""Processes told apart by number and birth, children that are started again, and an orderly end."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from launch.sentences import Stop, say

RESTARTS = 5
WINDOW_S = 120.0
#: How long the last processes of a killed child may hold what its next start needs.
HELD_S = 60.0


def birth(pid: int) -> str | None:
    """A mark of the process that has this number now, or None when there is none.

    Numbers are used again; number and birth together are not, so a process is only ended when both agree.
    """
    if sys.platform == "linux":
        try:
            line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
            # The name in the second field may hold spaces and brackets: count from its end.
            fields = line.rpartition(")")[2].split()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except (OSError, IndexError):
            return None
        return None if fields[0] in "ZX" else f"{boot}:{fields[19]}"
    listing = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, started = listing.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else started.strip()


def record(name: str, pid: int, end_with: signal.Signals = signal.SIGTERM) -> dict[str, Any]:
    """What must be remembered of a process to end it later, and only it."""
    return {"name": name, "pid": pid, "birth": birth(pid), "end_with": int(end_with)}


def is_alive(entry: dict[str, Any]) -> bool:
    """Whether exactly the recorded process still runs."""
    return entry["birth"] is not None and birth(entry["pid"]) == entry["birth"]


def end_recorded(entries: Iterable[dict[str, Any]], patience_s: float = 20.0) -> list[str]:
    """End the recorded processes that still run, in order; gives back their names."""
    ended = []
    for entry in entries:
        if not is_alive(entry):
            continue
        ended.append(str(entry["name"]))
        _signal(entry["pid"], entry["end_with"])
        deadline = time.monotonic() + patience_s
        while is_alive(entry) and time.monotonic() < deadline:
            time.sleep(0.05)
        if is_alive(entry):
            _signal_group(entry["pid"], signal.SIGKILL)
    return ended


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def _signal_group(pid: int, number: int) -> None:
    """Signal the process and, when it leads a group of its own, the group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.getpgid(pid) == pid:
            os.killpg(pid, number)
        else:
            os.kill(pid, number)


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Replace a record in one step, so that a reader never sees half of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    draft.chmod(0o600)
    draft.replace(path)


def read_json(path: Path) -> dict[str, Any] | None:
    """A record, or None when there is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


class Child:
    """A process of ours that is started again when it dies, a few times, and then given up."""

    def __init__(
        self,
        name: str,
        start: Callable[[], "subprocess.Popen[bytes]"],
        log: Path,
        end_with: signal.Signals = signal.SIGTERM,
        patience_s: float = 12.0,
        is_held: Callable[[], bool] | None = None,
    ) -> None:
        """Remember how to start and end it; `is_held` says that it ended because a killed one is not gone yet."""
        self.name = name
        self.log = log
        self.end_with = end_with
        self.patience_s = patience_s
        self._start = start
        self._is_held = is_held
        self._deaths: list[float] = []
        self._held: list[float] = []
        self._again_at: float | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the process now."""
        self._again_at = None
        self.process = self._start()
        return self.process

    def look(self) -> bool:
        """Start a dead process again when its pause is over; True when it was started."""
        now = time.monotonic()
        if self._again_at is not None:
            if now < self._again_at:
                return False
            self.start()
            return True
        if self.process is None or self.process.poll() is None:
            return False
        self._end_group()
        if self._is_held is not None and self._is_held():
            self._wait_for_the_killed(now)
            return False
        self._deaths = [moment for moment in self._deaths if now - moment < WINDOW_S] + [now]
        if len(self._deaths) > RESTARTS:
            raise Stop(
                f"The {self.name} ended {len(self._deaths)} times in two minutes; its log is {self.log}."
            )
        pause = 0.25 * 2 ** len(self._deaths)
        say(f"The {self.name} ended (status {self.process.returncode}); it is started again in {pause:g} s.")
        self._again_at = now + pause
        return False

    def _wait_for_the_killed(self, now: float) -> None:
        """Appoint the next start; these deaths are not the child's own, and end after a time of their own."""
        self._held = [moment for moment in self._held if now - moment < WINDOW_S] + [now]
        if now - self._held[0] > HELD_S:
            raise Stop(
                f"Processes of the {self.name} that was killed do not end: end them, then start again; "
                f"nothing is lost. Its log is {self.log}."
            )
        if len(self._held) == 1:
            say(f"The {self.name} was killed; it starts as soon as its last processes have ended.")
        self._again_at = now + 0.5

    def stop(self, *, now: bool = False) -> None:
        """End the process: politely, and after its patience by force with everything it started."""
        if self.process is None:
            return
        if self.process.poll() is None:
            _signal(self.process.pid, signal.SIGKILL if now else self.end_with)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience_s)
        self._end_group()
        self.process.wait()

    def _end_group(self) -> None:
        """A group outlives a leader that died badly; what is left of it is ours as well."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def entry(self) -> dict[str, Any] | None:
        """The record of the running process."""
        if self.process is None or self.process.poll() is not None:
            return None
        return record(self.name, self.process.pid, self.end_with)


def look_after(children: list[Child]) -> bool:
    """Look at every child; True when one was started again."""
    return True in [child.look() for child in children]


def open_log(path: Path, keep_bytes: int = 10 << 20) -> int:
    """A descriptor that appends to a log; a log that grew large is put aside once."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > keep_bytes:
        path.replace(path.with_name(path.name + ".1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
