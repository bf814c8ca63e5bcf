"""The steps that the application itself does: database, static files, demo data, processes."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from launch.environment import Installation, owner_environment
from launch.sentences import Stop, disk_full, last_words, say, speaks_of_full_disk

NOT_APPLICATION = {"bench", "docs", "launch", "node_modules", "tests", "var"}
# Commands after which the database may be in another shape than the stamp says.
RESHAPING = {"migrate", "flush", "sqlflush", "prepare_database", "dbshell"}


def manage(place: Installation, *arguments: str) -> list[str]:
    """The command line of a management command."""
    return [sys.executable, str(place.home / "manage.py"), *arguments]


def prepare_database(place: Installation, environment: Mapping[str, str], *, always: bool = False) -> None:
    """Bring the database to the shape of this program; quick when nothing changed, unless `always`."""
    # The packages bring migrations of their own.
    inputs = [place.home / "requirements.txt", *filter(_shapes_database, _sources(place))]
    stamp, digest = migration_stamp(place), _digest(place, inputs)
    if not always and _is_prepared(place, environment, digest):
        return
    say("Preparing the database.")
    # Its sentence is for the terminal; standard output belongs to the command that was asked for.
    done = subprocess.run(
        manage(place, "prepare_database", "--verbosity", "0"), env=owner_environment(environment),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise failure(place, "The database could not be prepared", done.stdout)
    if done.stdout.strip():
        say(done.stdout.strip())
    stamp.write_text(digest, encoding="utf-8")


def migration_stamp(place: Installation) -> Path:
    """Remembers for which migrations the embedded database was prepared."""
    return place.run / "prepared"


def _is_prepared(place: Installation, environment: Mapping[str, str], digest: str) -> bool:
    """Whether the database has its shape: by the stamp, but a database of yours may have been changed by others."""
    stamp = migration_stamp(place)
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != digest:
        return False
    return (
        not place.own_database
        or _run(place, owner_environment(environment), "migrate", "--check").returncode == 0
    )


def _sources(place: Installation) -> Iterator[Path]:
    """The files of the application itself."""
    for top in place.home.iterdir():
        hidden = top.name.startswith(".") or top.name in NOT_APPLICATION or top == place.var
        if top.is_dir() and not hidden:
            yield from (path for path in top.rglob("*") if path.is_file())


def _shapes_database(path: Path) -> bool:
    """Migrations, and the dated values that are loaded after them."""
    return ("migrations" in path.parts and path.suffix == ".py") or path.suffix == ".toml"


def collect_static(place: Installation, environment: Mapping[str, str]) -> None:
    """Gather the static files when any of them changed."""
    stamp = place.run / "static"
    inputs = [place.home / name for name in ("package-lock.json", "requirements.txt", "config/settings.py")]
    inputs += [path for path in _sources(place) if "static" in path.relative_to(place.home).parts]
    digest = _digest(place, inputs)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest and (place.var / "static").is_dir():
        return
    say("Gathering the static files.")
    done = _run(place, environment, "collectstatic", "--noinput", "--clear", "--verbosity", "0")
    if done.returncode:
        raise failure(place, "The static files could not be gathered", done.stdout)
    stamp.write_text(digest, encoding="utf-8")


def load_demo(place: Installation, environment: Mapping[str, str]) -> str:
    """Fill an empty database with the demo; gives back the accounts, shown once and kept nowhere."""
    done = subprocess.run(
        manage(place, "load_demo", "--if-empty"), env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Stop("The demo data could not be loaded; what went wrong stands above.")
    return done.stdout


def load_demo_register(place: Installation, environment: Mapping[str, str], *, new: bool) -> None:
    """Take invented households into the demo, once; a start that finds it half done goes on with it."""
    stamp = place.run / "demo-register"
    if stamp.exists() and not new:
        return
    if new:
        say("Making the households of the demo and taking their register in.")
    wanted = ["--households", place.demo_households] if place.demo_households else []
    done = subprocess.run(
        manage(place, "load_demo_register", "--if-demo", *wanted), env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Stop("The households of the demo could not be loaded; what went wrong stands above.")
    stamp.touch()


def load_demo_feeds(place: Installation, environment: Mapping[str, str], *, new: bool) -> None:
    """Hand the demo departments' files in and compare them, once; what came of them is told on standard error."""
    stamp = place.run / "demo-feeds"
    if stamp.exists() and not new:
        return
    if new:
        say("Handing in the files of the demo's departments and comparing them.")
    done = subprocess.run(
        manage(place, "load_demo_feeds", "--if-demo"), env=environment, stdin=subprocess.DEVNULL,
        stdout=sys.stderr, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Stop("The departments' files of the demo could not be loaded; what went wrong stands above.")
    stamp.touch()


def web_command(place: Installation) -> list[str]:
    """The web server: the application is imported once, and its processes begin as copies of that."""
    bind = f"[{place.host}]:{place.port}" if ":" in place.host else f"{place.host}:{place.port}"
    options = "--preload --worker-class gthread --workers 2 --threads 8 --timeout 120 --graceful-timeout 8"
    where = ["--no-control-socket", "--bind", bind, "--chdir", str(place.home), "--error-logfile", "-"]
    where += ["--logger-class", "config.logs.GunicornLog"]
    return [sys.executable, "-m", "gunicorn", *options.split(), *where, "config.wsgi:application"]


def counting_place(place: Installation) -> dict[str, str]:
    """An empty folder of this machine where the web processes keep their counts, as a part of their environment.

    Every container that is made anew has another name: folders in which nobody counted for a day are removed. Those of
    machines that live beside this one on the same data are written to every few seconds.
    """
    folder = place.run / f"counts-{socket.gethostname()}"
    shutil.rmtree(folder, ignore_errors=True)
    for left in place.run.glob("counts-*"):
        if _last_written(left) < time.time() - 24 * 3600:
            shutil.rmtree(left, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return {"PROMETHEUS_MULTIPROC_DIR": str(folder)}


def _last_written(folder: Path) -> float:
    """When anything in a folder was written last; of what is being taken away meanwhile, now."""
    try:
        return max(each.stat().st_mtime for each in (folder, *folder.iterdir()))
    except OSError:
        return time.time()


def worker_command(place: Installation) -> list[str]:
    """The worker of long jobs."""
    options = "worker --pool prefork --loglevel INFO --without-gossip --without-mingle --concurrency"
    return [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        "config",
        *options.split(),
        os.environ.get("SHOUWANG_WORKERS") or "2",
    ]


def scheduler_command(place: Installation) -> list[str]:
    """The scheduler; what it remembers lies with the data."""
    memory = ["--schedule", str(place.run / "beat-schedule"), "--pidfile="]
    return [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        "config",
        "beat",
        "--loglevel",
        "WARNING",
        *memory,
    ]


def _run(
    place: Installation, environment: Mapping[str, str], *arguments: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        manage(place, *arguments), env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip


def failure(place: Installation, sentence: str, text: str) -> Stop:
    """The sentence for a failed step, with the end of what the step said."""
    if speaks_of_full_disk(text):
        return disk_full(place.var)
    return Stop(f"{sentence}; the last words were:\n{last_words(text)}")


def _digest(place: Installation, paths: Iterable[Path]) -> str:
    """Names and contents of files as one value."""
    whole = hashlib.sha256(str(place.home).encode())
    for path in sorted(paths):
        whole.update(f"\n{path.relative_to(place.home)}\n".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
