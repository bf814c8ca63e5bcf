"""The keeper: one background process that holds the embedded servers as its children while anybody uses them.

Every user (./run, ./run manage, a backup) holds a shared lock on `users.lock`. The keeper ends the servers
when it can take that lock alone, so it needs no count, no message and no clean exit of a user: the kernel
releases the lock of a user that was killed.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from launch.environment import Installation, own_command
from launch.locks import Lock, is_held
from launch.postgres import APP, OWNER, Postgres, start_ready, url
from launch.processes import Child, end_recorded, look_after, open_log, read_json, record, write_json
from launch.sentences import Stop, say
from launch.valkey import Valkey

READY, BUSY, FAILED = "READY", "BUSY", "FAILED"


def keep(place: Installation) -> int:
    """Be the keeper until nobody uses the servers. Speaks to the one that started it on standard output."""
    lock = Lock(place.run / "keeper.lock")
    if not lock.try_exclusive():
        print(BUSY, flush=True)
        return 0
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopping.append(number))
    for ignored in (signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(ignored, signal.SIG_IGN)
    servers = _Servers(place)
    try:
        servers.start()
        with contextlib.suppress(
            OSError
        ):  # the one that started us may be gone; the servers are for everybody
            print(READY, flush=True)
        _turn_to_log(place)
        users = Lock(place.run / "users.lock")
        while not stopping and not users.try_exclusive():
            servers.look()
            time.sleep(0.1)
        return 0
    except Stop as reason:
        with contextlib.suppress(OSError):
            print(f"{FAILED} {reason}", flush=True)
        say(f"The servers are given up: {reason}")
        return 1
    finally:
        servers.stop()


class _Servers:
    def __init__(self, place: Installation) -> None:
        self.place = place
        self.path = place.run / "servers.json"
        self.children: list[Child] = []
        self.facts: dict[str, Any] = {}

    def start(self) -> None:
        left = read_json(self.path) or {}
        self.path.unlink(missing_ok=True)
        end_recorded(left.get("children", []))
        sockets = _socket_folder(left.get("sockets"))
        self.facts = {"keeper": record("keeper", os.getpid()), "sockets": str(sockets), "children": []}
        if not self.place.own_redis:
            valkey = Valkey(self.place, sockets)
            self._add("broker", valkey, signal.SIGTERM)
            self.facts["redis"] = valkey.url
        if not self.place.own_database:
            postgres = Postgres(self.place, sockets)
            self.facts["identity"] = postgres.identity.sentence
            postgres.prepare()
            self._add("database", postgres, signal.SIGINT)  # fast shutdown: does not wait for clients
            postgres.ensure_database()
            self.facts |= {"database": url(sockets, APP), "owner": url(sockets, OWNER)}
        self._write()

    def _add(self, name: str, server: Postgres | Valkey, end_with: signal.Signals) -> None:
        is_held = server.is_held if isinstance(server, Postgres) else None
        child = Child(name, server.start, server.log, end_with, patience_s=60, is_held=is_held)
        self.children.append(child)

        def start() -> "subprocess.Popen[bytes]":
            process = child.start()
            self._write(draft=True)
            return process

        if isinstance(server, Postgres):
            start_ready(server, start)
        else:
            server.wait_ready(start())

    def look(self) -> None:
        if look_after(self.children):
            self._write()

    def _write(self, *, draft: bool = False) -> None:
        self.facts["children"] = [entry for child in self.children if (entry := child.entry())]
        # Before all is ready only the numbers are written: enough to clean up after us, not to connect.
        shown = {key: self.facts[key] for key in ("sockets", "children")} if draft else self.facts
        write_json(self.path, shown)

    def stop(self) -> None:
        if not self.facts:
            return
        write_json(self.path, {"sockets": self.facts["sockets"], "children": self.facts["children"]})
        if not is_held(self.place.run / "instance.lock"):
            end_leftovers(self.place)
        for child in reversed(self.children):
            child.stop()
        self.path.unlink(missing_ok=True)
        shutil.rmtree(self.facts["sockets"], ignore_errors=True)


def end_leftovers(place: Installation) -> list[str]:
    """End the processes of a ./run that was killed; the caller knows that no ./run is alive."""
    path = place.run / "state.json"
    state = read_json(path)
    if not state:
        return []
    ended = end_recorded(state.get("children", []))
    path.unlink(missing_ok=True)
    return ended


def _socket_folder(known: str | None) -> Path:
    """A short private folder (a socket path may have 107 bytes); the one before a crash stays in use."""
    if known and Path(known).is_dir():
        return Path(known)
    base = os.environ.get("XDG_RUNTIME_DIR", "")
    usable = base and len(base) < 60 and os.path.isdir(base) and os.stat(base).st_uid == os.geteuid()
    return Path(tempfile.mkdtemp(prefix="shouwang-", dir=base if usable else "/tmp"))  # noqa: S108 (private)


def _turn_to_log(place: Installation) -> None:
    """Stop speaking to the terminal of the one that started us; it has what it needs."""
    log = open_log(place.logs / "keeper.log")
    for descriptor in (1, 2):
        os.dup2(log, descriptor)
    os.close(log)


def spawn(place: Installation) -> "subprocess.Popen[str]":
    """Start a keeper in a session of its own, so that Ctrl-C at the terminal does not reach it."""
    environment = dict(os.environ) | {"SHOUWANG_VAR": str(place.var)}
    environment["SHOUWANG_THROWAWAY"] = "0" if place.durable else "1"
    return subprocess.Popen(
        own_command("keeper"),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace", env=environment, cwd="/", start_new_session=True,
    )  # fmt: skip
