"""The embedded PostgreSQL: the cluster, the server as a direct child, roles and the text-search check."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2

from launch.environment import Installation
from launch.identity import Identity, choose_identity
from launch.processes import birth, open_log
from launch.sentences import Stop, disk_full, last_words, say, speaks_of_full_disk

SUPERUSER = "postgres"
DATABASE = "shouwang"
OWNER = "shouwang_owner"
APP = "shouwang_app"
EXTENSIONS = ("pg_trgm", "btree_gin", "btree_gist")

SETTINGS = {
    "listen_addresses": "",  # the socket in a private folder is the only door
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # The driver puts values into the text of a statement, so the text, the values, the detail of an error and
    # the error itself (it quotes what it refuses) stay out of the log: only the caller gets them.
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
}
#: How long a start waits for the last processes of a server that was killed with -9.
PATIENCE_S = 60.0
HELD = ("pre-existing shared memory block", 'lock file "postmaster.pid" already exists')
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def url(socket_folder: Path, role: str, database: str = DATABASE) -> str:
    """The address of a database of the embedded server."""
    return f"postgresql://{role}@{quote(str(socket_folder), safe='')}/{database}"


class Postgres:
    """The embedded server of one installation."""

    def __init__(self, place: Installation, sockets: Path) -> None:
        self.place = place
        self.sockets = sockets
        self.log = place.logs / "postgres.log"
        self.identity: Identity = choose_identity(place)
        self.data = self.identity.data
        self._log_began = 0
        self.identity.own(sockets)

    def prepare(self) -> None:
        """Make the cluster on the first start; end what an earlier launcher left running on it."""
        self._end_orphan()
        if (self.data / "PG_VERSION").exists():
            return
        draft = self.data.with_name(
            self.data.name + ".new"
        )  # a half-made cluster is never taken for a whole one
        shutil.rmtree(draft, ignore_errors=True)
        self.identity.own(draft)
        say(" ".join(filter(None, [self.identity.sentence, "Making the database (a few seconds, once)."])))
        # libc's C.UTF-8: with plain C a trigram index sees no Chinese letters, and there is no ICU here.
        command = self.identity.command(
            "initdb",
            "-D",
            str(draft),
            "-U",
            SUPERUSER,
            "--auth=trust",
            "--locale=C.UTF-8",
            "-E",
            "UTF8",
            "--no-instructions",
        )
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=_environment(), **self._options()
        )
        if done.returncode:
            text = done.stdout + done.stderr
            shutil.rmtree(draft, ignore_errors=True)
            if speaks_of_full_disk(text):
                raise disk_full(self.place.var)
            raise Stop(f"PostgreSQL could not make its data folder {self.data}:\n{last_words(text)}")
        if self.data.exists():
            self.data.rmdir()
        draft.rename(self.data)

    def start(self) -> "subprocess.Popen[bytes]":
        """Start the server as our direct child."""
        settings = SETTINGS | ({} if self.place.durable else THROWAWAY)
        settings["unix_socket_directories"] = str(self.sockets)
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        log = open_log(self.log)
        self._log_began = self.log.stat().st_size
        try:
            return subprocess.Popen(
                self.identity.command("postgres", "-D", str(self.data), *flags),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environment(), start_new_session=True,
                **self._options(),
            )  # fmt: skip
        finally:
            os.close(log)

    def is_held(self) -> bool:
        """Whether the last start failed only because processes of a killed server still hold its data."""
        try:
            with self.log.open("rb") as log:
                log.seek(self._log_began)
                said = log.read(2**16).decode("utf-8", errors="replace")  # a start fails in its first lines
        except OSError:
            return False
        return any(words in said for words in HELD)

    def wait_ready(self, process: "subprocess.Popen[bytes]") -> None:
        """Wait until the server answers; recovery after a crash may take as long as it needs."""
        began, told = time.monotonic(), False
        while True:
            try:
                psycopg2.connect(url(self.sockets, SUPERUSER, "postgres"), connect_timeout=5).close()
            except psycopg2.OperationalError:
                if process.poll() is not None:
                    raise self._failure() from None
            else:
                return
            if not told and time.monotonic() - began > 10:
                say("PostgreSQL is still recovering from a crash; nothing is wrong, it only takes time.")
                told = True
            time.sleep(0.05)

    def _failure(self) -> Stop:
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        if speaks_of_full_disk(text[-4000:]):
            return disk_full(self.data)
        return Stop(f"PostgreSQL did not start; the end of its log {self.log}:\n{last_words(text)}")

    def ensure_database(self) -> None:
        """Roles, database and extensions, made when missing; and proof that Chinese names can be searched."""
        with _connection(url(self.sockets, SUPERUSER, "postgres")) as cursor:
            for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if not cursor.fetchone():
                    cursor.execute(f"CREATE ROLE {role} {rights} NOSUPERUSER")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        with _connection(url(self.sockets, OWNER)) as cursor:
            for (
                extension
            ) in EXTENSIONS:  # all three are trusted, so the owner may make them, and a restore too
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
            cursor.execute("SELECT show_trgm('张三') <> '{}'")
            answer = cursor.fetchone()
        if not answer or not answer[0]:
            raise Stop(f"PostgreSQL in {self.data} cannot search Chinese names: its locale must be C.UTF-8.")

    def _end_orphan(self) -> None:
        """Stop, by its number, a server that outlived its launcher (killed with -9) and is surely ours."""
        try:
            pid = int((self.data / "postmaster.pid").read_text(encoding="ascii").split()[0])
        except (OSError, ValueError, IndexError):
            return
        mark = birth(pid)
        if mark is None or not _works_in(pid, self.data):
            return
        say(f"Ending the PostgreSQL (process {pid}) that an earlier start left behind.")
        for number, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10)):
            os.kill(pid, number)
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:
                if birth(pid) != mark:
                    return
                time.sleep(0.05)
        raise Stop(
            f"PostgreSQL, process {pid}, holds {self.data} and does not end: end it, then start again."
        )

    def _options(self) -> dict[str, Any]:
        return {"cwd": "/"} | self.identity.options


def start_ready(
    server: Postgres, start: Callable[[], "subprocess.Popen[bytes]"], patience_s: float = PATIENCE_S
) -> None:
    """Start a server by `start` and wait until it answers.

    After a kill -9 its last processes hold the data until they notice: then it is started again, for a while.
    """
    deadline, told = time.monotonic() + patience_s, False
    while True:
        process = start()
        try:
            return server.wait_ready(process)
        except Stop:
            if not server.is_held():
                raise
        if time.monotonic() > deadline:
            raise Stop(held_too_long(server.data, patience_s))
        if not told:
            say("PostgreSQL was killed; it starts as soon as its last processes have ended.")
            told = True
        time.sleep(0.5)


def held_too_long(data: Path, patience_s: float) -> str:
    """Say that processes of a killed server do not end."""
    return (
        f"Processes of a PostgreSQL that was killed still hold {data} after {patience_s:g} s: end them (they work "
        "in that folder), then start again; nothing is lost."
    )


def ensure_extensions(owner: str, name: str) -> None:
    """Make the extensions as the owner (they are trusted, so it may), and prove that Chinese can be searched."""
    with _connection(owner) as cursor:
        for extension in EXTENSIONS:
            try:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
            except psycopg2.Error:
                raise Stop(
                    f"{name} lacks the extension {extension}, and its owner may not make it: ask its administrator."
                ) from None
        cursor.execute("SELECT show_trgm('张三') <> '{}'")
        answer = cursor.fetchone()
    if not answer or not answer[0]:
        raise Stop(
            f"{name} cannot search Chinese names: make the database with a UTF-8 locale such as C.UTF-8."
        )


def _works_in(pid: int, folder: Path) -> bool:
    """Whether a process is a server on this very folder."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve() == folder.resolve()
    except OSError:
        listing = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return str(folder) in listing.stdout


def _environment() -> dict[str, str]:
    """Nothing of ours leaks into the server: its settings stand on its command line."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ} | {
        "LC_ALL": "C.UTF-8"
    }


class _connection:  # noqa: N801 (reads as a function)
    """A cursor outside any transaction, closed with its connection."""

    def __init__(self, address: str) -> None:
        self._connection = psycopg2.connect(address, connect_timeout=10)
        self._connection.autocommit = True

    def __enter__(self) -> Any:
        return self._connection.cursor()

    def __exit__(self, *_: object) -> None:
        self._connection.close()
