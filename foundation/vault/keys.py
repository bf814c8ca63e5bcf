"""The ring of keys: one file in KEYS_DIR, made at first use, readable by its owner alone.

    {"current": "9f3c…", "keys": {"9f3c…": "base64 of 32 bytes", …}}

Machines that share a database share this file. It belongs to the keys of a backup, never to its plain part.
"""

import base64
import binascii
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32
ID_BYTES = 8
_FILE, _LOCK = "vault.json", "vault.lock"


class UnknownKey(Exception):  # noqa: N818  (says what is wrong)
    """Something was sealed with a key that this installation does not have."""


class BrokenKeyRing(Exception):  # noqa: N818  (says what is wrong)
    """The file of the keys does not hold a ring of keys."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `id` is 8 random bytes that name it in everything sealed with it."""

    id: bytes
    secret: bytes

    def __repr__(self) -> str:
        """Name the key without saying it."""
        return f"Key({self.id.hex()})"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Every key of this installation, and which of them seals from now on."""

    current: Key
    keys: dict[bytes, Key]


def current() -> Key:
    """Return the key that seals from now on; the first call of an installation makes it."""
    return _read().current


def find(key_id: bytes) -> Key:
    """Return the key of that id; UnknownKey where this installation does not have it."""
    try:
        return _read().keys[key_id]
    except KeyError:
        raise UnknownKey(f"There is no key {key_id.hex()} in {_FILE}.") from None


def rotate() -> Key:
    """Add a key that seals from now on; running processes see it with their next seal. Returns the new key."""
    with _locked() as path:
        kept = _parse(path) if path.exists() else None
        new = _new()
        _write(path, KeyRing(new, (kept.keys if kept else {}) | {new.id: new}))
    return new


def _read() -> KeyRing:
    """Read the ring, from memory as long as the file is the one that was read."""
    path = _path()
    try:
        seen = path.stat()
    except FileNotFoundError:
        return _made()
    mark = (str(path), seen.st_ino, seen.st_mtime_ns)
    if _remembered.get("mark") != mark:
        _remembered.update(mark=mark, ring=_parse(path))
    ring: KeyRing = _remembered["ring"]  # type: ignore[assignment]
    return ring


_remembered: dict[str, object] = {}


def _made() -> KeyRing:
    """Make the first ring; of several processes that want to, the first one does."""
    with _locked() as path:
        if not path.exists():
            key = _new()
            _write(path, KeyRing(key, {key.id: key}))
        return _parse(path)


def _new() -> Key:
    return Key(secrets.token_bytes(ID_BYTES), secrets.token_bytes(KEY_BYTES))


def _path() -> Path:
    folder: Path = settings.KEYS_DIR
    return folder / _FILE


@contextmanager
def _locked() -> Iterator[Path]:
    """Hold the lock of the ring while its file is written."""
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path.with_name(_LOCK), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield path
    finally:
        os.close(descriptor)


def _parse(path: Path) -> KeyRing:
    try:
        read = json.loads(path.read_bytes())
        keys = {
            bytes.fromhex(key_id): Key(bytes.fromhex(key_id), base64.b64decode(secret, validate=True))
            for key_id, secret in read["keys"].items()
        }
        ring = KeyRing(keys[bytes.fromhex(read["current"])], keys)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as broken:
        # Without `from`: the text of the fault may quote a key.
        raise BrokenKeyRing(f"{path.name} holds no ring of keys ({type(broken).__name__}).") from None
    if any(len(key.id) != ID_BYTES or len(key.secret) != KEY_BYTES for key in keys.values()):
        raise BrokenKeyRing(f"{path.name} holds a key of the wrong length.")
    return ring


def _write(path: Path, ring: KeyRing) -> None:
    """Put a new file in the place of the old one, whole or not at all."""
    content = {
        "current": ring.current.id.hex(),
        "keys": {key.id.hex(): base64.b64encode(key.secret).decode() for key in ring.keys.values()},
    }
    draft = path.with_name(f"{path.name}.part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
