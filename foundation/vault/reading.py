"""A sealed file that is read from any place, as libraries for workbooks and archives want to."""

import io
import os
from typing import Any, BinaryIO

from foundation.vault import keys
from foundation.vault.streams import HEAD, PIECE, TAG, key_id, open_piece, piece_cipher


class SealedReader(io.RawIOBase):
    """The content of a sealed file (foundation.vault.streams), one piece of it in memory.

    Its last piece is opened at once, so that a file that was cut off, or belongs elsewhere, is known before anything
    is read. Raises DoesNotOpen at a piece that was altered. Closing it closes the file.
    """

    def __init__(self, file: BinaryIO, context: bytes) -> None:
        """Read from `file`, which can be sought in."""
        self._file = file
        head = file.read(HEAD)
        self._cipher = piece_cipher(keys.find(key_id(head)), head, context)
        body = file.seek(0, os.SEEK_END) - HEAD
        self._count = max(-(-body // (PIECE + TAG)), 1)
        self.size = body - self._count * TAG
        self._at, self._number, self._piece = 0, -1, b""
        self._open(self._count - 1)

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
        """Read what the piece at this place still holds."""
        if self._at >= self.size:
            return 0
        self._open(self._at // PIECE)
        start = self._at % PIECE
        part = self._piece[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    def _open(self, number: int) -> None:
        if number == self._number:
            return
        self._file.seek(HEAD + number * (PIECE + TAG))
        sealed = self._file.read(PIECE + TAG)
        self._piece = open_piece(self._cipher, sealed, number, last=number == self._count - 1)
        self._number = number
