"""Files of any size under AES-256-GCM, piece by piece, so that no file ever sits in memory.

    magic "SWV1" | key id (8) | salt (32, random) | pieces of 64 KiB, each with its tag (16)

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015), laid out like age's payload: a key of this file
alone comes from HKDF-SHA256 over the installation's key, the salt, and magic | key id | context; the nonce of a piece
is its number (11 bytes) and one byte that is 1 for the last piece. So pieces that were altered, moved, doubled, left
out or cut off do not open, nor does a file under another context. Only an empty file has an empty last piece.
A piece is handed on when it was authenticated, never before: who reads must read to the end to know of the end.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from foundation.vault import keys
from foundation.vault.sealing import DoesNotOpen

MAGIC = b"SWV1"
PIECE = 64 * 1024
TAG = 16
SALT = 32
HEAD = len(MAGIC) + keys.ID_BYTES + SALT


class SealingStream:
    """Seals what is written to it into `sink`; `close()` writes the last piece (without it nothing opens).

    `key` is the key of the vault that it seals with.
    """

    def __init__(self, sink: BinaryIO, context: bytes) -> None:
        """Write the head of a new sealed file."""
        self.key = keys.current()
        head = MAGIC + self.key.id + secrets.token_bytes(SALT)
        self._sink = sink
        self._cipher = piece_cipher(self.key, head, context)
        self._number = 0
        self._waiting = bytearray()
        sink.write(head)

    def write(self, content: bytes) -> int:
        """Take `content`; a full piece is sealed as soon as it is known not to be the last."""
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(content)

    def close(self) -> None:
        """Seal the last piece. The sink stays open."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._sink.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


def seal_stream(pieces: Iterable[bytes], sink: BinaryIO, context: bytes) -> None:
    """Seal a file, given in pieces of any size, into `sink`."""
    stream = SealingStream(sink, context)
    for piece in pieces:
        stream.write(piece)
    stream.close()


def open_stream(source: BinaryIO, context: bytes) -> Iterator[bytes]:
    """Yield the pieces of a sealed file; DoesNotOpen at the piece that was altered or at an early end.

    The first piece is opened before this returns, so that a wrong key, context or file is known at once.
    """
    pieces = _open(source, context)
    first = next(pieces, b"")

    def all_pieces() -> Iterator[bytes]:
        yield first
        yield from pieces

    return all_pieces()


def key_id(head: bytes) -> bytes:
    """Return the id of the key that a sealed file names in its first bytes."""
    if len(head) < HEAD or not head.startswith(MAGIC):
        raise DoesNotOpen("This is not a sealed file.")
    return head[len(MAGIC) : len(MAGIC) + keys.ID_BYTES]


def open_piece(cipher: AESGCM, piece: bytes, number: int, *, last: bool) -> bytes:
    """Open one piece; DoesNotOpen where it was altered, is not this piece, or is not (or should be) the last."""
    try:
        plain = cipher.decrypt(_nonce(number, last=last), piece, None)
    except (InvalidTag, ValueError):
        raise DoesNotOpen(f"Piece {number} of a sealed file was altered, or its end is missing.") from None
    if not plain and number:
        raise DoesNotOpen("A sealed file ends in an empty piece.")
    return plain


def piece_cipher(key: keys.Key, head: bytes, context: bytes) -> AESGCM:
    """Return the cipher of the file that begins with `head`."""
    info = MAGIC + key.id + context
    derived = HKDF(SHA256(), length=keys.KEY_BYTES, salt=head[-SALT:], info=info)
    return AESGCM(derived.derive(key.secret))


def _open(source: BinaryIO, context: bytes) -> Iterator[bytes]:
    head = _read(source, HEAD)
    cipher = piece_cipher(keys.find(key_id(head)), head, context)
    piece, number = _read(source, PIECE + TAG), 0
    while True:
        following = _read(source, PIECE + TAG)
        yield open_piece(cipher, piece, number, last=not following)
        if not following:
            return
        piece, number = following, number + 1


def _read(source: BinaryIO, size: int) -> bytes:
    """Read exactly `size` bytes, or what is left: a network stream may give less at a time."""
    found = bytearray()
    while len(found) < size and (part := source.read(size - len(found))):
        found += part
    return bytes(found)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
