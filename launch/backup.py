"""./run backup: one tar with a plain SQL dump and the files, and the keys apart from it under a passphrase.

The tar holds nothing that the keys would open by themselves, so the two files may travel and rest apart.
"""

import hashlib
import io
import json
import os
import secrets
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from launch.clients import run_client
from launch.environment import DATA_VERSION, Installation
from launch.processes import write_json
from launch.sealed import ask_passphrase, seal
from launch.sentences import Stop, disk_full, last_words, say, speaks_of_full_disk
from launch.servers import servers

# Made again from the rest (static, tools), dumped as SQL (pg18), sealed apart (keys), or of this machine:
# the broker's queue holds nothing but doorbells.
NOT_FILES = {
    "VERSION", "keys", "log", "lost+found", "pg18", "pg18.new", "pgbin", "run", "static", "tools", "valkey",
    "venv",
}  # fmt: skip
DUMP, MANIFEST, FILES = "database.sql", "manifest.json", "files"
FORMAT = 1


def keys_file(file: Path) -> Path:
    """Where the keys of a backup lie."""
    return file.with_name(file.name + ".keys")


def data_folders(var: Path) -> list[Path]:
    """The folders of files that belong to the data: whatever is not known to be something else."""
    entries = (
        entry for entry in var.iterdir() if not entry.name.startswith(".") and entry.name not in NOT_FILES
    )
    return sorted(entries)


def backup(place: Installation, file: Path) -> int:
    """Write the backup; the two files appear under their names only when they are whole."""
    if file.is_relative_to(place.var):
        raise Stop(f"{file} lies inside the data: name a file outside {place.var}.", 2)
    if not file.parent.is_dir():
        raise Stop(f"There is no folder {file.parent}.", 2)
    passphrase = ask_passphrase(twice=True)
    backup_id = secrets.token_hex(16)
    draft, keys_draft = file.with_name(f".{file.name}.part"), file.with_name(f".{file.name}.keys.part")
    try:
        with servers(place) as urls:
            _write_private(
                draft, lambda stream: _write_tar(place, urls.owner, backup_id, file.parent, stream)
            )
        sealed = seal(place.keys, backup_id, passphrase)
        _write_private(keys_draft, lambda stream: stream.write(sealed))
        keys_draft.replace(keys_file(file))
        draft.replace(file)
        _note(place, file)
    finally:
        draft.unlink(missing_ok=True)
        keys_draft.unlink(missing_ok=True)
    say(f"Backup written: {file}; the keys are in {keys_file(file)}, keep the two apart.")
    return 0


def _note(place: Installation, file: Path) -> None:
    """Leave a record of the whole backup, which watchers read (foundation/desk/gauges.py); of where it lies nothing."""
    place.run.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    write_json(place.run / "backup.json", {"made": made, "bytes": file.stat().st_size})


def _write_private(path: Path, write: Any) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())


def _write_tar(place: Installation, address: str, backup_id: str, folder: Path, stream: IO[bytes]) -> None:
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=stream, mode="w") as tar:
        # The dump first: every file that a row of it names was written before that row.
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".dump-") as dump:
            _dump(address, Path(dump.name))
            _add(tar, Path(dump.name), DUMP, digests)
        for path in _files(place.var):
            _add(tar, path, f"{FILES}/{path.relative_to(place.var)}", digests)
        manifest = {
            "format": FORMAT,
            "backup": backup_id,
            "data_version": DATA_VERSION,
            "made": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "sha256": digests,
        }
        # Last, so that a tar that was cut off has none.
        content = json.dumps(manifest, indent=1, ensure_ascii=False).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))


def _dump(address: str, target: Path) -> None:
    say("Dumping the database.")
    # Owners and rights belong to an installation, not to the data: the restore gives them anew.
    choice = ("--format=plain", "--no-owner", "--no-privileges", "-f", str(target))
    done = run_client("pg_dump", address, *choice)
    if done.returncode:
        if speaks_of_full_disk(done.stderr):
            raise disk_full(target.parent)
        raise Stop(f"The database could not be dumped; pg_dump's last words were:\n{last_words(done.stderr)}")


def _files(var: Path) -> Iterator[Path]:
    for folder in data_folders(var):
        yield from sorted(
            path for path in [folder, *folder.rglob("*")] if path.is_file() and not path.is_symlink()
        )


def _add(tar: tarfile.TarFile, path: Path, name: str, digests: dict[str, str]) -> None:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return  # its retention ended a moment ago
    with file:
        info = tar.gettarinfo(arcname=name, fileobj=file)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        reader = _Hashing(file)
        tar.addfile(info, reader)
        digests[name] = reader.digest.hexdigest()


class _Hashing:
    """Reads a file and takes its digest on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self.file.read(size)
        self.digest.update(block)
        return block
