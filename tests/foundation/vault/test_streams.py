"""Sealed files: pieces that were altered, moved, doubled, left out or cut off do not open."""

import io
import secrets
import tracemalloc
from collections.abc import Iterator

import pytest

from foundation.vault import keys
from foundation.vault.keys import UnknownKey
from foundation.vault.sealing import DoesNotOpen
from foundation.vault.streams import HEAD, PIECE, TAG, key_id, open_stream, seal_stream

CONTEXT = b"file:7"


def sealed(content: bytes, context: bytes = CONTEXT) -> bytes:
    sink = io.BytesIO()
    seal_stream((content[start : start + 50_000] for start in range(0, len(content), 50_000)), sink, context)
    return sink.getvalue()


def opened(content: bytes, context: bytes = CONTEXT) -> bytes:
    return b"".join(open_stream(io.BytesIO(content), context))


def pieces(content: bytes) -> list[bytes]:
    size = PIECE + TAG
    return [content[start : start + size] for start in range(HEAD, len(content), size)]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17])
def test_a_file_of_any_size_opens_as_it_was(size: int) -> None:
    content = secrets.token_bytes(size)
    kept = sealed(content)
    assert opened(kept) == content
    assert size < 32 or content[:32] not in kept


@pytest.fixture
def three() -> bytes:
    """Two full pieces and a short one."""
    return sealed(secrets.token_bytes(2 * PIECE + 100))


def test_a_flipped_bit_anywhere_is_noticed(three: bytes) -> None:
    for place in [0, 4, 12, HEAD - 1, HEAD, HEAD + PIECE, HEAD + PIECE + TAG, len(three) - 1]:
        altered = bytearray(three)
        altered[place] ^= 1
        with pytest.raises((DoesNotOpen, UnknownKey)):
            opened(bytes(altered))


def test_pieces_cannot_be_moved_doubled_or_left_out(three: bytes) -> None:
    head, (one, two, last) = three[:HEAD], pieces(three)
    for order in [
        (two, one, last),
        (one, one, two, last),
        (one, last),
        (two, last),
        (last,),
        (one, two, last, last),
    ]:
        with pytest.raises(DoesNotOpen):
            opened(head + b"".join(order))


@pytest.mark.parametrize("cut", [1, TAG, 100 + TAG, 100 + TAG + 1, PIECE + 100 + 2 * TAG])
def test_a_file_cut_short_is_noticed_even_between_two_pieces(three: bytes, cut: int) -> None:
    with pytest.raises(DoesNotOpen):
        opened(three[:-cut])


def test_nothing_is_handed_on_before_it_was_authenticated(three: bytes) -> None:
    altered = bytearray(three)
    altered[HEAD + PIECE + TAG + 5] ^= 1
    stream = open_stream(io.BytesIO(bytes(altered)), CONTEXT)
    assert len(next(stream)) == PIECE
    with pytest.raises(DoesNotOpen):
        next(stream)


def test_pieces_of_two_files_do_not_mix(three: bytes) -> None:
    other = sealed(secrets.token_bytes(2 * PIECE + 100))
    with pytest.raises(DoesNotOpen):
        opened(three[:HEAD] + pieces(other)[0] + b"".join(pieces(three)[1:]))


def test_a_file_does_not_open_elsewhere(three: bytes) -> None:
    with pytest.raises(DoesNotOpen):
        open_stream(io.BytesIO(three), b"file:8")


@pytest.mark.parametrize("content", [b"", b"SWV1", b"PK\x03\x04" + bytes(100)])
def test_what_was_never_sealed_is_refused(content: bytes) -> None:
    with pytest.raises(DoesNotOpen):
        opened(content)


def test_files_of_older_keys_still_open(three: bytes) -> None:
    old, new = keys.current(), keys.rotate()
    assert key_id(three) == old.id
    assert len(opened(three)) == 2 * PIECE + 100
    assert key_id(sealed(b"x")) == new.id


def test_a_large_file_never_sits_in_memory() -> None:
    class Hole(io.RawIOBase):
        written = 0

        def write(self, content: bytes) -> int:  # type: ignore[override]
            Hole.written += len(content)
            return len(content)

    def large() -> Iterator[bytes]:
        for _ in range(1024):
            yield bytes(64 * 1024)

    tracemalloc.start()
    seal_stream(large(), Hole(), CONTEXT)  # type: ignore[arg-type]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert Hole.written > 64 * 2**20
    assert peak < 2 * 2**20
