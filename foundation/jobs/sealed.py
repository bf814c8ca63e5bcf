"""A sealed file: written once as a stream, read back at any place, unreadable and unchangeable without its key.

Format: 8 random bytes, then frames of 1 MiB, each AES-256-GCM under the nonce (those bytes, frame number) with the
file's name and "is this the last frame" as associated data: frames cannot be swapped, cut off or moved elsewhere.
"""

import hashlib
import io
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FRAME = 2**20
_PREFIX, _TAG = 8, 16


class Damaged(OSError):  # noqa: N818  (what the file is)
    """The file is not what was written, or not under this name, or not with this key."""


def write(path: Path, content: Iterable[bytes], *, key: bytes, name: str) -> tuple[str, int]:
    """Write `content` sealed into the new private file `path`, down to the disk; returns SHA-256 and size of it."""
    cipher, prefix = AESGCM(key), secrets.token_bytes(_PREFIX)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(prefix)
        for number, (frame, last) in enumerate(_frames(content)):
            digest.update(frame)
            size += len(frame)
            file.write(cipher.encrypt(_nonce(prefix, number), frame, _about(name, last)))
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


class Reader(io.RawIOBase):
    """The content of a sealed file, opened one frame at a time. Raises Damaged where it was tampered with."""

    def __init__(self, path: Path, *, key: bytes, name: str) -> None:
        """Open the file; FileNotFoundError where it is gone."""
        self._file = path.open("rb")
        sealed = os.fstat(self._file.fileno()).st_size - _PREFIX
        self._prefix = self._file.read(_PREFIX)
        self._cipher, self._name = AESGCM(key), name
        self._count = max(-(-sealed // (FRAME + _TAG)), 1)
        self.size = max(sealed - self._count * _TAG, 0)
        self._at, self._number, self._frame = 0, -1, b""
        self._open(0)

    def readable(self) -> bool:
        """Whether this can be read: yes."""
        return True

    def seekable(self) -> bool:
        """Whether one can go to a place: yes."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place in the content."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def tell(self) -> int:
        """Return the place in the content."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Read what the frame at this place still holds."""
        if self._at >= self.size:
            return 0
        self._open(self._at // FRAME)
        start = self._at % FRAME
        piece = self._frame[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    def _open(self, number: int) -> None:
        if number == self._number:
            return
        self._file.seek(_PREFIX + number * (FRAME + _TAG))
        about = _about(self._name, number == self._count - 1)
        try:
            self._frame = self._cipher.decrypt(
                _nonce(self._prefix, number), self._file.read(FRAME + _TAG), about
            )
        except (InvalidTag, ValueError) as changed:
            raise Damaged(self._name) from changed
        self._number = number


def _frames(content: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Cut a stream into full frames; the last one is said to be the last, and there is always one."""
    held = bytearray()
    for piece in content:
        held += piece
        while len(held) > FRAME:
            yield bytes(held[:FRAME]), False
            del held[:FRAME]
    yield bytes(held), True


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(4, "big")


def _about(name: str, last: bool) -> bytes:
    return f"{name}:{int(last)}".encode()
