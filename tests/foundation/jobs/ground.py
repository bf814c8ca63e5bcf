"""Servers, workers and a scheduler of a test's own, to be killed. Each is ended by its recorded process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg2
from django.db import connection, connections

from launch.environment import (
    HOME,
    Urls,
    create_secret_key,
    owner_environment,
    process_environment,
    read_installation,
)
from launch.postgres import APP, OWNER, Postgres, start_ready, url
from launch.valkey import Valkey
from tests.once import once, shared_folder

SETTINGS = "tests.foundation.jobs.ground_settings"


def await_that(holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until something holds; fail with `what` when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.1)


class Ground:
    """A data folder with PostgreSQL and Valkey, as the platform starts them, and processes that use them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = replace(read_installation({"SHOUWANG_VAR": str(folder)}), demo=False)
        for each in (self.place.run, self.place.logs):
            each.mkdir(parents=True)
        self.postgres, self.valkey = Postgres(self.place, folder / "s"), Valkey(self.place, folder / "s")
        urls = Urls(url(folder / "s", APP), url(folder / "s", OWNER), self.valkey.url)
        create_secret_key(self.place)
        self.environment = process_environment(self.place, urls) | {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "SHOUWANG_TODAY": "2026-11-04",
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def begin(self) -> None:
        """Start the servers on a copy of what was prepared once for the whole run."""
        prepared = _prepared_once(shared_folder(self.folder.parent))
        if (prepared / "pg18").is_symlink():  # data outside of the folder would be shared, not copied
            self.prepare()
            return
        for name in ("pg18", "keys"):
            subprocess.run(["cp", "-a", f"{prepared / name}/.", str(self.folder / name)], check=True)
        self.start_postgres()
        self.start_valkey()

    def prepare(self) -> None:
        """Make the database and its tables, as the first start of the platform does, and start the servers."""
        self.postgres.prepare()
        self.start_postgres()
        self.postgres.ensure_database()
        self.start_valkey()
        subprocess.run(
            [sys.executable, "manage.py", "prepare_database", "-v", "0"],
            cwd=HOME, env=owner_environment(self.environment), check=True, capture_output=True,
        )  # fmt: skip

    def start_postgres(self) -> None:
        """Start the server as the keeper does; after a kill it waits until the backends of the dead one are gone."""

        def start() -> "subprocess.Popen[bytes]":
            self.processes["postgres"] = self.postgres.start()
            return self.processes["postgres"]

        start_ready(self.postgres, start)

    def start_valkey(self) -> None:
        self.processes["valkey"] = self.valkey.start()
        self.valkey.wait_ready(self.processes["valkey"])

    def start_worker(self, name: str = "worker") -> None:
        self._celery(name, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle")

    def start_scheduler(self) -> None:
        self._celery("scheduler", "beat", "--schedule", str(self.folder / "beat"), "--pidfile=")

    def _celery(self, name: str, *arguments: str) -> None:
        with (self.place.logs / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config", *arguments, "--loglevel", "INFO"],
                cwd=HOME, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def children(self, name: str) -> list[int]:
        """The processes that a process of ours has started and that still run."""
        pid = self.processes[name].pid
        listing = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
        )
        return [int(each) for each in listing.stdout.split()]

    def kill(self, name: str, *, group: bool = True) -> None:
        """Kill -9: a whole process group, or its first process only (its children must notice by themselves)."""
        process = self.processes.pop(name)
        (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
        process.wait(60)
        await_that(lambda: not _group_lives(process.pid), 60, f"the end of {name}")

    def said(self, name: str) -> str:
        return (self.place.logs / f"{name}.log").read_text(errors="replace")

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """Ask the database past Django."""
        with psycopg2.connect(url(self.folder / "s", OWNER)) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            found: list[tuple[object, ...]] = cursor.fetchall()
        connection.close()
        return found

    @contextmanager
    def nobody_writes(self, table: str) -> Iterator[None]:
        """Keep every process from writing to a table, so that work is surely not over when it is killed."""
        holder = psycopg2.connect(url(self.folder / "s", OWNER))
        try:
            holder.cursor().execute(f"LOCK TABLE {table} IN SHARE MODE")
            yield
        finally:
            holder.close()

    def rest(self) -> None:
        """End the database in order, so that its files may be copied."""
        process = self.processes.pop("postgres")
        process.send_signal(signal.SIGINT)
        process.wait(60)

    def end(self) -> None:
        """End whatever still runs."""
        for name in list(self.processes):
            if self.processes[name].poll() is None:
                self.kill(name)


def _prepared_once(shared: Path) -> Path:
    """Return the data folder with a prepared database, whose servers rest."""
    folder = shared / "prepared-ground"

    def make() -> None:
        made = Ground(folder)
        try:
            made.prepare()
            made.rest()
        finally:
            made.end()

    once(shared / "ground_made", make)
    return folder


@contextmanager
def standing(folder: Path) -> Iterator[Ground]:
    """Servers of one's own; Django of this process looks at their database meanwhile."""
    made = Ground(folder)
    kept = dict(connections["default"].settings_dict)
    try:
        made.begin()
        connection.close()
        connections["default"].settings_dict.update(
            NAME="shouwang", USER="shouwang_app", HOST=str(folder / "s"), PORT="", PASSWORD=""
        )
        yield made
    finally:
        connection.close()
        connections["default"].settings_dict.update(kept)
        made.end()


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
