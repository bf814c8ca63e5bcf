"""A file on its way into the store: sealed from its first byte on, so that no temporary file can be read.

Drafts lie in VAR/uploads/incoming, on the disk of the folder store. What a killed process left there is removed after
a day (`remove_strays`).
"""

import hashlib
import os
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from foundation.tables.strays import remove, untouched_since
from foundation.vault import streams

STRAY_AFTER_SECONDS = 24 * 3600


class Draft:
    """A sealed file being written, then read again as often as wanted, then kept or discarded.

    `uuid` names the file and is the context that binds its sealed form. After `close()`: `size` and `sha256` of the
    content, `sealed_size` and `key` (SHA-256) of the sealed form, `sealed_with` the id of the key of the vault.
    """

    def __init__(self) -> None:
        """Begin an empty file."""
        self.uuid = uuid.uuid4()
        self.path = folder() / f"{self.uuid}.part"
        self.size = 0
        self._sink = _DigestedFile(self.path)
        self._content = hashlib.sha256()
        self._stream = streams.SealingStream(self._sink, context_of(self.uuid))  # type: ignore[arg-type]

    def write(self, content: bytes) -> None:
        """Add to the content."""
        self.size += len(content)
        self._content.update(content)
        self._stream.write(content)

    def close(self) -> None:
        """Finish the content and bring it down to the disk."""
        self._stream.close()
        self._sink.close()
        self.sha256 = self._content.hexdigest()
        self.sealed_size = self._sink.size
        self.key = self._sink.digest.hexdigest()
        self.sealed_with = self._stream.key.id.hex()

    def pieces(self) -> Iterator[bytes]:
        """Yield the content, opened again."""
        with self.path.open("rb") as file:
            yield from streams.open_stream(file, context_of(self.uuid))

    def read(self) -> bytes:
        """Return the content at once: only for what is bounded."""
        return b"".join(self.pieces())

    def discard(self) -> None:
        """Remove the file; does nothing where the store has taken it over."""
        self._sink.abandon()
        self.path.unlink(missing_ok=True)


class _DigestedFile:
    """A private new file that knows size and digest of what was written."""

    def __init__(self, path: Path) -> None:
        self.size = 0
        self.digest = hashlib.sha256()
        self._file: BinaryIO = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def write(self, content: bytes) -> int:
        self.size += len(content)
        self.digest.update(content)
        return self._file.write(content)

    def close(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        self._file.close()


def draft_of(pieces: Iterable[bytes]) -> Draft:
    """Return a finished draft with this content."""
    draft = Draft()
    try:
        for piece in pieces:
            draft.write(piece)
        draft.close()
    except BaseException:
        draft.discard()
        raise
    return draft


def context_of(name: uuid.UUID) -> bytes:
    """Return what binds a sealed file to its name: another file put in its place does not open."""
    return b"file:" + name.bytes


def remove_strays() -> int:
    """Remove what killed processes left behind more than a day ago; returns how many."""
    before = time.time() - STRAY_AFTER_SECONDS
    strays = list(untouched_since(folder().iterdir(), before))
    for path in strays:
        remove(path)
    return len(strays)


def folder() -> Path:
    """Return the private folder of drafts, made at first use."""
    place: Path = settings.FILES_INCOMING
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place
