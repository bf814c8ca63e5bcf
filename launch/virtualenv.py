"""The virtual environment, made from the pinned, hashed lists and made again when they change."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from launch.environment import Installation
from launch.locks import Lock
from launch.machine import NEEDED_FOR_SETUP_MB, check_space
from launch.sentences import Stop, disk_full, last_words, say, speaks_of_full_disk

STAMP = "shouwang.json"


def ensure_environment(place: Installation, *, development: bool) -> Path:
    """The interpreter of a complete virtual environment with the packages that are asked for."""
    wanted = {"requirements.txt": _digest(place.home / "requirements.txt")}
    if development:
        wanted["requirements-dev.txt"] = _digest(place.home / "requirements-dev.txt")
    python = place.venv / "bin" / "python"
    if _is_complete(place.venv, wanted):
        return python
    with setup_lock(place):
        if _is_complete(place.venv, wanted):  # another start made it while we waited
            return python
        check_space(place.venv.parent, NEEDED_FOR_SETUP_MB)
        present = _stamp(place.venv)
        if present.get("requirements.txt") != wanted["requirements.txt"] or not _runs(python):
            _create(place.venv)
            present = {}
        for name in sorted(
            wanted.keys() - {key for key, value in present.items() if wanted.get(key) == value}, reverse=True
        ):
            _install(place, name)
        (place.venv / STAMP).write_text(json.dumps({**present, **wanted}), encoding="utf-8")
    return python


def setup_lock(place: Installation) -> Lock:
    """One set-up at a time; a second start waits for the first."""
    lock = Lock(place.tools / ".cache" / "setup.lock")
    if not lock.try_exclusive():
        say("Another start is setting up this folder; waiting for it.")
        lock.exclusive()
    return lock


def _create(venv: Path) -> None:
    say(f"Making the virtual environment {venv}.")
    shutil.rmtree(venv, ignore_errors=True)
    # The interpreter below a virtual environment, should we run in the very one that is made again.
    base = Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}")
    python = str(base if base.exists() else Path(sys.executable).resolve())
    done = subprocess.run([python, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    text = done.stdout + done.stderr
    shutil.rmtree(venv, ignore_errors=True)
    if "ensurepip" in text:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Stop(
            f"This Python cannot make virtual environments: install the package python{version}-venv "
            f"(on Debian and Ubuntu: apt-get install python{version}-venv) and start again."
        )
    raise _failure(venv, "The virtual environment could not be made", text)


def _install(place: Installation, name: str) -> None:
    listing = place.home / name
    count = sum(1 for line in listing.read_text(encoding="utf-8").splitlines() if line[:1].isalnum())
    say(f"Installing {count} Python packages of {name} (once; about half a minute on a good line).")
    pip = [
        str(place.venv / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--only-binary",
        ":all:",
    ]
    quiet = [
        "--no-input",
        "--disable-pip-version-check",
        "--no-warn-script-location",
        "--progress-bar",
        "off",
        "-q",
    ]
    done = subprocess.run(
        [*pip, *quiet, "-r", str(listing)],
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, env=_clean_environment(),
    )  # fmt: skip
    if done.returncode:
        raise _failure(
            place.venv, f"The Python packages of {name} could not be installed", done.stdout + done.stderr
        )


def _clean_environment() -> dict[str, str]:
    """Without the settings that would put the packages elsewhere."""
    lost = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV"}
    return {name: value for name, value in os.environ.items() if name not in lost}


def _failure(venv: Path, sentence: str, text: str) -> Stop:
    if speaks_of_full_disk(text):
        return disk_full(venv)
    return Stop(f"{sentence}; the last words were:\n{last_words(text)}")


def _stamp(venv: Path) -> dict[str, str]:
    """What the environment holds; empty for one that was never finished."""
    try:
        value = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _is_complete(venv: Path, wanted: dict[str, str]) -> bool:
    present = _stamp(venv)
    return all(present.get(name) == value for name, value in wanted.items()) and _runs(
        venv / "bin" / "python"
    )


def _runs(python: Path) -> bool:
    """Whether the interpreter starts; its base may have been removed from the system since."""
    if Path(sys.prefix) == python.parent.parent:
        return True
    try:
        return subprocess.run([str(python), "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
