"""What must hold before anything starts: platform, data folder, free space, a free port."""

import os
import platform
import shutil
import socket
import sys
from pathlib import Path

from launch.environment import DATA_VERSION, Installation
from launch.sentences import Stop, is_disk_full

MACHINES = {"x86_64", "amd64", "aarch64", "arm64"}
NEEDED_MB = 300
NEEDED_FOR_SETUP_MB = 1500
# What may lie in a data folder that has no VERSION yet.
NOT_DATA = {"run", "log", "venv", "tools", "lost+found", ".DS_Store"}


def check_platform() -> None:
    """Refuse an operating system, processor or Python for which no server binaries exist."""
    if sys.platform not in ("linux", "darwin"):
        raise Stop(f"Shouwang runs on Linux and macOS; this Python says it is on {sys.platform}.", 2)
    machine = platform.machine().lower()
    if machine not in MACHINES:
        raise Stop(f"Shouwang runs on x86_64 and arm64 processors; this machine is {machine}.", 2)
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        raise Stop(f"Shouwang needs Python 3.11, 3.12 or 3.13; this is {platform.python_version()}.", 2)


def open_data_folder(place: Installation) -> None:
    """Make the data folder, or recognise it as ours and of a version this program understands."""
    try:
        place.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        version = place.var / "VERSION"
        if version.exists():
            found = version.read_text(encoding="utf-8", errors="replace").strip()
            if found != DATA_VERSION:
                raise Stop(
                    f"The data in {place.var} have version {found[:20]!r} and this program knows version "
                    f"{DATA_VERSION}: use the program that made them, or another SHOUWANG_VAR."
                )
        else:
            _begin(place, version)
        for folder in (place.run, place.logs):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not os.access(place.run, os.W_OK):
            raise PermissionError
    except OSError as error:
        if is_disk_full(error):
            raise
        raise Stop(f"{place.var} is not a folder I may write in: set SHOUWANG_VAR to one of yours.") from None


def _begin(place: Installation, version: Path) -> None:
    strangers = sorted(entry.name for entry in place.var.iterdir() if entry.name not in NOT_DATA)
    strangers = [name for name in strangers if not name.startswith(".VERSION.")]
    if strangers and not version.exists():
        raise Stop(
            f"{place.var} holds other files ({strangers[0]}) and no data of Shouwang: "
            "set SHOUWANG_VAR to an empty or a new folder."
        )
    draft = place.var / f".VERSION.{os.getpid()}"
    draft.write_text(DATA_VERSION + "\n", encoding="utf-8")
    draft.replace(version)


def check_space(folder: Path, needed_mb: int = NEEDED_MB) -> None:
    """Refuse to start on a disk that would be full in a moment."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // (1 << 20)
    if free < needed_mb:
        raise Stop(
            f"The disk that holds {folder} has {free} MB free and {needed_mb} MB are needed: free some space."
        )


def check_port(place: Installation) -> None:
    """Refuse a port that another program holds, before the long steps."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the web server does: a port in TIME_WAIT after a restart is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except PermissionError:
            raise Stop(f"Port {place.port} needs more rights than you have: try PORT=8000 ./run.") from None
        except socket.gaierror:
            raise Stop(f"HOST is {place.host!r}, which is not an address of this machine.", 2) from None
        except OSError as error:
            raise Stop(
                f"Port {place.port} of {place.host} cannot be used ({error.strerror}): "
                f"end the program that holds it, or try PORT={place.port % 65535 + 1} ./run."
            ) from None
